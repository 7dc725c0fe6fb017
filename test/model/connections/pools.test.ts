import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mmc } from '../../../src/math/queues/index.js';
import type { Database } from '../../../src/model/connections/database.js';
import type { Facility } from '../../../src/model/discipline.js';
import { predict } from '../../../src/model/predict.js';
import type { Workload } from '../../../src/model/types.js';
import { poolDiscipline, slotsDiscipline } from '../../../src/servers/shapes/threaded.js';
import { simulate } from '../../../src/simulation/index.js';
import { law, system, workload } from '../questions.js';

const GIL = { gil: true };
const threads = (workers: number, each: number, cores: number): Facility => ({
  ...slotsDiscipline({ workers, threads: each }, GIL, { backlog: 2048 }),
  cores,
});
const pools = (workers: number, each: number, cores: number): Facility => ({
  ...poolDiscipline({ workers, threads: each }, GIL, {
    backlog: 2048,
    connections: Number.POSITIVE_INFINITY,
  }),
  cores,
});

const withPool = (given: Workload, connections: number, share = 1): Workload => ({
  ...given,
  database: { connections, share },
});

describe('a pool of database connections', () => {
  it('changes nothing where there is one for every request in service, bit for bit', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(threads, pools),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 24 }),
        fc.constantFrom(0.5, 1, 2, 4),
        fc.integer({ min: 0, max: 5 }),
        fc.constantFrom(0.1, 1),
        (of, workers, each, cores, more, share) => {
          const facility = of(workers, each, cores);
          const asked = workload(4, 36, { ratePerSecond: 30 * cores });
          const pooled = withPool(asked, each + more, share);
          expect(predict(facility, pooled)).toEqual(predict(facility, asked));
          const options = { requests: 200, replications: 2, warmup: 0 };
          expect(simulate(facility, pooled, options)).toEqual(simulate(facility, asked, options));
        },
      ),
      { seed: 1, numRuns: 40 },
    );
  });

  it('is M/M/c where requests hardly compute and hold a connection all the time', () => {
    const { ratePerSecond, connections, ioMs } = { ratePerSecond: 100, connections: 5, ioMs: 40 };
    const exact = mmc({ arrivalRate: ratePerSecond / 1000, serviceTime: ioMs, servers: connections });
    for (const facility of [threads(1, 400, 1), pools(1, 400, 1), system({ workerClass: 'uvicorn' })]) {
      const asked = withPool(workload(0.001, ioMs, { ratePerSecond }), connections);
      const found = predict(facility, asked);
      expect(found.capacityPerSecond).toBeCloseTo(125, 6);
      expect(found.meanMs!).toBeCloseTo(exact.sojourn!.mean!, 1);
      expect(found.connectionWait!.probability).toBeCloseTo(exact.waitProbability!, 3);
      expect(found.connectionWait!.meanMs).toBeCloseTo(exact.wait!.mean!, 1);
      expect(exact.sojourn!.distribution(found.p95Ms!)).toBeCloseTo(0.95, 2);
    }
  });

  it('only moves the wait: few threads before it or many, the mean is the same', () => {
    const asked = withPool(workload(0.001, 40, { ratePerSecond: 100 }), 5);
    const [many, few] = [threads(1, 60, 1), threads(1, 7, 1)].map((facility) => predict(facility, asked));
    expect(few!.meanMs!).toBeCloseTo(many!.meanMs!, 1);
    expect(few!.connectionWait!.meanMs).toBeLessThan(many!.connectionWait!.meanMs / 2);
    expect(few!.waitProbability!).toBeGreaterThan(0.3);
  });

  it('bounds the capacity, and is stable below that', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(threads, pools),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 2, max: 30 }),
        fc.integer({ min: 1, max: 10 }),
        fc.constantFrom(0.2, 0.6, 1),
        fc.constantFrom(0, 1, 2),
        fc.constantFrom(1, 3),
        fc.constantFrom(0.5, 0.8, 0.95),
        (of, workers, each, connections, share, cv, ioCalls, load) => {
          const facility = of(workers, each, workers);
          const asked = withPool(workload(2, 40, { io: law(40, cv), ioCalls }), connections, share);
          const { capacityPerSecond } = predict(facility, asked);
          expect(capacityPerSecond).toBeLessThanOrEqual(
            ((workers * connections) / (40 * share)) * 1000 + 1e-6,
          );
          const found = predict(facility, { ...asked, ratePerSecond: load * capacityPerSecond });
          expect(found.stable).toBe(true);
          const times = [found.p50Ms!, found.p90Ms!, found.p95Ms!, found.p99Ms!];
          expect(times).toEqual([...times].sort((a, b) => a - b));
          expect(found.meanMs!).toBeGreaterThan(42 - 1e-9);
          for (const value of Object.values(found.connectionWait ?? {}))
            expect(value).toBeGreaterThanOrEqual(0);
        },
      ),
      { seed: 2, numRuns: 60 },
    );
  });

  it.each([
    ['threads of one process', pools(1, 40, 1), workload(2, 40), { connections: 5, share: 1 }, 0.7],
    ['processes with a queue each', pools(4, 10, 4), workload(2, 40), { connections: 4, share: 0.6 }, 0.8],
    ['one queue before all', threads(4, 10, 4), workload(2, 40), { connections: 4, share: 0.6 }, 0.8],
    ['few cores', threads(4, 10, 2), workload(4, 40), { connections: 5, share: 1 }, 0.7],
    [
      'loops',
      system({ workerClass: 'uvicorn', workers: 4, cores: 4 }),
      workload(2, 40),
      { connections: 5, share: 0.8 },
      0.8,
    ],
    [
      'times that are alike, with three waits',
      pools(2, 16, 2),
      workload(1, 40, { io: law(40, 0), ioCalls: 3 }),
      { connections: 4, share: 0.8 },
      0.7,
    ],
  ] as [string, Facility, Workload, Database, number][])(
    'is predicted as it is simulated: %s',
    (_name, facility, asked, database, load) => {
      const pooled = { ...asked, database };
      const ratePerSecond = load * predict(facility, pooled).capacityPerSecond;
      const question = { ...pooled, ratePerSecond };
      const [found, { prediction }] = [
        predict(facility, question),
        simulate(facility, question, { requests: 100_000, replications: 4, seed: 3 }),
      ];
      expect(found.meanMs! / prediction.meanMs!).toBeGreaterThan(0.94);
      expect(found.meanMs! / prediction.meanMs!).toBeLessThan(1.06);
      expect(found.p95Ms! / prediction.p95Ms!).toBeGreaterThan(0.9);
      expect(found.p95Ms! / prediction.p95Ms!).toBeLessThan(1.1);
      const { connectionWait } = prediction;
      expect(Math.abs(found.connectionWait!.meanMs - connectionWait!.meanMs)).toBeLessThan(
        0.06 * prediction.meanMs!,
      );
      expect(Math.abs(found.connectionWait!.probability - connectionWait!.probability)).toBeLessThan(0.1);
    },
  );
});
