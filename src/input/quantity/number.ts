import { type OptionType, ValueError } from '../option.js';
import { isNonZero, magnitude, quoted, withoutUnit } from './decimal.js';

/** A number without a unit, from 0 to `most`. */
function numberUpTo(most: number): OptionType<number> {
  const accepts = `a number of 0 to ${most}`;
  return {
    name: 'number',
    accepts,
    format: String,
    parse(text) {
      const decimal = withoutUnit(text, accepts);
      const value = magnitude(decimal);
      const wrong = (decimal.negative && isNonZero(decimal)) || value > most;
      if (!wrong && (value > 0 || !isNonZero(decimal))) return value;
      throw new ValueError(`must be ${accepts}, got ${quoted(text)}`);
    },
  };
}

/** A coefficient of variation, or another number without a unit. */
export const number = numberUpTo(1e6);
