import { UsageError } from '../../host/errors.js';

/** How a range is walked. */
export type Steps =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'by'; readonly step: number }
  | { readonly kind: 'factor'; readonly factor: number };

export interface Range {
  readonly low: number;
  readonly high: number;
  readonly steps: Steps | null;
  /** True where only whole numbers make sense. */
  readonly whole: boolean;
}

/** At most this many values along one input. */
export const MAX_VALUES = 10_000;

const DEFAULT_POINTS = 41;

/** The values along a range, rising, both ends included. */
export function valuesOf(range: Range, where: string): readonly number[] {
  const values = walk(range, where);
  if (!range.whole) return values;
  return [...new Set(values.map(Math.round))];
}

function walk({ low, high, steps, whole }: Range, where: string): number[] {
  const chosen =
    steps ??
    (whole && high - low < DEFAULT_POINTS
      ? ({ kind: 'by', step: 1 } as const)
      : ({ kind: 'count', count: DEFAULT_POINTS } as const));
  switch (chosen.kind) {
    case 'count':
      return evenly(low, high, limited(chosen.count, where));
    case 'by': {
      const count = limited(Math.floor((high - low) / chosen.step + 1e-9) + 1, where);
      const values = Array.from({ length: count }, (_, n) => clean(low + n * chosen.step));
      return endingAt(high, values, chosen.step * 1e-9);
    }
    case 'factor': {
      const count = limited(Math.floor(Math.log(high / low) / Math.log(chosen.factor) + 1e-9) + 1, where);
      const values = Array.from({ length: count }, (_, n) => clean(low * chosen.factor ** n));
      return endingAt(high, values, high * 1e-9);
    }
  }
}

/** The last value is the end of the range: the step that meets it to rounding becomes it, else it is added. */
const endingAt = (high: number, values: readonly number[], slack: number): number[] =>
  values.at(-1)! < high - slack ? [...values, high] : [...values.slice(0, -1), high];

const evenly = (low: number, high: number, count: number): number[] =>
  Array.from({ length: count }, (_, n) =>
    n === count - 1 ? high : clean(low + ((high - low) * n) / (count - 1)),
  );

/** Sums of decimal steps without their binary dust: 0.1 + 0.2 is 0.3. */
const clean = (value: number): number => Number(value.toPrecision(13));

function limited(count: number, where: string): number {
  if (count > MAX_VALUES)
    throw new UsageError(`${where}: makes ${count} values; at most ${MAX_VALUES} are taken`);
  return Math.max(2, count);
}
