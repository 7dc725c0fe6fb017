import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateMean, studentT975 } from '../../src/math/statistics/confidence.js';
import { HISTOGRAM_RELATIVE_ERROR, Histogram } from '../../src/math/statistics/histogram.js';
import { EventQueue } from '../../src/simulation/engine/event-queue.js';
import { earliestFree } from '../../src/simulation/engine/free-servers.js';
import { Earliest } from '../../src/simulation/engine/next-event.js';
import { mser5 } from '../../src/simulation/run/warmup.js';

const times = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 300 });

describe('EventQueue', () => {
  it('gives events back in order of time', () => {
    fc.assert(
      fc.property(times, (list) => {
        const queue = new EventQueue();
        for (const [event, time] of list.entries()) {
          queue.at[0] = time;
          queue.push(event);
        }
        const out = list.map(() => list[queue.pop()]!);
        expect(out).toEqual([...list].sort((a, b) => a - b));
        expect(queue.nextTime).toBe(Number.POSITIVE_INFINITY);
      }),
      { seed: 1 },
    );
  });
});

describe('Earliest', () => {
  it('knows the earliest of times that change', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.tuple(fc.nat(39), fc.double({ min: 0, max: 100, noNaN: true })), { maxLength: 200 }),
        (keys, changes) => {
          const earliest = new Earliest(keys);
          const plain = new Array<number>(keys).fill(Number.POSITIVE_INFINITY);
          for (const [key, time] of changes) {
            earliest.set(key % keys, time);
            plain[key % keys] = time;
            expect(earliest.time).toBe(Math.min(...plain));
            expect(plain[earliest.key]).toBe(Math.min(...plain));
          }
        },
      ),
      { seed: 2 },
    );
  });
});

describe('earliestFree', () => {
  it('occupies the server that is free first, however the servers are kept', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), times, (servers, list) => {
        const free = earliestFree(servers);
        const plain = new Array<number>(servers).fill(0);
        for (const until of list) {
          plain.sort((a, b) => a - b);
          expect(free.next).toBe(plain[0]);
          const end = plain[0]! + until;
          plain[0] = end;
          free.occupy(end);
        }
      }),
      { seed: 3 },
    );
  });
});

describe('Histogram', () => {
  it('reads percentiles within its stated error', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-3, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 400 }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (values, p) => {
          const histogram = new Histogram();
          for (const value of values) histogram.add(value);
          const sorted = [...values].sort((a, b) => a - b);
          const wanted = sorted[Math.ceil(p * sorted.length) - 1]!;
          expect(Math.abs(histogram.percentile(p) / wanted - 1)).toBeLessThanOrEqual(
            2 * HISTOGRAM_RELATIVE_ERROR + 1e-12,
          );
        },
      ),
      { seed: 4 },
    );
  });

  it('keeps what lies outside its range in its last bins', () => {
    const histogram = new Histogram();
    for (const value of [0, 1e-300, 1e300]) histogram.add(value);
    expect(histogram.total).toBe(3);
    expect(histogram.percentile(0.5)).toBeLessThan(1e-5);
    expect(Number.isFinite(histogram.percentile(1))).toBe(true);
    expect(new Histogram().percentile(0.5)).toBe(0);
  });

  it('merges as if all had been counted in one', () => {
    const [one, two, both] = [new Histogram(), new Histogram(), new Histogram()];
    for (let n = 1; n <= 1000; n++) {
      (n % 3 === 0 ? one : two).add(n);
      both.add(n);
    }
    one.merge(two);
    for (const p of [0.1, 0.5, 0.99]) expect(one.percentile(p)).toBe(both.percentile(p));
    expect(both.shareAbove(900)).toBeCloseTo(0.1, 2);
  });
});

describe('confidence intervals', () => {
  it('use the tabulated quantiles of Student (Abramowitz & Stegun, table 26.10)', () => {
    for (const [degrees, value] of [
      [1, 12.706],
      [5, 2.571],
      [11, 2.201],
      [20, 2.086],
      [30, 2.042],
      [120, 1.98],
    ] as const)
      expect(studentT975(degrees)).toBeCloseTo(value, 3);
  });

  it('say nothing of one sample', () => {
    expect(estimateMean([3])).toEqual({ value: 3, halfWidth: null });
    expect(estimateMean([1, 3]).halfWidth).toBeCloseTo(12.7062, 3);
  });
});

describe('MSER-5', () => {
  it('drops a transient and keeps a steady series', () => {
    const noise = (n: number) => Math.sin(n * 12.9898) * 0.5;
    const steady = Array.from({ length: 2000 }, (_, n) => 10 + noise(n));
    const rising = steady.map((x, n) => x - 10 * Math.exp(-n / 100));
    expect(mser5(steady)).toBeLessThan(200);
    expect(mser5(rising)).toBeGreaterThan(200);
    expect(mser5(rising)).toBeLessThan(1000);
    expect(mser5([1, 2, 3])).toBe(0);
  });
});
