import { lookUp } from '../../text/lookup.js';
import { type OptionType, ValueError } from '../option.js';
import { type Decimal, isNonZero, magnitude, quoted, readDecimal } from './decimal.js';

/** A unit: one of it is 10^power × times / per of the default unit. `times` and `per` are whole numbers. */
export interface Unit {
  readonly power?: number;
  readonly times?: number;
  readonly per?: number;
}

export interface Measure {
  readonly name: string;
  /** What is accepted, beginning with the default unit: `MiB, such as 1024, 1GiB or 512Mi`. */
  readonly accepts: string;
  /** Units by the way they are written, in upper and lower case as written; '' is the bare number. */
  readonly units: Readonly<Record<string, Unit>>;
  /** Units that mean two things, and the ways to write each: `{ m: ['min', 'ms'] }`. */
  readonly ambiguous?: Readonly<Record<string, readonly string[]>>;
  /** Whether 0 means something. */
  readonly zero: boolean;
  /** The smallest value other than 0 and the largest one, in the default unit, and how they are said. */
  readonly least: number;
  readonly leastText: string;
  readonly most: number;
  readonly mostText: string;
  /** Units for format, tried in this order: the first in which the value is a whole number, at last `base`. */
  readonly shown: readonly string[];
  /** How the default unit is written behind a number. */
  readonly base: string;
}

/** The type of a quantity with units: values are numbers in the default unit, rounded once from what was written. */
export function measure(spec: Measure): OptionType<number> {
  const type: OptionType<number> = {
    name: spec.name,
    accepts: spec.accepts,
    parse: (text) => {
      const decimal = readDecimal(text, spec.accepts);
      return checked(spec, text, decimal, inDefaultUnit(decimal, unitOf(spec, text, decimal)));
    },
    format(value) {
      for (const name of spec.shown) {
        const count = inUnit(value, spec.units[name]!);
        if (Number.isSafeInteger(count) && value !== 0 && type.parse(`${count}${name}`) === value)
          return `${count}${name}`;
      }
      return `${value}${spec.base}`;
    },
  };
  return type;
}

const inDefaultUnit = (decimal: Decimal, { power = 0, times = 1, per = 1 }: Unit): number =>
  (magnitude(decimal, power) * times) / per;

const inUnit = (value: number, { power = 0, times = 1, per = 1 }: Unit): number =>
  (value * per) / times / 10 ** power;

function unitOf(spec: Measure, text: string, { unit }: Decimal): Unit {
  const found = lookUp(spec.units, unit);
  if (found) return found;
  const choices = lookUp(spec.ambiguous ?? {}, unit) ?? sameLetters(unit, Object.keys(spec.units));
  const number = text
    .trim()
    .slice(0, text.trim().length - unit.length)
    .trim();
  const ways = choices.map((choice) => `${number}${choice}`).join(' or ');
  if (choices.length > 1)
    throw new ValueError(`${quoted(text)} can be read in more than one way; write ${ways}`);
  const hint = choices.length > 0 ? ` (did you mean ${ways}?)` : '';
  throw new ValueError(
    `${quoted(text)} has an unknown unit ${quoted(unit)}${hint}; accepted: ${spec.accepts}`,
  );
}

const sameLetters = (unit: string, names: readonly string[]): readonly string[] =>
  names.filter((name) => name !== '' && name.toLowerCase() === unit.toLowerCase());

function checked(spec: Measure, text: string, decimal: Decimal, value: number): number {
  const least = spec.zero ? '0 or more' : 'greater than 0';
  const wrong = (what: string) =>
    new ValueError(`must be ${what}, got ${quoted(text)}; accepted: ${spec.accepts}`);
  if (isNonZero(decimal)) {
    if (decimal.negative) throw wrong(least);
    if (value > spec.most) throw wrong(`at most ${spec.mostText}`);
    if (value < spec.least) throw wrong(`${spec.zero ? '0 or ' : ''}at least ${spec.leastText}`);
  } else if (!spec.zero) throw wrong(least);
  return value;
}
