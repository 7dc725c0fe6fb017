import { ValueError } from '../option.js';

/** A decimal number as written, kept as text so that it is rounded once only, after its unit has been applied. */
export interface Decimal {
  readonly negative: boolean;
  readonly mantissa: string;
  readonly exponent: number;
  /** What follows the number, trimmed: its unit. */
  readonly unit: string;
}

const DECIMAL = /^([+-]?)(\d+\.?\d*|\.\d+)(?:e([+-]?\d+))?\s*([^\d\s.,_'].*)?$/i;

/** Reads a number and the unit that follows it; `accepts` ends the message of the {@link ValueError}. */
export function readDecimal(typed: string, accepts: string): Decimal {
  const text = typed.trim();
  const match = DECIMAL.exec(text);
  if (!match) throw new ValueError(`${whatIsWrong(text)}; accepted: ${accepts}`);
  return {
    negative: match[1] === '-',
    mantissa: match[2]!,
    exponent: Number(match[3] ?? 0),
    unit: match[4] ?? '',
  };
}

/** Reads a number that takes no unit. */
export function withoutUnit(typed: string, accepts: string): Decimal {
  const decimal = readDecimal(typed, accepts);
  if (decimal.unit === '') return decimal;
  throw new ValueError(`${quoted(typed)} has a unit ${quoted(decimal.unit)}; accepted: ${accepts}`);
}

/** The number × 10^power, rounded once; without its sign. */
export const magnitude = ({ mantissa, exponent }: Decimal, power = 0): number =>
  Number(`${mantissa}e${exponent + power}`);

/** Whether any digit of the number is other than 0. */
export const isNonZero = ({ mantissa }: Decimal): boolean => /[1-9]/.test(mantissa);

/** A text as shown in messages: quoted, on one line, and cut where it is long. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);

function whatIsWrong(text: string): string {
  if (text === '') return 'is empty';
  if (/^[+-]?(nan|inf|infinity|∞)$/i.test(text)) return `${quoted(text)} is not a finite number`;
  if (/^[+-]?\d[\d.,_' ]*[,_'][\d.,_' ]*\D*$/.test(text))
    return `${quoted(text)} has separators; write digits and a decimal point only, such as 1500.5`;
  return `${quoted(text)} is not a number`;
}
