import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addRow, addTally, emptyTally, type LogTotals } from '../../../../src/observe/logs/counting/tally.js';
import { gridOf, storedCells } from '../../../../src/observe/logs/counting/time-grid.js';
import { emptyRow } from '../../../../src/observe/logs/reading/row.js';
import { timelineOf } from '../../../../src/observe/logs/timeline.js';

/** A request in ms: when it came, and how long it was in service. */
interface Served {
  readonly atMs: number;
  readonly tookMs: number;
}

const MEANING = { stampsEnd: false, durations: true, host: 'h' };
const tallyOf = (all: readonly Served[], meaning = MEANING): LogTotals => {
  const tally = emptyTally();
  for (const { atMs, tookMs } of all)
    addRow(tally, { ...emptyRow(), timeMs: atMs, durationMs: tookMs }, meaning);
  return tally;
};
const timeline = (all: readonly Served[]) => timelineOf(tallyOf(all))!;

/** So many requests of no length at each second. */
const atSeconds = (counts: Readonly<Record<number, number>>, tookMs = 0): Served[] =>
  Object.entries(counts).flatMap(([second, count]) =>
    Array.from({ length: count }, () => ({ atMs: 1000 * Number(second) + 0.5, tookMs })),
  );

const served = fc.record({
  atMs: fc.integer({ min: 0, max: 120_000 }),
  tookMs: fc.integer({ min: 0, max: 20_000 }),
});

describe('requests in service', () => {
  test('are in each second as many as a clock would have counted, summed over time', () => {
    fc.assert(
      fc.property(fc.array(served, { minLength: 1, maxLength: 40 }), (all) => {
        const first = Math.floor(Math.min(...all.map(({ atMs }) => atMs)) / 1000);
        const last = Math.floor(Math.max(...all.map(({ atMs }) => atMs)) / 1000);
        const busy = Array.from({ length: last - first + 1 }, (_, n) => {
          const [begin, end] = [(first + n) * 1000, (first + n + 1) * 1000];
          const within = (one: Served) =>
            Math.max(0, Math.min(end, one.atMs + one.tookMs) - Math.max(begin, one.atMs));
          return all.reduce((sum, one) => sum + within(one), 0) / 1000;
        }).sort((a, b) => a - b);
        const { concurrency, shareAbove } = timeline(all);
        const quantile = (p: number) => busy[Math.ceil(p * busy.length) - 1]!;
        expect(concurrency!.mean).toBeCloseTo(busy.reduce((sum, one) => sum + one, 0) / busy.length, 6);
        expect(concurrency!.p50).toBeCloseTo(quantile(0.5), 6);
        expect(concurrency!.p95).toBeCloseTo(quantile(0.95), 6);
        expect(concurrency!.p99).toBeCloseTo(quantile(0.99), 6);
        expect(concurrency!.max).toBeCloseTo(busy.at(-1)!, 6);
        const share = (level: number) => busy.filter((one) => one >= level).length / busy.length;
        for (const level of [0.4995, 1.4995, 3.4995]) expect(shareAbove(level)).toBeCloseTo(share(level), 9);
      }),
    );
  });

  test('count stretches of hours without any request as idle', () => {
    const { concurrency, shareAbove } = timeline([
      { atMs: 0, tookMs: 1000 },
      { atMs: 36_000_000 - 1, tookMs: 0 },
    ]);
    expect(concurrency).toMatchObject({ cellSeconds: 1, p50: 0, p99: 0, max: 1 });
    expect(concurrency!.mean).toBeCloseTo(1 / 36_000, 12);
    expect(shareAbove(1)).toBeCloseTo(1 / 36_000, 12);
  });

  test('begin before a stamp that marks the end', () => {
    const tally = tallyOf(
      [
        { atMs: 500, tookMs: 0 },
        { atMs: 4500, tookMs: 2000 },
      ],
      { ...MEANING, stampsEnd: true },
    );
    expect(timelineOf(tally)!.concurrency).toMatchObject({ max: 1, mean: 2 / 5 });
  });

  test('are not known without durations', () => {
    const tally = emptyTally();
    for (const timeMs of [0, 1500])
      addRow(tally, { ...emptyRow(), timeMs }, { ...MEANING, durations: false });
    const found = timelineOf(tally)!;
    expect(found.concurrency).toBeNull();
    expect(found.arrivals.meanPerSecond).toBeCloseTo(2 / 1.5, 12);
  });
});

describe('the rate', () => {
  test('is of the time from the first stamp to the last; stamps of whole seconds stand for all of theirs', () => {
    const whole = [0, 1000, 2000, 9000].map((atMs) => ({ atMs, tookMs: 0 }));
    expect(timeline(whole).arrivals).toMatchObject({ spanSeconds: 10, meanPerSecond: 0.4 });
    const parts = [...whole.slice(1), { atMs: 500, tookMs: 0 }];
    expect(timeline(parts).arrivals).toMatchObject({ spanSeconds: 8.5, meanPerSecond: 4 / 8.5 });
  });

  test('is not known of one request, nor of two at the same instant', () => {
    expect(timeline([{ atMs: 1500, tookMs: 0 }]).arrivals.meanPerSecond).toBeNull();
    expect(timeline(atSeconds({ 3: 2 })).arrivals.meanPerSecond).toBeNull();
    expect(timelineOf(emptyTally())).toBeNull();
  });

  test('of the busiest minute is that of the 60 s with the most requests, wherever they begin', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 60 }), (seconds) => {
        const all = [0, 400, ...seconds];
        const { busiestMinute, peakToMean, meanPerSecond } = timeline(
          all.map((second) => ({ atMs: second * 1000 + 0.5, tookMs: 0 })),
        ).arrivals;
        const count = (from: number) => all.filter((one) => one >= from && one < from + 60).length;
        const most = Math.max(...all.map(count));
        expect(busiestMinute!.perSecond).toBeCloseTo(most / 60, 9);
        expect(count(busiestMinute!.atMs / 1000)).toBe(most);
        expect(peakToMean).toBeCloseTo(most / 60 / meanPerSecond!, 9);
      }),
    );
  });

  test('of a minute or an hour is not known of less', () => {
    const until = (seconds: number) => timeline(atSeconds({ 0: 5, [seconds]: 1 })).arrivals;
    expect(until(59)).toMatchObject({ busiestMinute: null, busiestHour: null, peakToMean: null });
    expect(until(60).busiestMinute).toEqual({ perSecond: 5 / 60, atMs: 0 });
    expect(until(3599).busiestHour).toBeNull();
    expect(until(3600).busiestHour).toEqual({ perSecond: 5 / 3600, atMs: 0 });
  });
});

describe('the index of dispersion', () => {
  const of = (counts: Readonly<Record<number, number>>) =>
    timeline(atSeconds(counts)).arrivals.indexOfDispersion;

  test('is the variance of the counts over their mean, of windows that lie wholly within the log', () => {
    // seconds 1 to 10 are whole: 3 and 1 in turn have mean 2 and variance 10/9
    const turns = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [n, n % 2 ? 3 : 1]));
    expect(of(turns)).toEqual([{ windowSeconds: 1, value: expect.closeTo(10 / 9 / 2, 9) }]);
    expect(of({ ...turns, 0: 500, 11: 700 })).toEqual(of(turns));
  });

  test('counts seconds without a request as zeros', () => {
    // 10 whole seconds, one of which has ten requests: mean 1, variance 90/9
    expect(of({ 0: 1, 5: 10, 11: 1 })).toEqual([{ windowSeconds: 1, value: expect.closeTo(10, 9) }]);
  });

  test('is not known of fewer than ten windows, nor of windows without any request', () => {
    expect(of({ 0: 1, 5: 10, 10: 1 })).toEqual([]);
    expect(of({ 0: 1, 11: 1 })).toEqual([]);
  });

  test('is told of minutes, too, where there are ten', () => {
    const minutes = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [60 * n, n % 2 ? 3 : 1]));
    expect(of(minutes).map(({ windowSeconds }) => windowSeconds)).toEqual([1, 60]);
    expect(of(minutes)[1]!.value).toBeCloseTo(10 / 9 / 2, 9);
  });
});

test('the longest time without a request is told, before and after others', () => {
  expect(timeline(atSeconds({ 0: 1, 3: 1, 10000: 1, 10005: 1 })).longestGapSeconds).toBe(9997);
  expect(timeline(atSeconds({ 0: 1 })).longestGapSeconds).toBe(0);
});

describe('a log of years', () => {
  const YEAR = 31_536_000;
  const long = atSeconds(
    Object.fromEntries(Array.from({ length: 160 }, (_, n) => [(n * YEAR) / 100, 2])),
    3000,
  );

  test('has wider cells, and keeps all requests and all their work', () => {
    const tally = tallyOf(long);
    const found = timelineOf(tally)!;
    expect(found.concurrency!.cellSeconds).toBeGreaterThan(60);
    expect(tally.grid.blocks.size).toBeLessThanOrEqual(128);
    const cells = found.arrivals.spanSeconds / found.concurrency!.cellSeconds;
    expect(found.concurrency!.mean * Math.floor(cells + 1) * found.concurrency!.cellSeconds).toBeCloseTo(
      960,
      3,
    );
    expect(found.arrivals.busiestMinute).toBeNull();
    expect(found.arrivals.busiestHour!.perSecond).toBeCloseTo(2 / 3600, 9);
  });

  test('is the same counted in parts, in any order, and after it was kept', () => {
    const whole = timelineOf(tallyOf(long))!;
    const parts = emptyTally();
    addTally(parts, tallyOf(long.slice(100)));
    addTally(parts, tallyOf(long.slice(0, 100)));
    const merged = timelineOf(parts)!;
    expect(merged.arrivals).toEqual(whole.arrivals);
    expect(merged.concurrency!.mean).toBeCloseTo(whole.concurrency!.mean, 9);
    const tally = tallyOf(long);
    const grid = gridOf(whole.concurrency!.cellSeconds, storedCells(tally.grid));
    const kept = timelineOf({ ...tally, grid })!;
    expect(kept.arrivals).toEqual(whole.arrivals);
    expect(kept.concurrency!.mean).toBeCloseTo(whole.concurrency!.mean, 9);
  });
});

test('cells that are kept are those with something in them, from the first to the last', () => {
  const stored = storedCells(tallyOf(atSeconds({ 5: 1, 7: 2 }, 500)).grid);
  expect(stored).toEqual([{ from: 5, arrivals: [1, 0, 2], partly: [0.5, 0, 1], change: [0, 0, 0] }]);
  expect(storedCells(emptyTally().grid)).toEqual([]);
  // of a width that does not exist the next wider one is taken, and the widest of a wider one
  const tally = tallyOf(atSeconds({ 5: 1, 7: 2 }, 500));
  const widthOf = (seconds: number) =>
    timelineOf({ ...tally, grid: gridOf(seconds, stored) })!.concurrency!.cellSeconds;
  expect([1, 1.5, 2, 13, 1e12].map(widthOf)).toEqual([1, 2, 2, 60, 864_000_000]);
});
