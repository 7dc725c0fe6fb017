import { expect, test } from 'vitest';
import { mmc } from '../../src/math/queues/mmc/mmc.js';
import { facilityOf } from '../../src/servers/gunicorn/discipline.js';
import { simulate } from '../../src/simulation/run/simulate.js';

const facility = {
  ...facilityOf({
    workerClass: 'sync',
    gunicorn: 26,
    workers: 2,
    threads: 1,
    workerConnections: 1000,
    backlog: 100_000,
    cores: 2,
    gil: true,
    timeoutMs: 0,
  }),
  holdMs: 0,
};
const workload = {
  ratePerSecond: 70,
  cpu: { kind: 'exponential', mean: 20 },
  io: { kind: 'exponential', mean: 1 },
  ioCalls: 0,
  overheadMs: 0,
} as const;
const mean = (balancer: 'random' | 'round-robin' | 'least-connections' | 'power-of-two', replicas: number) =>
  simulate(facility, workload, {
    requests: 400_000,
    replications: 4,
    balancing: { balancer, balancers: 1, replicas },
  }).prediction;

test('a random choice makes each replica M/M/c', () => {
  const exact = mmc({ servers: 2, arrivalRate: 0.07, serviceTime: 20 }).sojourn!;
  const found = mean('random', 4);
  expect(Math.abs(found.meanMs! / exact.mean - 1)).toBeLessThan(0.02);
  expect(found.utilization!.cpu).toBeCloseTo(0.7, 1);
});

test('the more a balancer knows, the shorter the waits, never below one queue for all', () => {
  const pooled = mmc({ servers: 8, arrivalRate: 0.28, serviceTime: 20 }).sojourn!.mean;
  const means = (['random', 'round-robin', 'power-of-two', 'least-connections'] as const).map(
    (balancer) => mean(balancer, 4).meanMs!,
  );
  expect(means).toEqual([...means].sort((a, b) => b - a));
  expect(means.at(-1)!).toBeGreaterThan(pooled * 0.995);
});

test('the same seed gives the same run', () => {
  expect(mean('power-of-two', 3)).toEqual(mean('power-of-two', 3));
});
