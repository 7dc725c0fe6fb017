import { describe, expect, test } from 'vitest';
import type { Law } from '../../../src/math/laws/law.js';
import { capacity } from '../../../src/model/capacity.js';
import type { Facility } from '../../../src/model/discipline.js';
import { lockShares } from '../../../src/model/mixed/shared-lock.js';
import { mixedWorkload } from '../../../src/model/mixed/workload.js';
import { predict } from '../../../src/model/predict.js';
import type { Workload } from '../../../src/model/types.js';
import { serverNamed } from '../../../src/servers/index.js';
import { simulate } from '../../../src/simulation/index.js';

const exponential = (mean: number): Law => ({ kind: 'exponential', mean });

const uvicorn = serverNamed('uvicorn');

function facilityOf(kindName: string, workers: number, threads: number, cores: number, gil = true): Facility {
  const kind = uvicorn.kinds.find(({ name }) => name === kindName)!;
  const circumstances = { version: uvicorn.versions.newest, gil, backlog: 2048, timeoutMs: 0, loop: null };
  return { ...uvicorn.discipline({ kind, workers, threads, workerConnections: null }, circumstances), cores };
}

function workload(ratePerSecond: number, overheadMs = 0): Workload {
  return { ratePerSecond, cpu: exponential(5), io: exponential(45), ioCalls: 1, overheadMs };
}

/** The same with so many of the requests in threads, with these times of their own. */
function mixed(of: Workload, pooledShare: number, cpuMs = 5, ioMs = 45): Workload {
  const { cpu, io } = of;
  const pooled =
    cpuMs === 5 && ioMs === 45 ? { cpu, io } : { cpu: exponential(cpuMs), io: exponential(ioMs) };
  return mixedWorkload(of, { pooledShare, looped: { cpu, io }, pooled });
}

describe('the lock that a loop shares with threads', () => {
  test('is the loop’s alone without threads: M/M/1', () => {
    const { loopBusy, atLoop } = lockShares({
      loop: { ratePerMs: 0.1, meanMs: 7, turnMs: 4 },
      threads: { most: 1, load: 0, meanMs: 1, turnMs: 1, arrivals: () => 0 },
    });
    expect(loopBusy).toBeCloseTo(0.7, 2);
    expect(atLoop).toBeCloseTo(0.7 / 0.3, 1);
  });

  test('is the threads’ alone where the loop has next to nothing to run', () => {
    const { loopBusy, threadsShare } = lockShares({
      loop: { ratePerMs: 1e-9, meanMs: 1, turnMs: 1 },
      threads: { most: 40, load: 0.6, meanMs: 6, turnMs: 3, arrivals: () => 0.1 },
    });
    expect(loopBusy).toBeLessThan(1e-8);
    expect(threadsShare(3)).toBeCloseTo(1, 6);
  });

  test('is kept busy by both as long as there is work for either', () => {
    const loop = { ratePerMs: 0.05, meanMs: 6, turnMs: 3 };
    const threads = { most: 200, load: 0.4, meanMs: 8, turnMs: 4, arrivals: () => 0.05 };
    const { loopBusy, atLoop } = lockShares({ loop, threads });
    expect(loopBusy).toBeGreaterThan(0.3);
    // All of the waiting is the loop's at most: work is conserved (M/M/1 with two kinds of bursts).
    const workMs = (loop.ratePerMs * loop.meanMs ** 2 + 0.05 * threads.meanMs ** 2) / (1 - 0.7);
    expect(atLoop * loop.meanMs).toBeLessThan(workMs);
    expect(atLoop).toBeGreaterThan(0.3 / 0.7);
  });
});

describe('loops with threads beside them', () => {
  test.each([
    ['async', 0.002],
    ['threads', 0.998],
  ])('are %s where nearly all requests are', (kind, share) => {
    const pure = predict(facilityOf(kind, 1, 40, 1), workload(140));
    const both = predict(facilityOf('async+threads', 1, 40, 1), mixed(workload(140), share));
    expect(both.meanMs! / pure.meanMs!).toBeCloseTo(1, 1);
    expect(both.p95Ms! / pure.p95Ms!).toBeCloseTo(1, 1);
    expect(both.capacityPerSecond / pure.capacityPerSecond).toBeCloseTo(1, 1);
  });

  test('that hand nothing over are loops, to the last digit', () => {
    const pure = predict(facilityOf('async', 3, 1, 4), workload(400));
    const loops = { ...facilityOf('async+threads', 3, 40, 4), computes: 'to-next-wait' } as const;
    const found = predict(loops, workload(400));
    expect([found.meanMs, found.p95Ms, found.capacityPerSecond]).toEqual([
      pure.meanMs,
      pure.p95Ms,
      pure.capacityPerSecond,
    ]);
  });

  test.each([
    ['one process', facilityOf('async+threads', 1, 40, 1), mixed(workload(150), 0.3)],
    ['processes with a core each', facilityOf('async+threads', 4, 8, 4), mixed(workload(550), 0.5, 8, 30)],
    ['processes that share cores', facilityOf('async+threads', 4, 40, 2), mixed(workload(280), 0.3)],
    ['few threads', facilityOf('async+threads', 2, 2, 2), mixed(workload(200), 0.2, 5, 45)],
    ['the server’s own CPU', facilityOf('async+threads', 2, 40, 4), mixed(workload(200, 1), 0.4)],
    ['no lock', facilityOf('async+threads', 1, 8, 4, false), mixed(workload(150), 0.5, 10, 40)],
  ])('are predicted as they are simulated: %s', (_, facility, requests) => {
    const { prediction } = simulate(facility, requests, { requests: 150_000, replications: 4 });
    const found = predict(facility, requests);
    expect(Math.abs(found.meanMs! / prediction.meanMs! - 1)).toBeLessThan(0.08);
    expect(Math.abs(found.p95Ms! / prediction.p95Ms! - 1)).toBeLessThan(0.12);
  });

  test('can do no more than their CPU, and no more than their threads', () => {
    const cpuBound = mixed(workload(1), 0.3);
    expect(capacity(facilityOf('async+threads', 2, 40, 2), cpuBound)).toBeLessThanOrEqual(400);
    expect(capacity(facilityOf('async+threads', 2, 40, 2), cpuBound)).toBeGreaterThan(390);
    expect(capacity(facilityOf('async+threads', 1, 1, 1), cpuBound)).toBeLessThan(1000 / 50 / 0.3);
  });
});

test('hardly any requests wait for nothing, however few they are', () => {
  const facility = facilityOf('async+threads', 2, 40, 2);
  for (const rate of [1e-2, 1e-4, 1e-6, 1e-9, 1e-17]) {
    const { meanMs, waitProbability } = predict(facility, mixed(workload(rate), 0.3));
    expect(meanMs).toBeCloseTo(50, 1);
    expect(waitProbability).toBeLessThan(1e-3);
  }
});
