import { describe, expect, test } from 'vitest';
import { givenFacility } from '../../../src/commands/simulate/result.js';
import type { Facility } from '../../../src/model/discipline.js';
import { predict } from '../../../src/model/predict.js';
import type { Workload } from '../../../src/model/types.js';
import { explainSteps } from '../../../src/observe/load-tests/explaining/explain.js';
import type { LoadStep } from '../../../src/observe/load-tests/step.js';
import { resolveProfile } from '../../../src/profile/resolve.js';
import type { WorkerClass } from '../../../src/servers/gunicorn/worker-class.js';
import { simulate } from '../../../src/simulation/index.js';

interface Case {
  readonly workerClass: WorkerClass;
  readonly workers: number;
  readonly threads: number;
  readonly cores: number;
  readonly cpuMs: number;
  readonly ioMs: number;
}

const facilityOf = ({ workerClass, workers, threads, cores }: Case): Facility =>
  givenFacility(
    resolveProfile({ cores, workers, threads, workerClass, rate: 1, cpuTime: 1, ioTime: 1 }, {}),
    predict,
  );

/** Steps at shares of the capacity, as an open generator would have measured them on the simulated server. */
function simulatedSteps(facility: Facility, workload: Workload, loads: readonly number[]): LoadStep[] {
  const { capacityPerSecond } = predict(facility, workload);
  return loads.map((load) => {
    const rate = load * capacityPerSecond;
    const { prediction } = simulate(
      facility,
      { ...workload, ratePerSecond: rate },
      { requests: 30_000, seed: 7 },
    );
    const { meanMs, p50Ms, p90Ms, p95Ms, p99Ms } = prediction;
    return {
      source: `${load}`,
      tool: 'k6',
      loop: 'open',
      users: null,
      offeredPerSecond: rate,
      seconds: 60_000 / rate,
      requests: 30_000,
      throughputPerSecond: rate,
      errorShare: 0,
      times: { meanMs, p50Ms, p90Ms, p95Ms, p99Ms, maxMs: null },
      notes: [],
    };
  });
}

const CASES: readonly Case[] = [
  { workerClass: 'sync', workers: 8, threads: 1, cores: 2, cpuMs: 20, ioMs: 40 },
  { workerClass: 'gthread', workers: 2, threads: 8, cores: 2, cpuMs: 15, ioMs: 60 },
  { workerClass: 'asgi', workers: 2, threads: 1, cores: 2, cpuMs: 10, ioMs: 50 },
];

describe('steps of a simulated server', () => {
  test.each(CASES)('tell CPU and I/O of $workerClass within 10 %', (one) => {
    const facility = facilityOf(one);
    const workload: Workload = {
      ratePerSecond: null,
      cpu: { kind: 'two-moment', mean: one.cpuMs, cv: 0.7 },
      io: { kind: 'two-moment', mean: one.ioMs, cv: 0.7 },
      ioCalls: 1,
      overheadMs: 0,
    };
    const steps = simulatedSteps(facility, workload, [0.1, 0.4, 0.6, 0.8, 0.9]);
    const found = explainSteps(steps, facility, { cv: null, ioCalls: 1, overheadMs: 0 })!;
    expect(found.tellsApart).toBe(true);
    expect(Math.abs(found.cpuMs.value / one.cpuMs - 1)).toBeLessThan(0.1);
    expect(Math.abs(found.ioMs.value / one.ioMs - 1)).toBeLessThan(0.1);
  });
});
