import { findRoot } from '../../../math/numeric/roots.js';
import type { Bucket } from '../series.js';
import { totalOf } from './buckets.js';

/** A bucket with how durations lie in it: density falling as e^(−decline·u), u from 0 at its low end to 1 at its high end. */
export interface FilledBucket extends Bucket {
  readonly decline: number;
}

/** Beyond this decline a bucket's durations all lie at one end. */
const MOST_DECLINE = 600;

/**
 * Durations within buckets, of which only the counts and the mean are known. In each bucket the density falls exponentially:
 * first as the share above the bucket's low end falls to that above its high end, which an exponential law does exactly; then
 * all declines are moved by one number, so that the mean of all is the known one. The bucket without an end goes on as the
 * one before it. `meanMs` null leaves the first guess.
 */
export function filledBuckets(buckets: readonly Bucket[], meanMs: number | null): readonly FilledBucket[] {
  const guess = guessed(buckets);
  if (meanMs === null) return guess;
  const moved = (by: number) => guess.map((bucket) => ({ ...bucket, decline: bucket.decline + by }));
  const excess = (by: number): number => meanOf(moved(by)) - meanMs;
  const [steepest, flattest] = [excess(MOST_DECLINE), excess(-MOST_DECLINE)];
  // A mean outside of what the buckets allow, as rounding may leave it.
  if (steepest >= 0) return moved(MOST_DECLINE);
  if (flattest <= 0) return moved(-MOST_DECLINE);
  return moved(findRoot(excess, -MOST_DECLINE, MOST_DECLINE, 1e-12));
}

function guessed(buckets: readonly Bucket[]): FilledBucket[] {
  let left = totalOf(buckets);
  let [decline, width] = [1, 1];
  return buckets.map((bucket) => {
    const { low, high, count } = bucket;
    // Per width of the last one, where this has no width of its own.
    if (high === Number.POSITIVE_INFINITY) return { ...bucket, decline: (decline * (low || 1)) / width };
    // Of the last occupied bucket all are in it: it falls as if one more were above.
    decline = Math.log(left / Math.max(left - count, left / (1 + count)));
    width = high - low;
    left -= count;
    return { ...bucket, decline };
  });
}

/** Mean duration of all, ms. */
export const meanOf = (filled: readonly FilledBucket[]): number => momentOf(filled, 1);

/** Mean of the squares, ms². */
export const meanSquareOf = (filled: readonly FilledBucket[]): number => momentOf(filled, 2);

function momentOf(filled: readonly FilledBucket[], power: 1 | 2): number {
  let [sum, total] = [0, 0];
  for (const bucket of filled) {
    sum += bucket.count * momentIn(bucket, power);
    total += bucket.count;
  }
  return total > 0 ? sum / total : 0;
}

function momentIn({ low, high, decline }: FilledBucket, power: 1 | 2): number {
  if (high === Number.POSITIVE_INFINITY) {
    const excess = meanExcess(low, decline);
    return power === 1 ? low + excess : low * low + 2 * low * excess + 2 * excess * excess;
  }
  const width = high - low;
  const first = firstMoment(decline);
  if (power === 1) return low + width * first;
  return low * low + 2 * low * width * first + width * width * secondMoment(decline);
}

/** Beyond the last end an exponential law, whose mean is the end over the decline; a decline moved below 1 makes it longer. */
function meanExcess(low: number, decline: number): number {
  const unit = low || 1;
  return decline >= 1 ? unit / decline : unit * Math.exp(1 - decline);
}

/** Near 0 the closed forms cancel. */
const FLAT = 1e-3;

/** Mean of u with density ∝ e^(−a·u) on 0 to 1: 1/a − 1/(eᵃ − 1). */
const firstMoment = (a: number): number => (Math.abs(a) < FLAT ? 1 / 2 - a / 12 : 1 / a - 1 / Math.expm1(a));

/** Mean of u² with density ∝ e^(−a·u) on 0 to 1: 2/a² − (1 + 2/a)/(eᵃ − 1). */
const secondMoment = (a: number): number =>
  Math.abs(a) < FLAT ? 1 / 3 - a / 12 : 2 / (a * a) - (1 + 2 / a) / Math.expm1(a);

/** The duration that the share `p` of all does not exceed, ms. */
export function quantileOf(filled: readonly FilledBucket[], p: number): number {
  const { bucket, within } = place(filled, p);
  const { low, high, decline } = bucket;
  if (high === Number.POSITIVE_INFINITY)
    return low - meanExcess(low, decline) * Math.log1p(-Math.min(within, 1 - 1e-12));
  return low + (high - low) * quantileIn(decline, within);
}

/** u with 1 − e^(−a·u) = p·(1 − e^(−a)). */
function quantileIn(a: number, p: number): number {
  if (Math.abs(a) < FLAT) return p;
  if (a < 0) return 1 - quantileIn(-a, 1 - p);
  return Math.min(1, -Math.log1p(p * Math.expm1(-a)) / a);
}

/** The bucket in which the share `p` of all is reached, and how far in it. */
export function place<B extends Bucket>(
  buckets: readonly B[],
  p: number,
): { readonly bucket: B; readonly within: number } {
  const wanted = p * totalOf(buckets);
  let below = 0;
  for (const bucket of buckets) {
    if (below + bucket.count >= wanted) return { bucket, within: (wanted - below) / bucket.count };
    below += bucket.count;
  }
  return { bucket: buckets.at(-1)!, within: 1 };
}
