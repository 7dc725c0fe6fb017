import { expect } from 'vitest';
import type { Durations, QueueResult } from '../../../src/math/queues/index.js';

/**
 * Tail falls from at most 1 towards 0, and each percentile is the least t beyond which the tail is small enough.
 */
export function expectSoundDurations(durations: Durations, precision = 1e-9): void {
  const far = 4 * durations.percentile(0.999) + durations.mean;
  let last = 1;
  for (let n = 0; n <= 40; n += 1) {
    const value = durations.tail((far * n) / 40);
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThanOrEqual(last * (1 + precision));
    last = value;
  }
  expect(last).toBeLessThan(1e-3);
  for (const p of [0.05, 0.3, 0.5, 0.9, 0.99, 0.999]) {
    const t = durations.percentile(p);
    expect(durations.tail(t * (1 + 1e-13))).toBeLessThanOrEqual((1 - p) * (1 + precision));
    if (t > 0) expect(durations.tail(t * (1 - 1e-9))).toBeGreaterThanOrEqual((1 - p) * (1 - precision));
  }
}

/** Little's law, the sum of wait and service, and probabilities in [0, 1]. */
export function expectSoundResult(result: QueueResult, arrivalRate: number, serviceMean: number): void {
  expect(result.stable).toBe(true);
  expect(result.waitProbability).toBeGreaterThanOrEqual(0);
  expect(result.waitProbability).toBeLessThanOrEqual(1);
  const close = (got: number, want: number) =>
    expect(Math.abs(got - want)).toBeLessThanOrEqual(1e-12 * Math.abs(want));
  close(result.meanQueueLength!, arrivalRate * result.wait!.mean);
  close(result.meanInSystem!, arrivalRate * result.sojourn!.mean);
  close(result.sojourn!.mean, result.wait!.mean + serviceMean);
  close(result.utilization * result.servers, arrivalRate * serviceMean);
}
