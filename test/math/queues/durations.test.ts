import { describe, expect, test } from 'vitest';
import { durationsOf, percentileOfTail, shifted } from '../../../src/math/queues/durations.js';
import { expectClose } from '../support.js';

describe('percentiles of a tail', () => {
  const exponential = (rate: number) => (t: number) => Math.exp(-rate * t);

  test.each([1e-12, 1, 1e12])('wherever they lie from the mean (rate %d)', (rate) => {
    for (const mean of [1e-3 / rate, 1 / rate, 1e3 / rate])
      for (const p of [1e-6, 0.5, 0.999, 1 - 1e-12])
        expectClose(
          percentileOfTail(exponential(rate), p, mean),
          -Math.log1p(-p) / rate,
          p < 0.1 ? 1e-9 : 1e-13, // the tail itself has lost these digits near 1
        );
  });

  test('are 0 where an atom there covers them', () => {
    const half = (t: number) => 0.5 * Math.exp(-t);
    expect(percentileOfTail(half, 0.3, 0.5)).toBe(0);
    expect(percentileOfTail(half, 0.5, 0.5)).toBe(0);
    expectClose(percentileOfTail(half, 0.75, 0.5), Math.LN2, 1e-13);
    expect(percentileOfTail(() => 0, 0.99, 0)).toBe(0);
    expect(percentileOfTail(() => 1, 0.99, 0)).toBe(0);
  });

  test('lie far from a guess of their scale', () => {
    const tail = (t: number) => 0.4 * Math.exp(-t / 1e9);
    expect(percentileOfTail(tail, 0.6, 1)).toBe(0);
    expectClose(percentileOfTail(tail, 0.9, 1e-6), 1e9 * Math.log(4), 1e-12);
    expectClose(percentileOfTail(tail, 0.600001, 1e15), 2500.00312, 1e-6);
    expectClose(percentileOfTail(tail, 0.9, Number.POSITIVE_INFINITY), 1e9 * Math.log(4), 1e-12);
  });

  test('take few looks at the tail', () => {
    let looks = 0;
    const counted = (t: number) => {
      looks += 1;
      return Math.exp(-t);
    };
    percentileOfTail(counted, 0.99, 1);
    expect(looks).toBeLessThan(12);
  });

  test('are found where the tail underflows at the guess', () => {
    expectClose(percentileOfTail(exponential(1), 0.5, 1e6), Math.LN2, 1e-13);
  });

  test.each([1, -0.1, Number.NaN])('refuse a probability of %d', (p) => {
    expect(() => percentileOfTail(exponential(1), p, 1)).toThrow('probability');
  });

  test('refuse a tail that does not fall so low', () => {
    expect(() => percentileOfTail(() => 0.5, 0.9, 1)).toThrow(RangeError);
  });
});

test('durations are what their tail says', () => {
  const { mean, tail, percentile } = durationsOf(2, (t) => Math.exp(-t / 2));
  expect(mean).toBe(2);
  expect(tail(0)).toBe(1);
  expectClose(percentile(0.5), 2 * Math.LN2, 1e-13);
});

test('durations are sought from the scale given, to the precision given', () => {
  const asked: number[] = [];
  const tail = (t: number) => {
    asked.push(t);
    return 1 / (1 + t * t);
  };
  const rough = durationsOf(1, tail, { scale: 40, precision: 0.1 });
  expect(Math.abs(rough.percentile(0.99) / Math.sqrt(99) - 1)).toBeLessThan(0.1);
  expect(asked.slice(0, 2)).toEqual([0, 40]);
  const looks = asked.length;
  durationsOf(1, tail, { scale: 40 }).percentile(0.99);
  expect(asked.length - looks).toBeGreaterThan(looks);
});

test('a constant may be added', () => {
  const { mean, tail, percentile } = shifted(
    durationsOf(2, (t) => 0.8 * Math.exp(-t / 2.5)),
    3,
  );
  expect(mean).toBe(5);
  expect(tail(0)).toBe(1);
  expect(tail(2.999)).toBe(1);
  expect(tail(3)).toBe(0.8);
  expectClose(tail(5.5), 0.8 * Math.exp(-1), 1e-15);
  expect(percentile(0.2)).toBe(3);
  expectClose(percentile(0.6), 3 + 2.5 * Math.LN2, 1e-13);
});
