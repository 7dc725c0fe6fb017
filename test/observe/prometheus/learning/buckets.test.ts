import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bucketsOf,
  endOf,
  joinedBuckets,
  scaledBucket,
  totalOf,
} from '../../../../src/observe/prometheus/learning/buckets.js';
import {
  filledBuckets,
  meanOf,
  meanSquareOf,
  place,
  quantileOf,
} from '../../../../src/observe/prometheus/learning/filled-buckets.js';
import { variationBounds } from '../../../../src/observe/prometheus/learning/variation-bounds.js';
import type { Bucket } from '../../../../src/observe/prometheus/series.js';

const INF = Number.POSITIVE_INFINITY;
const bucket = (low: number, high: number, count: number): Bucket => ({ low, high, count });

describe('buckets', () => {
  test.each([
    ['0.5', 0.5],
    ['+Inf', INF],
    ['1e-3', 0.001],
    ['0', 0],
    ['', null],
    [' ', null],
    ['x', null],
    ['Infinity', null],
    [undefined, null],
  ])('end where the label le says: %j', (le, end) => {
    expect(endOf(new Map(le === undefined ? [] : [['le', le]]))).toBe(end);
  });

  test('hold what lies between two ends, in whatever order these come', () => {
    const cumulative = [
      { le: INF, count: 10 },
      { le: 1, count: 4 },
      { le: 2, count: 9 },
    ];
    expect(bucketsOf(cumulative)).toEqual([bucket(0, 1, 4), bucket(1, 2, 5), bucket(2, INF, 1)]);
    expect(totalOf(bucketsOf(cumulative))).toBe(10);
  });

  test('leave out ends that count less than a lower one, that come twice, or that are no durations', () => {
    const ends = (...pairs: [number, number][]) => bucketsOf(pairs.map(([le, count]) => ({ le, count })));
    expect(ends([1, 5], [2, 3], [3, 8])).toEqual([bucket(0, 1, 5), bucket(1, 3, 3)]);
    expect(ends([1, 5], [1, 7], [2, 8])).toEqual([bucket(0, 1, 5), bucket(1, 2, 3)]);
    expect(ends([0, 5], [-1, 2], [1, 6])).toEqual([bucket(0, 1, 6)]);
    expect(ends([1, 5], [2, 5])).toEqual([bucket(0, 1, 5), bucket(1, 2, 0)]);
  });

  test('of the same ends add up; those that overlap become one, and empty ones go', () => {
    expect(joinedBuckets([bucket(1, 2, 3), bucket(0, 1, 2), bucket(1, 2, 4)])).toEqual([
      bucket(0, 1, 2),
      bucket(1, 2, 7),
    ]);
    expect(joinedBuckets([bucket(0, 2, 1), bucket(1, 3, 1), bucket(3, 4, 1)])).toEqual([
      bucket(0, 3, 2),
      bucket(3, 4, 1),
    ]);
    expect(joinedBuckets([bucket(0, 5, 1), bucket(1, 2, 1), bucket(2, 3, 1)])).toEqual([bucket(0, 5, 3)]);
    expect(joinedBuckets([bucket(0, 1, 3), bucket(0, 1, -3), bucket(1, 2, 1)])).toEqual([bucket(1, 2, 1)]);
    expect(joinedBuckets([])).toEqual([]);
  });

  test('that meet up to rounding stay two', () => {
    expect(joinedBuckets([bucket(0, 0.1 + 0.2, 1), bucket(0.3, 1, 1)])).toHaveLength(2);
  });

  test('joined hold as many, wherever they overlap, and never overlap themselves', () => {
    const one = fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 50 }));
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (given) => {
        const all = given.map(([low, width, count]) => bucket(low, low + width, count));
        const joined = joinedBuckets(all);
        expect(totalOf(joined)).toBe(totalOf(all));
        for (const [n, { low }] of joined.entries())
          if (n > 0) expect(low).toBeGreaterThanOrEqual(joined[n - 1]!.high);
        for (const { low, high } of all)
          expect(joined.some((whole) => whole.low <= low && whole.high >= high)).toBe(true);
      }),
    );
  });

  test('are told in another unit by their ends, not by their count', () => {
    expect(scaledBucket(bucket(0.25, 0.5, 7), 1000)).toEqual(bucket(250, 500, 7));
  });
});

describe('durations filled into buckets', () => {
  /** Of an exponential law of mean 100 ms, of which the ends tell the shares exactly. */
  const ends = [10, 50, 100, 200, 400, INF];
  const below = (ms: number) => 1e6 * (1 - Math.exp(-ms / 100));
  const exponential = ends.map((high, n) => {
    const low = ends[n - 1] ?? 0;
    return bucket(low, high, (high === INF ? 1e6 : below(high)) - below(low));
  });

  test('of an exponential law are that law: mean, squares and every percentile', () => {
    const filled = filledBuckets(exponential, 100);
    expect(meanOf(filled)).toBeCloseTo(100, 6);
    expect(meanSquareOf(filled) / 20_000).toBeCloseTo(1, 2);
    for (const p of [0.01, 0.3, 0.5, 0.9, 0.95])
      expect(quantileOf(filled, p) / (-100 * Math.log1p(-p))).toBeCloseTo(1, 2);
  });

  test('have the mean that is given, where the buckets allow it, and come nearest to it where not', () => {
    const two = [bucket(0, 100, 50), bucket(100, 200, 50)];
    fc.assert(
      fc.property(fc.double({ min: 52, max: 148, noNaN: true }), (mean) => {
        expect(meanOf(filledBuckets(two, mean))).toBeCloseTo(mean, 6);
      }),
      { numRuns: 30 },
    );
    expect(meanOf(filledBuckets(two, 10))).toBeCloseTo(50, 0);
    expect(meanOf(filledBuckets(two, 500))).toBeCloseTo(150, 0);
    expect(meanOf([])).toBe(0);
  });

  test('without a known mean fall as the counts do', () => {
    expect(meanOf(filledBuckets(exponential, null)) / 100).toBeCloseTo(1, 1);
  });

  test('lie as their density says: evenly, at the low end, at the high end', () => {
    const within = (decline: number) => [{ ...bucket(0, 1, 1), decline }];
    // a uniform law, and one of e^(−a·u) on 0 to 1, by its closed moments
    expect(meanOf(within(0))).toBeCloseTo(1 / 2, 12);
    expect(meanSquareOf(within(0))).toBeCloseTo(1 / 3, 12);
    expect(meanOf(within(2))).toBeCloseTo(0.5 - 1 / Math.expm1(2), 12);
    expect(meanSquareOf(within(2))).toBeCloseTo(0.5 - 2 / Math.expm1(2), 12);
    for (const a of [9e-4, 1.1e-3, 0.5, 3, 40]) {
      expect(meanOf(within(a)) + meanOf(within(-a))).toBeCloseTo(1, 6);
      expect(quantileOf(within(a), 0.3) + quantileOf(within(-a), 0.7)).toBeCloseTo(1, 9);
    }
    expect(meanOf(within(1.001e-3))).toBeCloseTo(meanOf(within(0.999e-3)), 6);
    expect(meanSquareOf(within(1.001e-3))).toBeCloseTo(meanSquareOf(within(0.999e-3)), 6);
    expect(quantileOf(within(1), 0.5)).toBeCloseTo(-Math.log(1 - 0.5 * (1 - Math.exp(-1))), 12);
  });

  test('above the last end are exponential from there on', () => {
    const open = [{ ...bucket(100, INF, 1), decline: 2 }];
    expect(meanOf(open)).toBeCloseTo(150, 9);
    // (X − 100) exponential of mean 50: E X² = 100² + 2·100·50 + 2·50²
    expect(meanSquareOf(open)).toBeCloseTo(25_000, 6);
    expect(quantileOf(open, 0.5)).toBeCloseTo(100 + 50 * Math.LN2, 9);
    expect(Number.isFinite(quantileOf(open, 1))).toBe(true);
    expect(meanOf([{ ...bucket(0, INF, 1), decline: 4 }])).toBeCloseTo(0.25, 12);
    expect(meanOf([{ ...bucket(100, INF, 1), decline: 1 }])).toBeCloseTo(200, 9);
    expect(meanOf([{ ...bucket(100, INF, 1), decline: 0 }])).toBeCloseTo(100 + 100 * Math.E, 9);
  });

  test('reach a share in the bucket that holds it, at its very end where it just does', () => {
    const three = [bucket(0, 1, 2), bucket(1, 2, 4), bucket(2, 3, 4)];
    expect(place(three, 0.2)).toEqual({ bucket: three[0], within: 1 });
    expect(place(three, 0.4)).toEqual({ bucket: three[1], within: 0.5 });
    expect(place(three, 0)).toEqual({ bucket: three[0], within: 0 });
    expect(place(three, 1.1)).toEqual({ bucket: three[2], within: 1 });
  });
});

describe('the bounds of the variation', () => {
  test('are those of the extreme durations', () => {
    // ten durations in (0, 100] of mean 50: all equal, or half at each end
    const { low, high } = variationBounds([bucket(0, 100, 10)], 50);
    expect([low, high]).toEqual([0, 1]);
    // one in each of two buckets, mean 100: 100 and 100; or 0 and 200
    const two = variationBounds([bucket(0, 100, 1), bucket(100, 200, 1)], 100);
    expect([two.low, two.high]).toEqual([0, 1]);
    // five of 10 ms and five of 100 ms, told exactly by their buckets
    const exact = variationBounds([bucket(10, 10, 5), bucket(100, 100, 5)], 55);
    expect(exact.low).toBeCloseTo(45 / 55, 12);
    expect(exact.high).toBeCloseTo(45 / 55, 12);
  });

  test('have no upper one where the last bucket has no end, and are 0 of nothing', () => {
    expect(variationBounds([bucket(0, 100, 9), bucket(100, INF, 1)], 60).high).toBeNull();
    expect(variationBounds([], 5)).toEqual({ low: 0, high: 0 });
    expect(variationBounds([bucket(0, 1, 1)], 0)).toEqual({ low: 0, high: 0 });
  });

  test('are wider, the wider the buckets', () => {
    const narrow = variationBounds([bucket(0, 10, 5), bucket(10, 20, 5), bucket(20, 40, 5)], 15);
    const wide = variationBounds([bucket(0, 20, 10), bucket(20, 40, 5)], 15);
    expect(wide.low).toBeLessThanOrEqual(narrow.low);
    expect(wide.high!).toBeGreaterThanOrEqual(narrow.high!);
  });
});
