import { describe, expect, test } from 'vitest';
import {
  amountOf,
  countOf,
  increasesOf,
  nativeIncrease,
  resetsOf,
} from '../../../../src/observe/prometheus/learning/increases.js';
import { livesOf, median } from '../../../../src/observe/prometheus/learning/lives.js';
import { seenMemory } from '../../../../src/observe/prometheus/learning/memory.js';
import { seenRate } from '../../../../src/observe/prometheus/learning/rate.js';
import type { Series } from '../../../../src/observe/prometheus/series.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const counter = (...values: number[]): Series => ({
  name: 'requests',
  labels: new Map(),
  times: values.map((_, n) => n * MINUTE),
  values,
});

describe('a counter', () => {
  test('tells what came between its samples, and begins anew where it falls', () => {
    const increases = increasesOf(counter(5, 8, 8, 3, 4), false);
    expect(increases.map(({ amount }) => amount)).toEqual([3, 0, 3, 1]);
    expect(increases[0]).toEqual({ fromMs: 0, toMs: MINUTE, amount: 3 });
    expect(amountOf(increases)).toBe(7);
    expect(
      countOf([
        { process: 'a', increases },
        { process: 'b', increases },
      ]),
    ).toBe(14);
    expect(resetsOf(counter(5, 8, 8, 3, 4, 0))).toBe(2);
    expect(resetsOf(counter(5))).toBe(0);
  });

  test('that was looked at once tells all since its process began, at no time', () => {
    expect(increasesOf(counter(5), true)).toEqual([{ fromMs: Number.NaN, toMs: Number.NaN, amount: 5 }]);
    expect(increasesOf(counter(5), false)).toEqual([]);
  });

  test('of a native histogram takes away what was there before, but where it began anew', () => {
    const histogram = (sum: number, count: number) => ({ sum, buckets: [{ low: 0, high: 1, count }] });
    const series = { ...counter(2, 5, 1), histograms: [histogram(1, 2), histogram(4, 5), histogram(0.5, 1)] };
    const { sum, buckets } = nativeIncrease(series);
    expect(sum).toBeCloseTo(3 + 0.5, 12);
    expect(buckets.map(({ count }) => count)).toEqual([5, -2, 1]);
    expect(nativeIncrease(counter(2, 5))).toEqual({ sum: 0, buckets: [] });
  });
});

describe('the rate', () => {
  const of = (...amounts: number[]) =>
    seenRate([{ process: 'a', increases: increasesOf(counter(0, ...cumulated(amounts)), false) }])!;
  const cumulated = (amounts: readonly number[]) =>
    amounts.map((_, n) => amounts.slice(0, n + 1).reduce((sum, one) => sum + one, 0));

  test('is what came over the time from the first sample to the last, the busiest minute apart', () => {
    const rate = of(60, 120, 300, 0);
    expect(rate).toMatchObject({ firstMs: 0, lastMs: 4 * MINUTE, spanSeconds: 240, meanPerSecond: 2 });
    expect(rate.busiest).toEqual({ atMs: 2 * MINUTE, perSecond: 5, windowSeconds: 60 });
    expect(rate.peakToMean).toBe(2.5);
    expect(rate.busiestHour).toBeNull();
    expect(rate.course.map(({ perSecond }) => perSecond)).toEqual([1, 2, 5, 0]);
    expect(rate.course.map(({ atMs }) => atMs)).toEqual([0, 1, 2, 3].map((n) => n * MINUTE));
  });

  test('of two stretches that are as busy names the first', () => {
    expect(of(60, 300, 10, 300).busiest.atMs).toBe(MINUTE);
  });

  test('of all processes adds up, where they were seen at other times, too', () => {
    const rate = seenRate([
      { process: 'a', increases: [{ fromMs: 0, toMs: MINUTE, amount: 60 }] },
      { process: 'b', increases: [{ fromMs: MINUTE / 2, toMs: 1.5 * MINUTE, amount: 60 }] },
    ])!;
    expect(rate.spanSeconds).toBe(90);
    expect(rate.meanPerSecond).toBeCloseTo(120 / 90, 12);
    // the first minute has all of a and half of b; the half minute after it the other half of b
    expect(rate.course.map(({ perSecond }) => perSecond)).toEqual([1.5, 1]);
    expect(rate.busiest.perSecond).toBeCloseTo(1.5, 12);
  });

  test('of samples that lie close is that of the busiest whole minute', () => {
    const increases = Array.from({ length: 40 }, (_, n) => ({
      fromMs: n * 15_000,
      toMs: (n + 1) * 15_000,
      amount: n >= 21 && n < 25 ? 100 : 10,
    }));
    const { busiest } = seenRate([{ process: 'a', increases }])!;
    expect(busiest).toEqual({ atMs: 21 * 15_000, perSecond: 400 / 60, windowSeconds: 60 });
  });

  test('of samples that lie far apart, or of less than a minute, is of as long a stretch as there is', () => {
    const apart = seenRate([{ process: 'a', increases: [{ fromMs: 0, toMs: HOUR, amount: 3600 }] }])!;
    expect(apart.busiest).toEqual({ atMs: 0, perSecond: 1, windowSeconds: 3600 });
    expect(apart.busiestHour).toEqual({ atMs: 0, perSecond: 1 });
    const short = seenRate([{ process: 'a', increases: [{ fromMs: 0, toMs: 10_000, amount: 20 }] }])!;
    expect(short.busiest).toEqual({ atMs: 0, perSecond: 2, windowSeconds: 10 });
  });

  test('of the busiest hour is told of two hours', () => {
    const amounts = Array.from({ length: 120 }, (_, n) => (n >= 40 && n < 100 ? 120 : 60));
    expect(of(...amounts).busiestHour).toEqual({ atMs: 40 * MINUTE, perSecond: 2 });
  });

  test('is not known where looks tell no time, or nothing came', () => {
    expect(seenRate([{ process: 'a', increases: increasesOf(counter(5), true) }])).toBeNull();
    expect(seenRate([])).toBeNull();
    expect(of(0, 0)).toBeNull();
  });
});

describe('lives of a process', () => {
  const resident = (times: readonly number[], memoryMiB: readonly number[]) => ({
    process: 'a',
    times,
    memoryMiB,
  });

  test('end where its memory falls by more than a quarter', () => {
    const lengths = (...memoryMiB: number[]) =>
      livesOf(
        resident(
          memoryMiB.map((_, n) => n),
          memoryMiB,
        ),
      ).map(({ times }) => times.length);
    expect(lengths(100, 100, 75, 75)).toEqual([4]);
    expect(lengths(100, 100, 74, 74)).toEqual([2, 2]);
    expect(lengths(100, 10, 1)).toEqual([1, 1, 1]);
    expect(lengths(100)).toEqual([1]);
  });

  test('end where it was not seen for more than ten times as long as usual', () => {
    const lengths = (...times: number[]) =>
      livesOf(
        resident(
          times,
          times.map(() => 5),
        ),
      ).map((life) => life.times.length);
    expect(lengths(0, 1, 2, 3, 13)).toEqual([5]);
    expect(lengths(0, 1, 2, 3, 14, 15)).toEqual([4, 2]);
  });

  test('the middle of an even number of values is between two', () => {
    expect([median([]), median([7]), median([9, 1]), median([9, 1, 2]), median([4, 1, 10, 2])]).toEqual([
      0, 7, 5, 2, 3,
    ]);
  });
});

describe('memory', () => {
  /** A sample a minute. */
  const process = (name: string, minutes: number, at: (minute: number) => number) => ({
    process: name,
    times: Array.from({ length: minutes + 1 }, (_, n) => n * MINUTE),
    memoryMiB: Array.from({ length: minutes + 1 }, (_, n) => at(n)),
  });

  test('is told of the largest process by its name, and of the usual one', () => {
    const found = seenMemory(
      [
        process('a', 2, () => 100),
        process('b', 2, (n) => 120 + n),
        process('c', 2, () => 122),
        { ...process('d', 2, () => 900), times: [], memoryMiB: [] },
      ],
      null,
    )!;
    expect(found).toEqual({
      processes: 3,
      typicalMiB: (100 + 121 + 122) / 3,
      largestMiB: 122,
      largestProcess: 'b',
      growth: null,
    });
    expect(seenMemory([], null)).toBeNull();
  });

  test('that grows is told per hour, of each life and of all by their length', () => {
    const found = seenMemory(
      [process('a', 120, (n) => 100 + n / 10), process('b', 240, (n) => 100 + n / 60)],
      null,
    )!;
    expect(found.growth).toMatchObject({ lives: 2, perThousandRequestsMiB: null });
    expect(found.growth!.lowPerHourMiB).toBeCloseTo(1, 6);
    expect(found.growth!.highPerHourMiB).toBeCloseTo(6, 6);
    expect(found.growth!.perHourMiB).toBeCloseTo((6 * 1 + 1 * 2) / 3, 6);
    // the second tenth of a: minutes 12 to 24; of b: 24 to 48
    expect(found.growth!.warmMiB).toBeCloseTo(101.8, 6);
  });

  test('does not grow where it falls, or moves no more than its own noise', () => {
    const growth = (at: (n: number) => number) =>
      seenMemory([process('a', 120, at)], null)!.growth!.perHourMiB;
    expect(growth((n) => 200 - n / 10)).toBe(0);
    expect(growth((n) => 100 + 10 * Math.sin(n * 12.9898) + n / 60)).toBe(0);
    expect(growth((n) => 100 + 0.01 * Math.sin(n * 12.9898) + n / 60)).toBeCloseTo(1, 1);
  });

  test('that warms up does not count as growing, however long that took', () => {
    const found = seenMemory([process('a', 120, (n) => Math.min(160, 100 + n))], null)!;
    expect(found.growth!.perHourMiB).toBe(0);
  });

  test('tells nothing of growth in less than an hour or by fewer than twenty samples', () => {
    const growth = (minutes: number, step = 1) => {
      const { times, memoryMiB } = process('a', minutes, (n) => 100 + n);
      const some = (values: readonly number[]) => values.filter((_, n) => n % step === 0);
      return seenMemory([{ process: 'a', times: some(times), memoryMiB: some(memoryMiB) }], null)!.growth;
    };
    expect(growth(59)).toBeNull();
    expect(growth(60)).not.toBeNull();
    expect(growth(180, 10)).toBeNull();
    expect(growth(190, 10)).not.toBeNull();
  });

  test('per request is of the requests of the same process in the same time; of all, or not at all', () => {
    const increases = (perMinute: number) =>
      Array.from({ length: 120 }, (_, n) => ({
        fromMs: n * MINUTE,
        toMs: (n + 1) * MINUTE,
        amount: perMinute,
      }));
    const [a, b] = [process('a', 120, (n) => 100 + n / 60), process('b', 120, (n) => 100 + n / 60)];
    const perThousand = (...counted: Parameters<typeof seenMemory>[1] & object[]) =>
      seenMemory([a, b], counted)!.growth!.perThousandRequestsMiB;
    // 2 MiB in the later hour of two processes, over 60 · (100 + 300) requests
    expect(
      perThousand({ process: 'a', increases: increases(100) }, { process: 'b', increases: increases(300) }),
    ).toBeCloseTo(2000 / 24_000, 6);
    expect(perThousand({ process: 'a', increases: increases(100) })).toBeNull();
    expect(perThousand()).toBeNull();
  });
});
