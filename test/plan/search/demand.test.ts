import { describe, expect, test } from 'vitest';
import type { Prediction } from '../../../src/model/types.js';
import {
  ceilSafely,
  cpuHeuristic,
  ioRatioSlots,
  peakInFlight,
  requestTimesOf,
} from '../../../src/plan/search/demand.js';
import { judge } from '../../../src/plan/search/judge.js';
import { resolveProfile } from '../../../src/profile/resolve.js';
import { basic } from '../simple-model.js';

describe('demand', () => {
  test('counts the CPU that the server adds', () => {
    const profile = resolveProfile({ ...basic, cpuTime: 8, ioTime: 30, overhead: 2, rate: 50 }, {});
    expect(requestTimesOf(profile)).toEqual({
      cpuMs: 10,
      ioMs: 30,
      serviceMs: 40,
      waitPerCompute: 3,
      load: 2,
    });
    const only = requestTimesOf(resolveProfile({ ...basic, cpuTime: 0, ioTime: 30 }, {}));
    expect(only.waitPerCompute).toBe(Number.POSITIVE_INFINITY);
    expect(only.load).toBeNull();
  });

  test.each([
    [3, 3],
    [3.0000000001, 3],
    [3.001, 4],
    [2.9999999999, 3],
    [1e12 + 0.25, 1e12 + 1],
    [1e12 + 0.001, 1e12],
    [0, 0],
    [0.4, 1],
  ])('%d rounds up to %d', (value, expected) => {
    expect(ceilSafely(value)).toBe(expected);
  });

  test('whole quotients stay whole', () => {
    for (let cores = 1; cores <= 64; cores++)
      for (const waiting of [0.1, 0.2, 0.3, 0.6, 0.7, 0.9, 0.95]) {
        const share = 1 - waiting;
        const slots = ioRatioSlots(cores * share, waiting / share);
        expect(slots).toBe(cores);
      }
    expect(cpuHeuristic(0.1 + 0.2)).toBe(1);
    expect(cpuHeuristic(3 * 0.5)).toBe(4);
  });

  test('in flight at its peak is the mean and three standard deviations of a Poisson law', () => {
    expect(peakInFlight(100, 4)).toBe(25 + 3 * 5);
    expect(peakInFlight(1e-9, 4)).toBe(1);
    expect(peakInFlight(2, 1)).toBe(Math.ceil(2 + 3 * Math.sqrt(2)));
  });
});

describe('a verdict', () => {
  /** Seven tenths of the capacity. */
  const RATE = 70;
  const prediction: Prediction = {
    stable: true,
    capacityPerSecond: 100,
    utilization: { cpu: 0.4, gil: 0.7, slots: 0.5 },
    waitProbability: 0.1,
    meanMs: 100,
    p50Ms: 80,
    p90Ms: 200,
    p95Ms: 250,
    p99Ms: 400,
    rejectProbability: 0,
    method: 'made up',
  };
  const objective = (
    metric: 'p95' | 'wait' | 'mean',
    limit: number,
    maxUtilization: number | null = null,
  ) => ({
    limits: [{ text: `${metric}<${limit}`, metric, limit }],
    maxUtilization,
    ceiling: maxUtilization,
    assumed: false,
  });

  test('is strict about times and counts the share of the capacity', () => {
    expect(judge(prediction, objective('p95', 250), RATE)).toMatchObject({
      met: false,
      missed: ['p95<250'],
      score: 1,
    });
    expect(judge(prediction, objective('p95', 500), RATE)).toMatchObject({
      met: true,
      missed: [],
      score: 0.5,
    });
    expect(judge(prediction, objective('wait', 0.05), RATE).score).toBe(2);
    expect(judge(prediction, objective('mean', 1000, 0.7), RATE)).toMatchObject({
      met: true,
      missed: [],
      score: 1,
    });
    expect(judge(prediction, objective('mean', 1000, 0.35), RATE)).toMatchObject({
      met: false,
      missed: ['utilization'],
      score: 2,
    });
  });

  test('is uncertain of what the published error could undo', () => {
    const errors = { meanMs: 0.2, p50Ms: 0.2, p90Ms: 0.2, p95Ms: 0.1, p99Ms: 0.2 };
    const at = (limit: number) => judge(prediction, objective('p95', limit), RATE, errors);
    expect(at(250)).toMatchObject({ met: false, certain: false, uncertain: [] });
    expect(at(270)).toMatchObject({ met: true, certain: false, uncertain: ['p95<270'] });
    expect(at(276)).toMatchObject({ met: true, certain: true, uncertain: [] });
    expect(judge(prediction, objective('p95', 270), RATE).certain).toBe(true);
    expect(judge(prediction, objective('wait', 0.11), RATE, errors).certain).toBe(true);
  });

  test('passes over what is not known', () => {
    const vague = { ...prediction, p95Ms: null };
    expect(judge(vague, objective('p95', 1), RATE)).toMatchObject({ met: true, missed: [], score: 0 });
  });

  test('of overload is the worse the less is served', () => {
    const overloaded = (capacityPerSecond: number) =>
      judge({ ...prediction, stable: false, capacityPerSecond }, objective('p95', 250), RATE);
    expect(overloaded(10)).toMatchObject({ met: false, missed: ['stable'] });
    expect(overloaded(10).score).toBeGreaterThan(overloaded(20).score);
    expect(overloaded(1e6).score).toBeGreaterThan(1e5);
  });
});
