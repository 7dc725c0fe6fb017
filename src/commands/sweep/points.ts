import type { ResultName } from '../../input/options/result-names.js';
import type { Base } from './evaluate.js';
import { RESULTS } from './result.js';
import type { SweepAxis, SweepPoint } from './types.js';

/** Points of a grid as data: which axes, which results, and the part from one index up to another. */
export interface PointsOrder {
  readonly axes: readonly SweepAxis[];
  readonly results: readonly ResultName[];
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

export const gridSize = (axes: readonly SweepAxis[]): number =>
  axes.length === 0 ? 0 : axes.reduce((product, axis) => product * axis.values.length, 1);

/** The inputs of the point with an index; the last axis turns fastest. */
function placeOf(axes: readonly SweepAxis[], index: number): number[] {
  const at: number[] = [];
  let rest = index;
  for (const { values } of axes.toReversed()) {
    at.unshift(values[rest % values.length]!);
    rest = Math.floor(rest / values.length);
  }
  return at;
}

/** Measures part of a grid. */
export function measurePoints(
  measure: Base['measure'],
  { axes, results, from, to }: PointsOrder,
): SweepPoint[] {
  return Array.from({ length: to - from }, (_, n) => {
    const at = placeOf(axes, from + n);
    const measured = measure(Object.fromEntries(axes.map((axis, i) => [axis.input, at[i]!])));
    return {
      at,
      stable: measured.prediction.stable,
      results: Object.fromEntries(results.map((name) => [name, RESULTS[name].of(measured)])),
    };
  });
}
