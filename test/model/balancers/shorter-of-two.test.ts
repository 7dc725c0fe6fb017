import { describe, expect, test } from 'vitest';
import { behindBalancer } from '../../../src/model/balancers/behind-balancer.js';
import { narrowerBy } from '../../../src/model/balancers/narrower.js';
import { anyAlike, shorterOfTwo } from '../../../src/model/balancers/shorter-of-two.js';
import { predict } from '../../../src/model/predict.js';
import { facilityOf } from '../../../src/servers/gunicorn/discipline.js';

describe('shares of replicas with n requests or more', () => {
  // Mitzenmacher (2001): s_n = λ^(2^n − 1).
  test.each([0.5, 0.9, 0.99])('are those of the limit for one server, at %d', (load) => {
    const shares = shorterOfTwo([0, 1], load)!;
    for (const n of [1, 2, 3, 4]) expect(shares[n]).toBeCloseTo(load ** (2 ** n - 1), 9);
  });

  test('answer as many as come, for rates that grow', () => {
    const rates = [0, 1, 1.6, 2, 2.2, 2.3];
    for (const load of [0.5, 1.5, 2.2]) {
      const shares = shorterOfTwo(rates, load)!;
      const answered = shares.reduce(
        (sum, share, n) => sum + rates[Math.min(n, 5)]! * (share - (shares[n + 1] ?? 0)),
        0,
      );
      expect(shares[0]).toBeCloseTo(1, 9);
      expect(answered).toBeCloseTo(load, 6);
    }
  });

  test('are geometric for one server to which requests come by chance', () => {
    const shares = anyAlike([0, 1], 0.8);
    for (const n of [0, 1, 5, 20]) expect(shares[n]).toBeCloseTo(0.8 ** n, 9);
  });
});

const system = facilityOf({
  ...{ workerClass: 'sync', gunicorn: 26, workers: 1, threads: 1, workerConnections: 1000 },
  ...{ backlog: 2048, cores: 1, gil: true, timeoutMs: 0 },
});
const exponential = (mean: number) => ({ kind: 'exponential', mean }) as const;
const workload = {
  ...{ ratePerSecond: 45, cpu: exponential(20), io: exponential(1), ioCalls: 0, overheadMs: 0 },
};

test('times of many single servers spread as their limit has it: exponential services after those that are found', () => {
  const found = (n: number) => 0.9 ** (2 * (2 ** n - 1));
  const numbers = [1, 2, 3, 4, 5];
  const mean = numbers.reduce((sum, n) => sum + found(n), 0);
  const square = numbers.reduce((sum, n) => sum + (2 * n - 1) * found(n), 0);
  const deviation = Math.sqrt(1 + mean + square - mean ** 2);
  // Exponential, as the times of M/M/1 are.
  const alike = 1 + mean;
  const rates = { ratePerSecond: 45, equivalent: 50 - 50 / alike, capacityPerSecond: 50 };
  expect(narrowerBy(system, workload, rates, 1e9)).toBeCloseTo(deviation / alike, 3);
});

test('percentiles are nearer to the mean than with a random choice of the same wait, and in order', () => {
  const two = behindBalancer(predict, { balancer: 'power-of-two', balancers: 1, replicas: 32 })(
    system,
    workload,
  );
  const { meanMs, p50Ms, p90Ms, p95Ms, p99Ms } = two;
  expect([p50Ms, p90Ms, p95Ms, p99Ms]).toEqual([p50Ms, p90Ms, p95Ms, p99Ms].toSorted((a, b) => a! - b!));
  // An exponential time has its 95th percentile at three times its mean.
  expect(p95Ms! / meanMs!).toBeLessThan(2.7);
  expect(p95Ms! / meanMs!).toBeGreaterThan(2.2);
});
