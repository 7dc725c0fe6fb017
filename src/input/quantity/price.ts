import { type OptionType, ValueError } from '../option.js';
import { isNonZero, magnitude, quoted, readDecimal } from './decimal.js';

/** Hours that a month is billed for. */
export const HOURS_PER_MONTH = 730;

/** A price per hour, and the period in which it was given. */
export interface Price {
  readonly perHour: number;
  readonly period: 'h' | 'month';
}

const accepts = 'a price such as 0.05/h or 36/month';
const LARGEST = 1e9;
const SMALLEST = 1e-9;

/** A price per hour or per month of 730 hours, in whatever currency. */
export const price: OptionType<Price> = {
  name: 'price',
  accepts,
  format: ({ perHour, period }) => `${period === 'h' ? perHour : perHour * HOURS_PER_MONTH}/${period}`,
  parse(text) {
    const decimal = readDecimal(text, accepts);
    const period = decimal.unit === '/h' ? 'h' : decimal.unit === '/month' ? 'month' : undefined;
    if (period === undefined) {
      const wrong = decimal.unit === '' ? 'has no period' : `has an unknown unit ${quoted(decimal.unit)}`;
      throw new ValueError(`${quoted(text)} ${wrong}; accepted: ${accepts}`);
    }
    const given = magnitude(decimal);
    if (decimal.negative && isNonZero(decimal))
      throw new ValueError(`must be 0 or more, got ${quoted(text)}; accepted: ${accepts}`);
    if (given > LARGEST || (isNonZero(decimal) && given < SMALLEST))
      throw new ValueError(`must be 0, or 1e-9 to 1e9, got ${quoted(text)}; accepted: ${accepts}`);
    return { perHour: period === 'h' ? given : given / HOURS_PER_MONTH, period };
  },
};

const MIB_PER_GIB = 1024;

/** What cores and memory cost an hour; what has no price costs nothing. */
export const hourlyPrice = (
  { cores, memoryMiB }: { readonly cores: number; readonly memoryMiB: number },
  perCore: Price | undefined,
  perGib: Price | undefined,
): number => cores * (perCore?.perHour ?? 0) + (memoryMiB / MIB_PER_GIB) * (perGib?.perHour ?? 0);
