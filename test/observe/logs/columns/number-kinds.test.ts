import { describe, expect, test } from 'vitest';
import { areSizes, isAligned } from '../../../../src/observe/logs/columns/number-kinds.js';
import {
  areStatuses,
  isClock,
  unitByDistribution,
} from '../../../../src/observe/logs/columns/unit-choice.js';

describe('numbers without a name', () => {
  test.each([
    [[0.1, 0.3], 'seconds'],
    [[20.5, 30.5], 'milliseconds'],
    [[6000.5, 7000.5], null],
    [[0.001, 0.002], null],
    [[50_000, 60_000], 'microseconds'],
    [[50_000_000, 60_000_000], 'nanoseconds'],
    [[100, 200], null],
    [[1999, 2000], null],
    [[200, 200, 304], null],
    [[], null],
  ])('%j are of the unit in which alone their mean is a usual one: %s', (values, unit) => {
    expect(unitByDistribution(values)?.name ?? null).toBe(unit);
  });

  test('are statuses where nine of ten are', () => {
    const nine = [200, 201, 204, 301, 304, 404, 499, 500, 503];
    expect(areStatuses([...nine, 7])).toBe(true);
    expect(areStatuses([...nine, 7, 8])).toBe(false);
    expect(areStatuses([])).toBe(false);
  });

  test('are a clock where they only rise, from far above 0 or by ones, and are twenty', () => {
    const run = (count: number, from: number, step: number) =>
      Array.from({ length: count }, (_, n) => from + n * step);
    expect(isClock(run(20, 1000, 7))).toBe(true);
    expect(isClock(run(19, 1000, 7))).toBe(false);
    expect(isClock(run(20, 0, 1))).toBe(true);
    expect(isClock(run(20, 0, 2))).toBe(false);
    expect(isClock(run(20, 0, 0.5))).toBe(false);
    expect(isClock(run(20, 5, 0))).toBe(false);
    expect(isClock([...run(20, 1000, 7), 1001])).toBe(false);
    expect(isClock([...run(19, 100, 1), 200])).toBe(true);
    expect(isClock([...run(19, 99, 1), 200])).toBe(false);
  });

  test('are sizes with headers where they are a little more than those of the bodies', () => {
    const bodies = [500, 5000, 20_000, 9000];
    expect(
      areSizes(
        bodies.map((size) => size + 300),
        bodies,
      ),
    ).toBe(true);
    expect(
      areSizes(
        bodies.map((size) => size - 300),
        bodies,
      ),
    ).toBe(false);
    expect(
      areSizes(
        bodies.map((size) => size + 4001),
        bodies,
      ),
    ).toBe(false);
    expect(
      areSizes(
        bodies.map((size, n) => size + (n % 2 ? 3900 : 0)),
        bodies,
      ),
    ).toBe(true);
    expect(areSizes([5300], [5000])).toBe(false);
  });

  test('are sizes of requests where they are small and alike, and sizes of answers where they repeat', () => {
    expect(areSizes([400, 420, 410], [])).toBe(true);
    expect(areSizes([4000, 4200, 4100], [])).toBe(false);
    expect(areSizes([100, 900, 400], [])).toBe(false);
    const repeated = (distinct: number, count: number) =>
      Array.from({ length: count }, (_, n) => 10_000 * (1 + (n % distinct)));
    expect(areSizes(repeated(8, 30), [])).toBe(true);
    expect(areSizes(repeated(9, 30), [])).toBe(false);
    expect(areSizes(repeated(8, 29), [])).toBe(false);
    expect(areSizes(repeated(1, 30), [])).toBe(false);
  });

  test('are seconds beside microseconds where both tell the same times', () => {
    expect(isAligned([0, 1, 2], [100_000, 1_900_000, 2_000_000])).toBe(true);
    expect(isAligned([0, 1], [100_000, 2_000_000])).toBe(false);
    expect(isAligned([0, 0], [999, 0])).toBe(false);
    expect(isAligned([0, 0], [1000, 0])).toBe(true);
    expect(isAligned([0], [1000, 0])).toBe(false);
    expect(isAligned([], [])).toBe(false);
  });
});
