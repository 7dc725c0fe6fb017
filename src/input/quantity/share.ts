import { type OptionType, ValueError } from '../option.js';
import { isNonZero, magnitude, quoted, readDecimal } from './decimal.js';

/** A smaller share is no share of anything real, and its reciprocal would overflow. */
const LEAST = 1e-12;

/** Reads a share of 0 to 1, bare or as a percentage; `accepts` is named where it is wrong. */
export function parseShare(text: string, accepts: string, zero = true): number {
  const decimal = readDecimal(text, accepts);
  const { unit, negative } = decimal;
  if (unit !== '' && unit !== '%')
    throw new ValueError(`${quoted(text)} has an unknown unit ${quoted(unit)}; accepted: ${accepts}`);
  const value = magnitude(decimal, unit === '%' ? -2 : 0);
  const vanishes = value < LEAST && (!zero || isNonZero(decimal));
  if (value <= 1 && !vanishes && !(negative && value > 0)) return value;
  const percentage = unit === '' && !negative && value > 1 && value <= 100;
  const hint = percentage ? ` (as a percentage: ${text.trim()}%)` : '';
  throw new ValueError(`must be ${accepts}, got ${quoted(text)}${hint}`);
}

/** The share as a percentage that reads back as the same number. */
export function asPercentage(value: number): string {
  const percent = String(value * 100);
  if (Number(`${percent}e-2`) === value) return `${percent}%`;
  const [mantissa, exponent] = value.toExponential().split('e');
  return `${mantissa}e${Number(exponent) + 2}%`;
}

/** A percentage where that is a whole number, else the share as it is. */
function format(value: number): string {
  const percent = Math.round(value * 100);
  return percent > 0 && percent / 100 === value ? `${percent}%` : String(value);
}

const from0 = 'a share of 0 to 1, such as 0.9 or 90%';
const above0 = 'a share above 0 up to 1, such as 0.8 or 80%';

/** A share of 0 to 1. */
export const share: OptionType<number> = {
  name: 'share',
  accepts: from0,
  format,
  parse: (text) => parseShare(text, from0),
};

/** A share above 0, up to 1. */
export const positiveShare: OptionType<number> = {
  name: 'positive-share',
  accepts: above0,
  format,
  parse: (text) => parseShare(text, above0, false),
};
