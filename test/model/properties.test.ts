import fc from 'fast-check';
import { expect, test } from 'vitest';
import { capacity } from '../../src/model/capacity.js';
import type { Facility } from '../../src/model/discipline.js';
import { evenly, predict } from '../../src/model/predict.js';
import { predictMeans } from '../../src/model/predict-means.js';
import type { Prediction, Workload } from '../../src/model/types.js';
import { WORKER_CLASSES } from '../../src/servers/gunicorn/worker-class.js';
import { law, system } from './questions.js';

const SETTINGS = { seed: 7, numRuns: 120 };

const systems = (most: number): fc.Arbitrary<Facility> =>
  fc
    .record({
      workerClass: fc.constantFrom(...WORKER_CLASSES),
      workers: fc.integer({ min: 1, max: most }),
      threads: fc.integer({ min: 1, max: most }),
      cores: fc.oneof(fc.integer({ min: 1, max: most }), fc.double({ min: 0.1, max: 4, noNaN: true })),
      workerConnections: fc.constantFrom(1, 8, 1000, 1_000_000),
      backlog: fc.constantFrom(1, 64, 2048),
      gil: fc.boolean(),
    })
    .map(system);

const demand = (most: number) => fc.double({ min: 0.01, max: most, noNaN: true });
const cvs = fc.constantFrom(0, 0.5, 1, 2);

const workloads: fc.Arbitrary<Workload> = fc
  .record({
    cpuMs: demand(500),
    ioMs: demand(5000),
    cpuCv: cvs,
    ioCv: cvs,
    ioCalls: fc.integer({ min: 0, max: 6 }),
  })
  .map(({ cpuMs, ioMs, cpuCv, ioCv, ioCalls }) => ({
    ratePerSecond: null,
    cpu: law(cpuMs, cpuCv),
    io: law(ioCalls > 0 ? ioMs : 0, ioCv),
    ioCalls,
    overheadMs: 0,
  }));

function numbersOf(p: Prediction): number[] {
  const { meanMs, p50Ms, p90Ms, p95Ms, p99Ms, waitProbability, rejectProbability, utilization } = p;
  return [
    p.capacityPerSecond,
    ...[meanMs, p50Ms, p90Ms, p95Ms, p99Ms, waitProbability, rejectProbability, p.timeoutProbability],
    ...Object.values(utilization ?? {}),
    ...Object.values(p.range?.high ?? {}),
  ].filter((v): v is number => typeof v === 'number');
}

test('every number is finite, probabilities are probabilities, percentiles are in order', () => {
  fc.assert(
    fc.property(systems(40), workloads, fc.double({ min: 0.001, max: 1.2, noNaN: true }), (s, w, load) => {
      const p = predict(s, { ...w, ratePerSecond: load * capacity(s, w) });
      expect(numbersOf(p).every(Number.isFinite)).toBe(true);
      for (const share of [p.waitProbability, p.rejectProbability, p.timeoutProbability])
        if (typeof share === 'number') expect(share >= 0 && share <= 1).toBe(true);
      if (!p.stable) return;
      expect(p.p50Ms! <= p.p90Ms! && p.p90Ms! <= p.p95Ms! && p.p95Ms! <= p.p99Ms!).toBe(true);
    }),
    SETTINGS,
  );
});

test('the mean response is at least the demand and does not fall as the rate grows', () => {
  fc.assert(
    fc.property(systems(24), workloads, (s, w) => {
      const most = capacity(s, w);
      const means = [0.1, 0.3, 0.5, 0.7, 0.85, 0.95].map(
        (load) => predictMeans(s, { ...w, ratePerSecond: load * most }).meanMs!,
      );
      const demandMs = ('mean' in w.cpu ? w.cpu.mean : 0) + ('mean' in w.io ? w.io.mean : 0);
      expect(means[0]!).toBeGreaterThanOrEqual(demandMs * (1 - 1e-6));
      for (let i = 1; i < means.length; i++)
        expect(means[i]!).toBeGreaterThanOrEqual(means[i - 1]! * (1 - 2e-3));
    }),
    SETTINGS,
  );
});

test('capacity is within its bounds, and grows with workers and cores', () => {
  fc.assert(
    fc.property(systems(24), workloads, (s, w) => {
      const even = evenly(s);
      const value = capacity(even, w);
      expect(value).toBeGreaterThan(0);
      expect(capacity(s, w)).toBeLessThanOrEqual(value);
      expect(capacity({ ...even, processes: s.processes + 1 }, w)).toBeGreaterThanOrEqual(value * (1 - 1e-9));
      expect(capacity({ ...even, cores: s.cores + 1 }, w)).toBeGreaterThanOrEqual(value * (1 - 1e-9));
    }),
    SETTINGS,
  );
});

test('the fast path agrees with the full prediction but for the percentiles', () => {
  fc.assert(
    fc.property(systems(16), workloads, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (s, w, load) => {
      const question = { ...w, ratePerSecond: load * capacity(s, w) };
      const { meanMs, capacityPerSecond, stable, waitProbability } = predict(s, question);
      expect(predictMeans(s, question)).toMatchObject({
        meanMs,
        capacityPerSecond,
        stable,
        waitProbability,
        p95Ms: null,
      });
    }),
    { ...SETTINGS, numRuns: 40 },
  );
});

test('the largest valid systems and rates are answered', () => {
  const huge = { workers: 10_000, threads: 10_000, cores: 10_000, workerConnections: 1_000_000 };
  for (const workerClass of WORKER_CLASSES)
    for (const ratePerSecond of [1e-6, 1, 1e6, 1e9]) {
      const p = predict(system({ ...huge, workerClass }), {
        ratePerSecond,
        cpu: law(5),
        io: law(95),
        ioCalls: 1,
        overheadMs: 0,
      });
      expect(numbersOf(p).every(Number.isFinite)).toBe(true);
    }
});
