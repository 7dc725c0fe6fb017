import { SourceError } from '../../../host/errors.js';
import { isData } from '../../data.js';
import type { Place } from '../formats/format.js';

/** The value at a path of keys; undefined where there is none. */
export function at(data: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isData(value) ? value[key] : undefined), data);
}

/** The number ≥ 0 at a path of keys; null where there is none. */
export function numberAt(data: unknown, ...path: readonly string[]): number | null {
  const value = at(data, ...path);
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}

/** A number ≥ 0 as a cell of CSV holds it; null where it is none. */
export function numberIn(cell: string | undefined): number | null {
  if (cell === undefined || cell.trim() === '') return null;
  const value = Number(cell);
  return Number.isFinite(value) && value >= 0 ? value : null;
}

/** A throughput that a report must have. Throws a SourceError where it is not above 0. */
export function throughput(value: number | null, { file }: Place, name: string): number {
  if (value !== null && value > 0) return value;
  throw new SourceError(
    `${file}: ${name} tells no throughput (${value ?? 'missing'}); give a run that was not cut off and got answers`,
  );
}

/** A share of 0 to 1; null where the whole is unknown or nothing. */
export function share(part: number | null, whole: number | null): number | null {
  return part === null || !whole ? null : Math.min(1, part / whole);
}

export const scaled = (value: number | null, factor: number): number | null =>
  value === null ? null : value * factor;
