import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capacity } from '../../src/model/capacity.js';
import type { Facility } from '../../src/model/discipline.js';
import { predict } from '../../src/model/predict.js';
import type { Workload } from '../../src/model/types.js';
import { WORKER_CLASSES } from '../../src/servers/gunicorn/worker-class.js';
import { law, system } from './questions.js';

const LOADS = [0.5, 0.9, 0.99, 0.999, 1 - 1e-5, 1 - 1e-6, 1 - 1e-8, 1 - 1e-10, 1 - 1e-12];

const questions: fc.Arbitrary<[Facility, Workload]> = fc
  .record({
    workerClass: fc.constantFrom(...WORKER_CLASSES),
    workers: fc.constantFrom(1, 2, 3, 4, 9, 20),
    threads: fc.constantFrom(1, 2, 8),
    workerConnections: fc.constantFrom(16, 1000),
    cores: fc.constantFrom(0.5, 1, 2, 2.5, 4, 8),
    gil: fc.boolean(),
    backlog: fc.constantFrom(64, 2048),
    overheadMs: fc.constantFrom(0, 0.5),
    share: fc.constantFrom(0, 0.3, 0.7, 0.95),
    cv: fc.constantFrom(0, 0.5, 1, 2),
  })
  .map(({ share, cv, overheadMs, ...rest }) => [
    system(rest),
    {
      ratePerSecond: null,
      cpu: law(20 * (1 - share), cv),
      io: law(20 * share, cv),
      ioCalls: share > 0 ? 1 : 0,
      overheadMs,
    },
  ]);

test('below the capacity every queue ends, at it none', () => {
  fc.assert(
    fc.property(questions, ([server, work]) => {
      const most = capacity(server, work);
      const meanAt = (ratePerSecond: number) => predict(server, { ...work, ratePerSecond }).meanMs;
      // Up to half of it, the favoured of several processes may have more than later.
      let before = 0;
      for (const load of LOADS) {
        const now = meanAt(load * most);
        expect(now, `at ${load}`).toBeGreaterThanOrEqual(before * (1 - 1e-4));
        expect(now, `at ${load}`).toBeLessThan(Number.POSITIVE_INFINITY);
        before = now!;
      }
      expect(meanAt(most)).toBeNull();
    }),
    { seed: 7, numRuns: 60 },
  );
});
