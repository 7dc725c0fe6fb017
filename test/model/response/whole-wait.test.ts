import { describe, expect, test } from 'vitest';
import { capacity } from '../../../src/model/capacity.js';
import { predict } from '../../../src/model/predict.js';
import { law, system, workload } from '../questions.js';

/** One worker with a core, so M/G/1, whose service times vary so much that few of a lattice's cells hold them. */
const behind = (backlog: number) => system({ backlog, timeoutMs: 0 });
const asked = (ratePerSecond: number | null) =>
  workload(33.5, 33.5, {
    ratePerSecond,
    cpu: { kind: 'erlang', mean: 33.5, stages: 5 },
    io: law(33.5, 2.74),
  });

describe('a backlog that hardly ever fills', () => {
  const most = capacity(behind(2048), asked(null));

  test.each([0.3, 0.45, 0.6])('shortens no response at %d of capacity', (load) => {
    const [short, long] = [64, 2048].map((backlog) => predict(behind(backlog), asked(load * most)));
    for (const p of ['p50Ms', 'p90Ms', 'p95Ms', 'p99Ms'] as const)
      expect(short![p]! / long![p]!, p).toBeCloseTo(1, 2);
  });
});
