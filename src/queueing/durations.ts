import { percentileShare } from './numeric/domain.js';
import { findRoot } from './numeric/roots.js';
import type { Durations } from './result.js';

/** A random duration known in full: what {@link Durations} offers, with variance, distribution function and density. */
export interface FullDurations extends Durations {
  readonly variance: number;
  /** P(X ≤ t), t ≥ 0. */
  distribution(t: number): number;
  /** Density at t > 0; an atom at 0 is not part of it. */
  density(t: number): number;
}

/**
 * Smallest t with P(X > t) ≤ 1 − p, of a continuous tail given by its logarithm. Searches outwards from the mean, then
 * solves on the logarithm, where tails are nearly straight.
 *
 * @param p 0 ≤ p < 1.
 * @throws RangeError for another p.
 */
export function percentileOf(logTail: (t: number) => number, mean: number, p: number): number {
  const target = Math.log1p(-percentileShare(p));
  const above = (t: number) => logTail(t) - target;
  if (mean === 0 || above(0) <= 0) return 0;
  let high = mean;
  while (above(high) > 0) high *= 2;
  let low = high / 2;
  while (low > 0 && above(low) <= 0) [low, high] = [low / 2, low];
  return findRoot(above, low, high);
}

/** Mean, tail and percentiles from a tail that takes some work. */
export function durationsOf(mean: number, tail: (t: number) => number): Durations {
  return { mean, tail, percentile: (p) => percentileOf((t) => Math.log(tail(t)), mean, p) };
}
