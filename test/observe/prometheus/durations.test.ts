import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { upperGamma } from '../../../src/math/numeric/incomplete-gamma.js';
import { normalTail } from '../../../src/math/numeric/normal.js';
import { seenDurations } from '../../../src/observe/prometheus/learning/durations.js';
import { variationBounds } from '../../../src/observe/prometheus/learning/variation-bounds.js';
import type { Bucket } from '../../../src/observe/prometheus/series.js';

/** The default buckets of prometheus-client, in ms. */
const ENDS = [
  5,
  10,
  25,
  50,
  75,
  100,
  250,
  500,
  750,
  1000,
  2500,
  5000,
  7500,
  10_000,
  Number.POSITIVE_INFINITY,
];

/** What a histogram would count of a million requests of a law. */
const counted = (tail: (ms: number) => number): Bucket[] =>
  ENDS.map((high, n) => {
    const low = ENDS[n - 1] ?? 0;
    const above = (ms: number) => (ms === 0 ? 1 : Number.isFinite(ms) ? tail(ms) : 0);
    return { low, high, count: Math.round(1e6 * (above(low) - above(high))) };
  }).filter(({ count }) => count > 0);

interface KnownLaw {
  readonly name: string;
  readonly mean: number;
  readonly cv: number;
  tail(ms: number): number;
}

const exponential = (mean: number): KnownLaw => ({
  name: 'exponential',
  mean,
  cv: 1,
  tail: (ms) => Math.exp(-ms / mean),
});
const gamma = (mean: number, cv: number): KnownLaw => ({
  name: 'gamma',
  mean,
  cv,
  tail: (ms) => upperGamma(1 / cv ** 2, ms / (mean * cv ** 2)),
});
const lognormal = (mean: number, cv: number): KnownLaw => {
  const variance = Math.log1p(cv ** 2);
  return {
    name: 'lognormal',
    mean,
    cv,
    tail: (ms) => normalTail((Math.log(ms / mean) + variance / 2) / Math.sqrt(variance)),
  };
};

/** Where a law's tail falls to a share. */
function quantileOf({ tail }: KnownLaw, p: number): number {
  let [low, high] = [0, 1e6];
  for (let n = 0; n < 100; n++) {
    const middle = (low + high) / 2;
    if (tail(middle) > 1 - p) low = middle;
    else high = middle;
  }
  return low;
}

describe.each([exponential(30), exponential(80), gamma(200, 0.5), lognormal(60, 0.8), lognormal(120, 1.5)])(
  '$name of mean $mean ms and CV $cv in the default buckets',
  (law) => {
    const seen = seenDurations({ buckets: counted(law.tail), sumMs: 1e6 * law.mean, count: 1e6 })!;

    test('keeps its mean and gives its variation within 10 % and within its bounds', () => {
      expect(seen.meanMs).toBe(law.mean);
      expect(Math.abs(seen.cv!.value / law.cv - 1)).toBeLessThan(0.1);
      expect(seen.cv!.low).toBeLessThanOrEqual(law.cv);
      if (seen.cv!.high !== null) expect(seen.cv!.high).toBeGreaterThanOrEqual(law.cv);
    });

    test('gives its percentiles within their buckets, the middle ones within 10 %', () => {
      const { p50, p90, p95, p99 } = seen.quantiles!;
      for (const [p, found] of [
        [0.5, p50],
        [0.9, p90],
        [0.95, p95],
        [0.99, p99],
      ] as const) {
        const truth = quantileOf(law, p);
        expect(truth).toBeGreaterThanOrEqual(found.lowMs * (1 - 1e-9));
        expect(truth).toBeLessThanOrEqual((found.highMs ?? Number.POSITIVE_INFINITY) * (1 + 1e-9));
        expect(Math.abs(found.valueMs / truth - 1)).toBeLessThan(0.1);
      }
    });
  },
);

describe('whatever the durations in the buckets', () => {
  const sample = fc.array(fc.double({ min: 0.01, max: 20_000, noNaN: true }), {
    minLength: 1,
    maxLength: 60,
  });

  test('the variation lies within its bounds, percentiles within their buckets, and all numbers are finite', () => {
    fc.assert(
      fc.property(sample, (durations) => {
        const buckets = ENDS.map((high, n): Bucket => {
          const low = ENDS[n - 1] ?? 0;
          return { low, high, count: durations.filter((ms) => ms > low && ms <= high).length };
        }).filter(({ count }) => count > 0);
        const sumMs = durations.reduce((sum, ms) => sum + ms, 0);
        const mean = sumMs / durations.length;
        const cv =
          Math.sqrt(durations.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / durations.length) / mean;
        const { low, high } = variationBounds(buckets, mean);
        expect(low).toBeLessThanOrEqual(cv + 1e-6);
        if (high !== null) expect(high).toBeGreaterThanOrEqual(cv - 1e-6);
        const seen = seenDurations({ buckets, sumMs, count: durations.length })!;
        for (const { valueMs, lowMs, highMs } of Object.values(seen.quantiles!)) {
          expect(Number.isFinite(valueMs)).toBe(true);
          expect(valueMs).toBeGreaterThanOrEqual(lowMs * (1 - 1e-9));
          expect(valueMs).toBeLessThanOrEqual((highMs ?? Number.POSITIVE_INFINITY) * (1 + 1e-9));
        }
        for (const quantile of seen.empirical?.quantiles ?? []) expect(Number.isFinite(quantile)).toBe(true);
        expect(Number.isFinite(seen.cv!.value)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
