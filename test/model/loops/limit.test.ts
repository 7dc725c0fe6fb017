import { describe, expect, test } from 'vitest';
import { capacity } from '../../../src/model/capacity.js';
import { predict } from '../../../src/model/predict.js';
import { simulate } from '../../../src/simulation/index.js';
import { system, workload } from '../questions.js';

const limitedTo = (workerConnections: number) =>
  system({ workerClass: 'gevent', workers: 16, cores: 8, timeoutMs: 0, workerConnections });
const asked = (ratePerSecond: number | null) =>
  workload(35, 137, { ratePerSecond, io: { kind: 'deterministic', mean: 137 }, ioCalls: 2 });

describe("a limit on the loops' connections", () => {
  const most = capacity(limitedTo(16), asked(null));

  test.each([0.4, 0.6, 0.75])('that nobody meets changes nothing, at %d of capacity', (load) => {
    const [limited, unlimited] = [16, 1000].map((limit) => predict(limitedTo(limit), asked(load * most)));
    for (const key of ['meanMs', 'p95Ms', 'p99Ms', 'waitProbability'] as const)
      expect(limited![key]! / unlimited![key]!, key).toBeCloseTo(1, 5);
  });

  test('makes no step where it begins to matter, and is as simulated', () => {
    const loads = Array.from({ length: 20 }, (_, n) => 0.5 + 0.02 * n);
    const means = loads.map((load) => predict(limitedTo(16), asked(load * most)).meanMs!);
    for (let n = 1; n < means.length; n++) expect(means[n]!).toBeGreaterThan(means[n - 1]!);
    const question = asked(0.75 * most);
    const simulated = simulate(limitedTo(16), question, { requests: 40_000, replications: 4, seed: 5 });
    expect(predict(limitedTo(16), question).meanMs! / simulated.prediction.meanMs!).toBeCloseTo(1, 1);
  });
});
