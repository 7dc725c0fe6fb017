import { describe, expect, test } from 'vitest';
import { capacity, predict } from '../../../src/index.js';

/** One worker with a core, so M/G/1, whose service times vary so much that few of a lattice's cells hold them. */
const system = (backlog: number) =>
  ({
    workerClass: 'sync',
    gunicorn: 26,
    workers: 1,
    threads: 1,
    workerConnections: 1000,
    backlog,
    cores: 1,
    gil: true,
    timeoutMs: 0,
  }) as const;

const workload = (ratePerSecond: number | null) =>
  ({
    ratePerSecond,
    cpu: { kind: 'erlang', mean: 33.5, stages: 5 },
    io: { kind: 'two-moment', mean: 33.5, cv: 2.74 },
    ioCalls: 1,
    overheadMs: 0,
  }) as const;

describe('a backlog that hardly ever fills', () => {
  const most = capacity(system(2048), workload(null));

  test.each([0.3, 0.45, 0.6])('shortens no response at %d of capacity', (load) => {
    const [short, long] = [64, 2048].map((backlog) => predict(system(backlog), workload(load * most)));
    for (const p of ['p50Ms', 'p90Ms', 'p95Ms', 'p99Ms'] as const)
      expect(short![p]! / long![p]!, p).toBeCloseTo(1, 2);
  });
});
