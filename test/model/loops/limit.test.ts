import { describe, expect, test } from 'vitest';
import { capacity, predict, simulate } from '../../../src/index.js';

const system = (workerConnections: number) =>
  ({
    workerClass: 'gevent',
    ...{ gunicorn: 26, workers: 16, threads: 1, workerConnections },
    ...{ backlog: 2048, cores: 8, gil: true, timeoutMs: 0 },
  }) as const;

const workload = (ratePerSecond: number | null) =>
  ({
    ratePerSecond,
    cpu: { kind: 'two-moment', mean: 35, cv: 1 },
    io: { kind: 'deterministic', mean: 137 },
    ioCalls: 2,
    overheadMs: 0,
  }) as const;

describe("a limit on the loops' connections", () => {
  const most = capacity(system(16), workload(null));

  test.each([0.4, 0.6, 0.75])('that nobody meets changes nothing, at %d of capacity', (load) => {
    const [limited, unlimited] = [16, 1000].map((limit) => predict(system(limit), workload(load * most)));
    for (const key of ['meanMs', 'p95Ms', 'p99Ms', 'waitProbability'] as const)
      expect(limited![key]! / unlimited![key]!, key).toBeCloseTo(1, 5);
  });

  test('makes no step where it begins to matter, and is as simulated', () => {
    const loads = Array.from({ length: 20 }, (_, n) => 0.5 + 0.02 * n);
    const means = loads.map((load) => predict(system(16), workload(load * most)).meanMs!);
    for (let n = 1; n < means.length; n++) expect(means[n]!).toBeGreaterThan(means[n - 1]!);
    const question = workload(0.75 * most);
    const simulated = simulate(system(16), question, { requests: 40_000, replications: 4, seed: 5 });
    expect(predict(system(16), question).meanMs! / simulated.prediction.meanMs!).toBeCloseTo(1, 1);
  });
});
