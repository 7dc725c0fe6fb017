import type { Bucket } from '../series.js';
import { totalOf } from './buckets.js';

/** The least and largest coefficient of variation that buckets and mean allow; the largest null where it has no bound. */
export interface VariationBounds {
  readonly low: number;
  readonly high: number | null;
}

/**
 * Bounds of the variation. With the counts of the buckets and the mean of all known, the squares are least where every
 * bucket's durations are equal: those of buckets below some level at their high end, above it at their low end, and in its own
 * bucket at the level. They are largest where durations lie at both ends of their buckets, and as many at high ends of the
 * widest and highest buckets as the mean allows, since one that moves from the low to the high end adds (high + low) of
 * squares for each ms of the mean.
 */
export function variationBounds(buckets: readonly Bucket[], meanMs: number): VariationBounds {
  const total = totalOf(buckets);
  if (total === 0 || meanMs === 0) return { low: 0, high: 0 };
  const asVariation = (squares: number): number =>
    Math.sqrt(Math.max(0, squares / total / (meanMs * meanMs) - 1));
  const sum = meanMs * total;
  const isOpen = buckets.some(({ high }) => high === Number.POSITIVE_INFINITY);
  return {
    low: asVariation(leastSquares(buckets, sum)),
    high: isOpen ? null : asVariation(mostSquares(buckets, sum)),
  };
}

function leastSquares(buckets: readonly Bucket[], sum: number): number {
  // All at their low ends; then bucket by bucket, from the lowest, raised until the sum is reached.
  let left = sum - buckets.reduce((all, { low, count }) => all + low * count, 0);
  let squares = 0;
  for (const { low, high, count } of buckets) {
    const raised = Math.min(Math.max(0, left / count), high - low);
    squares += count * (low + raised) ** 2;
    left -= count * raised;
  }
  return squares;
}

function mostSquares(buckets: readonly Bucket[], sum: number): number {
  let left = sum - buckets.reduce((all, { low, count }) => all + low * count, 0);
  let squares = buckets.reduce((all, { low, count }) => all + low * low * count, 0);
  for (const { low, high, count } of [...buckets].sort((a, b) => b.low + b.high - a.low - a.high)) {
    const moved = Math.min(count * (high - low), Math.max(0, left));
    squares += moved * (low + high);
    left -= moved;
  }
  return squares;
}
