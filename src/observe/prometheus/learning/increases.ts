import type { Bucket, Series } from '../series.js';
import type { Counted, Increase } from '../watched.js';

/**
 * What came to a counter between its samples. A counter that falls was begun anew from 0, so that what it shows is what came
 * since. Where only one look was had, all of it came since the process began, at a time that is not known.
 */
export function increasesOf({ times, values }: Series, isOneLook: boolean): Increase[] {
  if (isOneLook) return values.map((amount) => ({ fromMs: Number.NaN, toMs: Number.NaN, amount }));
  const increases: Increase[] = [];
  for (let n = 1; n < values.length; n++)
    increases.push({
      fromMs: times[n - 1]!,
      toMs: times[n]!,
      amount: values[n]! - (values[n]! < values[n - 1]! ? 0 : values[n - 1]!),
    });
  return increases;
}

/** How often a counter fell. */
export const resetsOf = ({ values }: Series): number =>
  values.reduce((resets, value, n) => resets + (n > 0 && value < values[n - 1]! ? 1 : 0), 0);

/** What came in all. */
export const amountOf = (increases: readonly Increase[]): number =>
  increases.reduce((sum, { amount }) => sum + amount, 0);

/** What came to the counters of all processes. */
export const countOf = (counted: readonly Counted[]): number =>
  counted.reduce((sum, { increases }) => sum + amountOf(increases), 0);

/** Sum and buckets that came to a native histogram, whose counters fall together. */
export function nativeIncrease({ values, histograms = [] }: Series): {
  readonly sum: number;
  readonly buckets: Bucket[];
} {
  const buckets: Bucket[] = [];
  let sum = 0;
  for (let n = 1; n < histograms.length; n++) {
    const [before, now] = [histograms[n - 1]!, histograms[n]!];
    const isReset = values[n]! < values[n - 1]!;
    sum += now.sum - (isReset ? 0 : before.sum);
    buckets.push(...now.buckets);
    if (!isReset) buckets.push(...before.buckets.map((bucket) => ({ ...bucket, count: -bucket.count })));
  }
  return { sum, buckets };
}
