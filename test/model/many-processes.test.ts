import { describe, expect, test } from 'vitest';
import { capacity } from '../../src/model/capacity.js';
import type { Facility } from '../../src/model/discipline.js';
import { predict } from '../../src/model/predict.js';
import type { Workload } from '../../src/model/types.js';
import { facilityOf, type System } from '../../src/servers/gunicorn/discipline.js';
import { simulate } from '../../src/simulation/index.js';

const system = (workerClass: System['workerClass'], workers: number, cores = workers): Facility =>
  facilityOf({
    workerClass,
    gunicorn: 26,
    workers,
    threads: 1,
    cores,
    workerConnections: 1000,
    backlog: 2048,
    gil: true,
    timeoutMs: 0,
  });

function loaded(server: Facility, utilization: number, ioMs = 30): Workload {
  const idle: Workload = {
    ratePerSecond: null,
    cpu: { kind: 'exponential', mean: 10 },
    io: { kind: 'exponential', mean: ioMs },
    ioCalls: 1,
    overheadMs: 0,
  };
  return { ...idle, ratePerSecond: utilization * capacity(server, idle) };
}

describe('more loops than a chain is solved for', () => {
  test.each([
    ['tornado', 48, 24],
    ['tornado', 80, 80],
    ['uvicorn', 48, 48],
    ['gevent', 80, 40],
  ] as const)(
    '%s with %d processes on %d cores waits as it does in simulation',
    (workerClass, workers, cores) => {
      const server = system(workerClass, workers, cores);
      const workload = loaded(server, 0.9);
      const { prediction } = simulate(server, workload, {
        requests: 100_000,
        replications: 2,
        warmup: 20_000,
      });
      expect(Math.abs(predict(server, workload).meanMs! / prediction.meanMs! - 1)).toBeLessThan(0.1);
    },
  );

  test.each(['tornado', 'uvicorn'] as const)(
    '%s waits less the more processes there are at a load',
    (workerClass) => {
      const means = [8, 16, 17, 24, 48, 96, 400, 3000, 100_000].map((workers) => {
        const server = system(workerClass, workers);
        return predict(server, loaded(server, 0.9)).meanMs!;
      });
      means.slice(1).forEach((mean, n) => {
        expect(mean).toBeLessThan(means[n]! * 1.001);
      });
    },
  );
});

test('where a few blocked loops in proportion are overloaded and all are not, response times are no rounding errors', () => {
  const server = system('tornado', 136, 16);
  const meanMs = (ioMs: number): number =>
    predict(server, {
      ratePerSecond: 10_700,
      cpu: { kind: 'exponential', mean: 1.42 },
      io: { kind: 'exponential', mean: ioMs },
      ioCalls: 1,
      overheadMs: 0,
    }).meanMs!;
  const [less, same, more] = [meanMs(10.2 - 1e-7), meanMs(10.2), meanMs(10.2 + 1e-7)];
  expect(Math.abs(less - 2 * same + more)).toBeLessThan(1e-9);
  expect(more).toBeGreaterThan(same);
});

test('loops beyond the cores are as good as simulated ones, and the better the more there are', () => {
  // `simulate` with 400,000 requests, seed 1: mean and p95 at 95 % of four cores, 10 ms of CPU and 90 ms of I/O.
  const simulated = [
    [16, 149, 375.3],
    [20, 148.3, 375.4],
    [36, 146.4, 372.8],
    [68, 144.1, 368.3],
    [110, 143, 365.8],
    [260, 142.1, 363],
  ] as const;
  for (const [workers, meanMs, p95Ms] of simulated) {
    const p = predict(system('gevent', workers, 4), {
      ratePerSecond: 380,
      cpu: { kind: 'exponential', mean: 10 },
      io: { kind: 'exponential', mean: 90 },
      ioCalls: 1,
      overheadMs: 0,
    });
    expect(Math.abs(p.meanMs! / meanMs - 1), `mean of ${workers}`).toBeLessThan(0.05);
    expect(Math.abs(p.p95Ms! / p95Ms - 1), `p95 of ${workers}`).toBeLessThan(0.06);
  }
});
