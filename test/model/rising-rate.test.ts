import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capacity } from '../../src/model/capacity.js';
import type { Facility } from '../../src/model/discipline.js';
import { evenly, predict } from '../../src/model/predict.js';
import type { Workload } from '../../src/model/types.js';
import type { System } from '../../src/servers/gunicorn/discipline.js';
import { law, system } from './questions.js';

const LOADS = [0.3, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999, 1 - 1e-6, 1 - 1e-9, 1 - 1e-12];

const cvs = fc.constantFrom(0, 0.5, 1, 2);
const questions = (workerClass: System['workerClass']): fc.Arbitrary<[Facility, Workload]> =>
  fc
    .record({
      workers: fc.constantFrom(1, 2, 4, 9),
      threads: fc.constantFrom(1, 2, 8),
      cores: fc.constantFrom(1, 2, 4),
      backlog: fc.constantFrom(64, 2048),
      share: fc.constantFrom(0, 0.3, 0.7, 0.95),
      cpuCv: cvs,
      ioCv: cvs,
    })
    .map(({ share, cpuCv, ioCv, ...rest }) => [
      // Where some processes are favoured, they are the less so the busier all are: even shares are what rises for certain.
      evenly(system({ workerClass, ...rest })),
      {
        ratePerSecond: null,
        cpu: law(100 * (1 - share), cpuCv),
        io: law(100 * share, ioCv),
        ioCalls: share > 0 ? 1 : 0,
        overheadMs: 0,
      },
    ]);

/** Percentiles are read from a lattice of 512 points. */
const ROUNDING = 0.01;

test.each(['sync', 'gthread', 'tornado', 'gevent', 'uvicorn'] as const)(
  'times of %s rise with the rate up to the capacity',
  (workerClass) => {
    fc.assert(
      fc.property(questions(workerClass), ([server, work]) => {
        const most = capacity(server, work);
        let before = { meanMs: 0, p50Ms: 0, p90Ms: 0, p95Ms: 0, p99Ms: 0 };
        for (const load of LOADS) {
          const p = predict(server, { ...work, ratePerSecond: load * most });
          const now = {
            meanMs: p.meanMs!,
            p50Ms: p.p50Ms!,
            p90Ms: p.p90Ms!,
            p95Ms: p.p95Ms!,
            p99Ms: p.p99Ms!,
          };
          expect(now.meanMs, `mean at ${load}`).toBeGreaterThanOrEqual(before.meanMs * (1 - 1e-4));
          for (const key of ['p50Ms', 'p90Ms', 'p95Ms', 'p99Ms'] as const)
            expect(now[key], `${key} at ${load}`).toBeGreaterThanOrEqual(before[key] * (1 - ROUNDING));
          before = now;
        }
      }),
      { seed: 5, numRuns: 16 },
    );
  },
);
