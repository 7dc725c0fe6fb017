import { describe, expect, test } from 'vitest';
import { givenFacility } from '../../../src/commands/simulate/result.js';
import { predict } from '../../../src/model/predict.js';
import { closedLoop } from '../../../src/observe/load-tests/explaining/closed-loop.js';
import {
  measurementsOf,
  residualsOf,
  roughSquares,
} from '../../../src/observe/load-tests/explaining/residuals.js';
import { type LoadStep, NO_TIMES } from '../../../src/observe/load-tests/step.js';
import { resolveProfile } from '../../../src/profile/resolve.js';
import { explainedWorkload } from './samples.js';

const FACILITY = givenFacility(
  resolveProfile({ cores: 2, workers: 4, workerClass: 'sync', rate: 1, cpuTime: 1, ioTime: 1 }, {}),
  predict,
);
const TRUTH = explainedWorkload(10, 30);
const CAPACITY = predict(FACILITY, TRUTH).capacityPerSecond;

const step = (more: Partial<LoadStep>): LoadStep => ({
  source: 'a',
  tool: 'a',
  loop: 'open',
  users: null,
  offeredPerSecond: null,
  seconds: 60,
  requests: null,
  throughputPerSecond: 1,
  errorShare: null,
  times: NO_TIMES,
  notes: [],
  ...more,
});

function openStep(load: number): LoadStep {
  const rate = load * CAPACITY;
  const { meanMs, p50Ms, p90Ms, p95Ms, p99Ms } = predict(FACILITY, { ...TRUTH, ratePerSecond: rate });
  return step({
    offeredPerSecond: rate,
    throughputPerSecond: rate,
    times: { meanMs, p50Ms, p90Ms, p95Ms, p99Ms, maxMs: null },
  });
}

function closedStep(users: number): LoadStep {
  const { throughputPerSecond, meanMs } = closedLoop(FACILITY, TRUTH, users, 0);
  return step({ loop: 'closed', users, throughputPerSecond, times: { ...NO_TIMES, meanMs } });
}

/** Half as much again was sent as the server could take. */
const SATURATED = step({ offeredPerSecond: 1.5 * CAPACITY, throughputPerSecond: CAPACITY });

describe('steps as the model itself says they are', () => {
  test.each([
    ['open', openStep(0.6), 5],
    ['closed', closedStep(6), 1],
    ['saturated', SATURATED, 1],
  ] as const)('leave nothing to explain: %s', (_, one, measurements) => {
    const residuals = residualsOf([one], FACILITY, TRUTH);
    expect(measurementsOf(one)).toBe(measurements);
    expect(residuals).toHaveLength(measurements);
    for (const residual of residuals) expect(residual).toBeCloseTo(0, 6);
    expect(roughSquares([one], FACILITY, TRUTH)).toBeCloseTo(0, 3);
  });
});

test('a step that could not keep up measures the capacity: twice the time of a request halves it', () => {
  const twice = explainedWorkload(20, 60);
  expect(residualsOf([SATURATED], FACILITY, twice)).toEqual([expect.closeTo(-Math.LN2, 6)]);
  expect(roughSquares([SATURATED], FACILITY, twice)).toBeCloseTo(Math.LN2 ** 2, 6);
});

test('the mean alone is looked at roughly, and the more it is off the more it costs', () => {
  const one = openStep(0.3);
  const squares = [10, 12, 14, 16].map((cpuMs) =>
    roughSquares([one], FACILITY, explainedWorkload(cpuMs, 30)),
  );
  for (const [n, square] of squares.entries()) if (n > 0) expect(square).toBeGreaterThan(squares[n - 1]!);
  expect(squares[0]).toBeLessThan(1e-3);
});

test('a request that the step has no room for is worse than any that is merely wrong, and the worse the less room', () => {
  const one = openStep(0.9);
  const [two, four] = [2, 4].map((times) => explainedWorkload(10 * times, 30 * times));
  const [first, second] = [two, four].map((workload) => residualsOf([one], FACILITY, workload!));
  expect(first).toHaveLength(5);
  for (const [n, residual] of first!.entries()) {
    expect(residual).toBeGreaterThan(3);
    // Ten for each factor e of capacity that is wanting.
    expect(second![n]! - residual).toBeCloseTo(10 * Math.LN2, 6);
  }
  expect(roughSquares([one], FACILITY, four!)).toBeGreaterThan(roughSquares([one], FACILITY, two!));
});

test('a time of zero is no measurement, and a step without any explains nothing', () => {
  const zero = step({ times: { ...NO_TIMES, meanMs: 40, p50Ms: 0 } });
  expect(measurementsOf(zero)).toBe(1);
  expect(residualsOf([step({})], FACILITY, TRUTH)).toEqual([]);
  expect(roughSquares([step({})], FACILITY, TRUTH)).toBe(0);
});
