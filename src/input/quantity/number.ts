import { type OptionType, ValueError } from '../option.js';
import { isNonZero, magnitude, quoted, withoutUnit } from './decimal.js';

const MOST = 1_000_000_000;

/** A whole number from `least` to `most`. */
export function count(least = 1, most = MOST): OptionType<number> {
  const accepts =
    most === MOST ? `a whole number of ${least} or more` : `a whole number of ${least} to ${most}`;
  return {
    name: 'count',
    accepts,
    format: String,
    parse(text) {
      const decimal = withoutUnit(text, accepts);
      const size = magnitude(decimal);
      const value = decimal.negative && size !== 0 ? -size : size;
      const vanished = value === 0 && isNonZero(decimal);
      if (!vanished && Number.isInteger(value) && value >= least && value <= most) return value;
      const bound = value > most && most === MOST ? ` (at most ${most})` : '';
      throw new ValueError(`must be ${accepts}${bound}, got ${quoted(text)}`);
    },
  };
}

const LARGEST = 1e6;
const accepts = `a number of 0 to ${LARGEST}`;

/** A coefficient of variation, or another number without a unit. */
export const number: OptionType<number> = {
  name: 'number',
  accepts,
  format: String,
  parse(text) {
    const decimal = withoutUnit(text, accepts);
    const value = magnitude(decimal);
    const wrong = (decimal.negative && isNonZero(decimal)) || value > LARGEST;
    if (!wrong && (value > 0 || !isNonZero(decimal))) return value;
    throw new ValueError(`must be ${accepts}, got ${quoted(text)}`);
  },
};
