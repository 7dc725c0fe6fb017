import type { Bucket, Labels } from '../series.js';

/** Upper ends and how many observations lie below each, as `le` tells them. */
export type Cumulative = readonly { readonly le: number; readonly count: number }[];

/** The upper end that a bucket's label `le` tells; null where it tells none. */
export function endOf(labels: Labels): number | null {
  const le = labels.get('le') ?? '';
  if (le === '+Inf') return Number.POSITIVE_INFINITY;
  const end = Number(le);
  return le.trim() !== '' && Number.isFinite(end) ? end : null;
}

/** How many observations there are in all. */
export const totalOf = (buckets: readonly Bucket[]): number =>
  buckets.reduce((sum, { count }) => sum + count, 0);

/** A bucket of the metric's unit in another, such as ms of seconds. */
export const scaledBucket = ({ low, high, count }: Bucket, scale: number): Bucket => ({
  low: scale * low,
  high: scale * high,
  count,
});

/** Of cumulative counts those that lie between two ends. An end whose count is below that of a lower one is left out. */
export function bucketsOf(cumulative: Cumulative): Bucket[] {
  const buckets: Bucket[] = [];
  let [low, below] = [0, 0];
  for (const { le, count } of [...cumulative].sort((a, b) => a.le - b.le)) {
    if (count < below || le <= low) continue;
    buckets.push({ low, high: le, count: count - below });
    [low, below] = [le, count];
  }
  return buckets;
}

/**
 * Buckets of several histograms as one: those of the same ends are added up, and those that overlap (of instances with other
 * ends, or of native histograms of another resolution) become one that holds both. Empty ones are left out.
 */
export function joinedBuckets(all: readonly Bucket[]): Bucket[] {
  const counts = new Map<string, Bucket>();
  for (const bucket of all) {
    const key = `${bucket.low} ${bucket.high}`;
    counts.set(key, { ...bucket, count: bucket.count + (counts.get(key)?.count ?? 0) });
  }
  const used = [...counts.values()]
    .filter(({ count }) => count > TINY)
    .sort((a, b) => a.low - b.low || a.high - b.high);
  const joined: Bucket[] = [];
  for (const bucket of used) {
    const last = joined.at(-1);
    if (last && bucket.low < last.high * (1 - TINY))
      joined[joined.length - 1] = {
        low: last.low,
        high: Math.max(last.high, bucket.high),
        count: last.count + bucket.count,
      };
    else joined.push(bucket);
  }
  return joined;
}

/** What rounding leaves of counts that cancel, and of ends that meet. */
const TINY = 1e-9;
