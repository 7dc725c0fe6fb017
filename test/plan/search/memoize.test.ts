import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { predict } from '../../../src/model/predict.js';
import type { Predict, Workload } from '../../../src/model/types.js';
import { memoize } from '../../../src/plan/search/memoize.js';
import { facilityOf, type System } from '../../../src/servers/gunicorn/discipline.js';
import { simpleModel } from '../simple-model.js';

const system: System = {
  workerClass: 'asgi',
  gunicorn: 26,
  workers: 3,
  threads: 1,
  workerConnections: 1000,
  backlog: 2048,
  cores: 2,
  gil: true,
  timeoutMs: 30_000,
};
const workload: Workload = {
  ratePerSecond: 40,
  cpu: { kind: 'exponential', mean: 10 },
  io: { kind: 'exponential', mean: 50 },
  ioCalls: 1,
  overheadMs: 0,
};

describe('remembered answers', () => {
  test('are asked for once for each system and rate', () => {
    let asked = 0;
    const counting: Predict = (...question) => {
      asked += 1;
      return simpleModel(...question);
    };
    const remembered = memoize(counting);
    const ask = (given: System, asked = workload) => remembered(facilityOf(given), asked);
    const pool: System = { ...system, workerClass: 'gthread' };
    const first = ask(pool);
    expect(ask(pool)).toBe(first);
    expect(asked).toBe(1);
    for (const other of [{ workers: 4 }, { threads: 2 }, { workerConnections: 9 }, { cores: 3 }])
      ask({ ...pool, ...other });
    ask({ ...pool, workerClass: 'sync' });
    ask(pool, { ...workload, ratePerSecond: 41 });
    expect(asked).toBe(7);
  });

  test('are those of a facility that is alike in all that the models are told', () => {
    const facility = facilityOf({ ...system, workerClass: 'gthread' });
    const others = [
      { sharing: 'evenly' },
      { holdMs: 0.1 },
      { killAfterMs: 1000 },
      { acceptsAsBefore: true },
      { answersLeave: 'after-turn' },
      { front: { by: 'turn' } },
      { pooledThreads: 40 },
      { refuses: true },
      { backlog: 7 },
      { cores: Number.POSITIVE_INFINITY },
    ] as const;
    const asked: object[] = [];
    const remembered = memoize((...question) => {
      asked.push(question[0]);
      return simpleModel(...question);
    });
    remembered(facility, workload);
    for (const other of others) remembered({ ...facility, ...other } as typeof facility, workload);
    expect(asked).toHaveLength(1 + others.length);
  });

  test('serve both classes that hold any number of requests, since the model tells no difference between them', () => {
    const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        real(0.3, 16),
        real(0.5, 40),
        real(0, 300),
        real(0.05, 1.1),
        fc.integer({ min: 1, max: 4 }),
        (workers, cores, cpuMs, ioMs, load, ioCalls) => {
          const asked: Workload = {
            ...workload,
            ratePerSecond: (1000 * load * Math.min(cores, workers)) / cpuMs,
            cpu: { kind: 'exponential', mean: cpuMs },
            io: { kind: 'exponential', mean: ioMs },
            ioCalls: ioMs > 0 ? ioCalls : 0,
          };
          const at = (workerClass: 'asgi' | 'uvicorn') =>
            JSON.stringify(predict(facilityOf({ ...system, workers, cores, workerClass }), asked));
          expect(at('uvicorn')).toBe(at('asgi'));
        },
      ),
      { seed: 7, numRuns: 60 },
    );
  });
});
