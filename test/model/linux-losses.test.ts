import { expect, test } from 'vitest';
import { predict } from '../../src/model/predict.js';
import type { Workload } from '../../src/model/types.js';
import { disciplineOf } from '../../src/servers/gunicorn/discipline.js';
import { simulate } from '../../src/simulation/index.js';

const server = { gunicorn: 26, backlog: 2048, gil: true, timeoutMs: 0 };
const threads = (workers: number) =>
  disciplineOf({ ...server, workerClass: 'gthread', workers, threads: 8, workerConnections: 8 });
const loops = (workers: number) =>
  disciplineOf({ ...server, workerClass: 'uvicorn', workers, threads: 1, workerConnections: 1000 });
const sync = (workers: number) =>
  disciplineOf({ ...server, workerClass: 'sync', workers, threads: 1, workerConnections: 1000 });

/** Requests of 5 ms CPU with 0.9 of the server's own, and of waiting. */
const at = (ratePerSecond: number, ioMs: number): Workload => ({
  cpu: { kind: 'exponential', mean: 5 },
  io: { kind: 'exponential', mean: ioMs },
  ioCalls: ioMs > 0 ? 1 : 0,
  overheadMs: 0.9,
  ratePerSecond,
});

test.each([
  ['two processes with threads on two cores', threads(2), 238, 30],
  ['four on two', threads(4), 250, 30],
  ['four loops on two', loops(4), 250, 30],
  ['four loops near their capacity', loops(4), 295, 30],
  ['ten sync workers on two', sync(10), 220, 30],
  ['four that only compute', sync(4), 270, 0],
])('%s lose to Linux about what they are simulated to lose', (_, discipline, rate, ioMs) => {
  const facility = { ...discipline, cores: 2 };
  const { meanMs, p95Ms } = simulate(facility, at(rate, ioMs), { requests: 300_000 }).prediction;
  const found = predict(facility, at(rate, ioMs));
  expect(Math.abs(found.meanMs! / meanMs! - 1)).toBeLessThan(0.06);
  expect(Math.abs(found.p95Ms! / p95Ms! - 1)).toBeLessThan(0.06);
});
