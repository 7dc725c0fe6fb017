import { describe, expect, test } from 'vitest';
import { durationsOf, percentileOf } from '../../src/queueing/durations.js';
import { expectClose } from './support.js';

describe('percentiles of a tail', () => {
  const exponential = (rate: number) => (t: number) => -rate * t;

  test.each([1e-12, 1, 1e12])('wherever they lie from the mean (rate %d)', (rate) => {
    for (const mean of [1e-3 / rate, 1 / rate, 1e3 / rate])
      for (const p of [1e-6, 0.5, 0.999, 1 - 1e-12])
        expectClose(percentileOf(exponential(rate), mean, p), -Math.log1p(-p) / rate, 1e-13);
  });

  test('are 0 where an atom there covers them', () => {
    const half = (t: number) => Math.log(0.5) - t;
    expect(percentileOf(half, 0.5, 0.3)).toBe(0);
    expect(percentileOf(half, 0.5, 0.5)).toBe(0);
    expectClose(percentileOf(half, 0.5, 0.75), Math.LN2, 1e-13);
    expect(percentileOf(() => -Infinity, 0, 0.99)).toBe(0);
    expect(percentileOf(() => 0, 0, 0.99)).toBe(0);
  });

  test('take few looks at the tail', () => {
    let looks = 0;
    percentileOf(
      (t) => {
        looks += 1;
        return -t;
      },
      1,
      0.99,
    );
    expect(looks).toBeLessThan(12);
  });

  test.each([1, -0.1, Number.NaN])('refuse a probability of %d', (p) => {
    expect(() => percentileOf((t) => -t, 1, p)).toThrow(RangeError);
  });
});

test('durations are what their tail says', () => {
  const { mean, tail, percentile } = durationsOf(2, (t) => Math.exp(-t / 2));
  expect(mean).toBe(2);
  expect(tail(0)).toBe(1);
  expectClose(percentile(0.5), 2 * Math.LN2, 1e-13);
});
