import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/math/random/random.js';
import { fillExponential } from '../../../src/math/random/ziggurat.js';
import { capacity } from '../../../src/model/capacity.js';
import type { Facility } from '../../../src/model/discipline.js';
import { evenly, predict } from '../../../src/model/predict.js';
import { Replay } from '../../../src/simulation/engine/replay.js';
import { system, workload } from '../questions.js';

/** Requests per second that the simulated server gets through while there always are more. */
function throughputOf(given: Facility, cpuMs: number, ioMs: number): number {
  const count = 8000;
  const draws = (mean: number, stream: number): Float64Array => {
    const out = new Float64Array(count);
    fillExponential(new Random(1, 0, stream), out, mean);
    return out;
  };
  const [cpu, io] = [draws(cpuMs, 2), draws(ioMs, 3)];
  const replay = new Replay(
    { ...given, backlog: count },
    { ioCalls: 1, overheadMs: 0, seed: 1, cpuOrder: 'even', physics: { holdMs: 0 } },
  );
  replay.add(Array.from(cpu, (cpuMsOf, n) => ({ atMs: 0, cpuMs: cpuMsOf, ioMs: io[n]! })));
  replay.work();
  replay.end();
  replay.work();
  // All come at once and leave at a steady rate: the mean is half of the time that it takes.
  return (1000 * count) / (2 * replay.prediction(null, 1).meanMs!);
}

describe('the capacity of a quota', () => {
  test('is that of the slots where they never use the quota up', () => {
    const one = system({ cores: 0.5, workers: 1 });
    expect(capacity(one, workload(10, 90)) / 10).toBeGreaterThan(0.98);
    expect(capacity(system({ cores: 0.5, workers: 2 }), workload(2, 98)) / 20).toBeCloseTo(1, 2);
  });

  test('is that of the cores where the processes always have something to compute', () => {
    expect(capacity(system({ cores: 0.5, workers: 8 }), workload(10, 10))).toBeCloseTo(50, 0);
    expect(capacity(system({ cores: 2.5, workers: 4 }), workload(10, 0))).toBeCloseTo(250, 6);
  });

  test.each([
    [0.25, { workers: 1 }, 10, 40],
    [0.25, { workers: 2 }, 10, 90],
    [0.5, { workers: 1 }, 10, 10],
    [0.5, { workers: 2 }, 10, 40],
    [0.75, { workers: 4 }, 10, 40],
    [0.5, { workerClass: 'gthread', threads: 4, workerConnections: 4 }, 10, 90],
    [1.5, { workerClass: 'gthread', workers: 2, threads: 4, workerConnections: 4 }, 10, 40],
    [1.5, { workers: 4 }, 10, 10],
  ] as const)('%d cores, %o, %d and %d ms: within 7 %% of the simulated one', (cores, given, cpuMs, ioMs) => {
    const server = system({ cores, ...given });
    const found = capacity(server, workload(cpuMs, ioMs));
    const simulated = throughputOf(server, cpuMs, ioMs);
    expect(Math.abs(found / simulated - 1)).toBeLessThan(0.07);
  });

  const systems = fc.record({
    cores: fc.double({ min: 0.05, max: 6, noNaN: true }),
    workers: fc.integer({ min: 1, max: 8 }),
    threads: fc.integer({ min: 1, max: 8 }),
    workerClass: fc.constantFrom('sync', 'gthread', 'gevent', 'tornado' as const),
  });
  const times = fc.tuple(
    fc.double({ min: 0.5, max: 60, noNaN: true }),
    fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 200, noNaN: true })),
  );

  test('rises with the cores, and is never above what cores, processes and slots allow', () => {
    fc.assert(
      fc.property(
        systems,
        times,
        fc.double({ min: 1.01, max: 2, noNaN: true }),
        (given, [cpuMs, ioMs], more) => {
          const server = evenly(
            system({ ...given, threads: given.workerClass === 'gthread' ? given.threads : 1 }),
          );
          const work = workload(cpuMs, ioMs);
          const found = capacity(server, work);
          expect(found).toBeGreaterThan(0);
          expect(found).toBeLessThanOrEqual(((1000 * given.cores) / cpuMs) * (1 + 1e-9));
          expect(capacity({ ...server, cores: given.cores * more }, work)).toBeGreaterThanOrEqual(
            found * (1 - 1e-6),
          );
        },
      ),
      { seed: 12, numRuns: 200 },
    );
  });

  test('throttles nobody where next to nothing comes: no probability is below 0', () => {
    const server = system({
      cores: 0.1,
      workerClass: 'gthread',
      threads: 2,
      workerConnections: 1,
      backlog: 10,
    });
    const cpu = { kind: 'hyperexponential', mean: 2, cv: 30 } as const;
    const io = { kind: 'erlang', mean: 1e9, stages: 4 } as const;
    const rare = workload(2, 1e9, { cpu, io, ioCalls: 50, overheadMs: 0.5, ratePerSecond: 1e-15 });
    expect(predict(server, rare).rejectProbability).toBeGreaterThanOrEqual(0);
  });

  test('is where predictions end', () => {
    fc.assert(
      fc.property(systems, times, (given, [cpuMs, ioMs]) => {
        const server = system({ ...given, threads: given.workerClass === 'gthread' ? given.threads : 1 });
        const most = capacity(server, workload(cpuMs, ioMs));
        const at = (share: number) => predict(server, workload(cpuMs, ioMs, { ratePerSecond: share * most }));
        const below = at(0.995);
        expect(below.stable).toBe(true);
        expect(below.meanMs!).toBeGreaterThan(cpuMs + ioMs - 1e-6);
        expect(at(0.8).meanMs!).toBeLessThanOrEqual(below.meanMs! * (1 + 1e-6));
        expect(at(1.005).stable).toBe(false);
      }),
      { seed: 13, numRuns: 100 },
    );
  });
});
