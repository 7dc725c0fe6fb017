/** What is printed where a number is not known. */
export const UNKNOWN = '–';

/** At most `digits` significant digits, without exponents for everyday sizes and without trailing zeros. */
export function significant(value: number, digits = 3): string {
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  if (magnitude >= 15 || magnitude < -6) return value.toExponential(digits - 1);
  const decimals = Math.max(0, digits - 1 - magnitude);
  const text = value.toFixed(Math.min(decimals, 20));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** With enough digits for a reader to follow the arithmetic. */
export const inArithmetic = (value: number): string => String(Number(value.toPrecision(7)));

/** Milliseconds for people: `0.42 ms`, `87 ms`, `1.25 s`, `3.4 min`. */
export function milliseconds(value: number | null): string {
  if (value === null) return UNKNOWN;
  if (value < 9_995) return `${significant(value)} ms`;
  if (value < 599_500) return `${significant(value / 1e3)} s`;
  return `${significant(value / 6e4)} min`;
}

export function perSecond(value: number | null): string {
  return value === null ? UNKNOWN : `${significant(value)}/s`;
}

/** A share as a percentage; what is not quite nothing or everything says so. */
export function percent(value: number | null): string {
  if (value === null) return UNKNOWN;
  const points = value * 100;
  if (points > 0 && points < 0.05) return '<0.1%';
  if (points < 100 && points > 99.95) return '>99.9%';
  return points >= 10 || points === 0
    ? `${points.toFixed(points % 1 === 0 ? 0 : 1).replace(/\.0$/, '')}%`
    : `${points.toFixed(1)}%`;
}

/** MiB for people, `256 MiB`, `1.5 GiB`; exact multiples stay exact. */
export function mebibytes(value: number | null): string {
  if (value === null) return UNKNOWN;
  if (value >= 10_240) return `${significant(value / 1024, 4)} GiB`;
  return `${Number.isInteger(value) ? value : significant(value, 4)} MiB`;
}

export function count(value: number | null): string {
  return value === null ? UNKNOWN : String(value);
}
