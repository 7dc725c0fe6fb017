import { percentileShare } from '../numeric/domain.js';
import { findRoot } from '../numeric/roots.js';
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
 * Smallest t ≥ 0 with tail(t) ≤ 1 − p, for a non-increasing continuous tail on t > 0; 0 where the atom at 0
 * covers p. Searches outwards from `scale` by factors of two, then solves on ln tail, in which durations are nearly
 * straight.
 *
 * @param p 0 ≤ p < 1.
 * @param scale any guess of the order of the answer; 0 where the duration is always 0.
 * @param precision relative; by default that of the last digit.
 * @throws RangeError for another p, or for a tail that never falls so low.
 */
export function percentileOfTail(
  tail: (t: number) => number,
  p: number,
  scale: number,
  precision?: number,
): number {
  const target = 1 - percentileShare(p);
  if (scale === 0 || tail(0) <= target) return 0;
  const excess = (t: number) => Math.log(Math.max(tail(t), Number.MIN_VALUE) / target);
  let high = scale < Infinity ? scale : 1;
  let low = high / 2;
  if (excess(high) > 0) {
    do [low, high] = [high, 2 * high];
    while (high < Infinity && excess(high) > 0);
  } else {
    while (low > 0 && excess(low) <= 0) [low, high] = [low / 2, low];
  }
  return findRoot(excess, low, high, precision);
}

/** Mean, tail and percentiles from a tail that takes some work; `scale` and `precision` as of {@link percentileOfTail}. */
export function durationsOf(
  mean: number,
  tail: (t: number) => number,
  { scale = mean, precision }: { readonly scale?: number; readonly precision?: number } = {},
): Durations {
  return { mean, tail, percentile: (p) => percentileOfTail(tail, p, scale, precision) };
}

/** The durations with a constant added. */
export function shifted(durations: Durations, constant: number): Durations {
  return {
    mean: durations.mean + constant,
    tail: (t) => (t < constant ? 1 : durations.tail(t - constant)),
    percentile: (p) => constant + durations.percentile(p),
  };
}
