import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/simulation/index.js';
import type { Physics } from '../../src/simulation/policy.js';
import { meanOf } from './course.js';
import { system, workload } from './systems.js';

const linux = (...processes: number[]): Physics => ({
  scheduler: 'linux',
  assignment: { processes: Int32Array.from(processes) },
});
const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1);

describe('cores with a line each, followed by hand', () => {
  const three = { workerClass: 'sync', workers: 3, cores: 2 } as const;

  it('a thread that wakes takes any idle core, though it ran elsewhere', () => {
    // Processes 0 and 2 both begin at the first core.
    const requests = [
      [0, 10, 0],
      [0, 10, 0],
    ] as const;
    expect(meanOf(three, requests, { physics: linux(0, 2) })).toBeCloseTo(10, 9);
  });

  it('a thread waits for the core where it ran until a look or the next tick finds it', () => {
    // The third waits behind the first; the second core falls idle at 2. It takes the third at once where it looks. Else
    // the first gives way at 3, and the tick at 4 moves it over.
    const requests = [
      [0, 10, 0],
      [0, 2, 0],
      [0, 10, 0],
    ] as const;
    const found = new Set(
      SEEDS.map((seed) => meanOf(three, requests, { seed, physics: linux(0, 1, 2) }).toFixed(6)),
    );
    expect([...found].sort()).toEqual([(8).toFixed(6), (26 / 3).toFixed(6)]);
    const ideal = { ...linux(0, 1, 2), scheduler: 'ideal' } as const;
    for (const seed of SEEDS) expect(meanOf(three, requests, { seed, physics: ideal })).toBeCloseTo(8, 9);
  });

  it('of two busy cores the one with the longer line gives one away, but only every 32 ms', () => {
    // At 32 the fourth moves to the second core: it ends at 72 there, the third at 69; without a move they would at 87, 90.
    const requests = [
      [0, 100, 0],
      [0, 100, 0],
      [0, 30, 0],
      [0, 30, 0],
    ] as const;
    expect(meanOf({ ...three, workers: 5 }, requests, { physics: linux(0, 1, 2, 4) })).toBeCloseTo(
      (139 + 121 + 69 + 72) / 4,
      9,
    );
  });

  it('a lock that is passed on wakes its next holder, which finds another core while the last still runs', () => {
    // Two threads on two cores pass the lock from core to core, and nobody waits for a core.
    const requests = [
      [0, 12, 0],
      [0, 12, 0],
    ] as const;
    expect(
      meanOf({ workerClass: 'gthread', threads: 2, cores: 2 }, requests, { physics: linux(0, 0) }),
    ).toBeCloseTo((22 + 24) / 2, 9);
  });

  it('a quota freezes all lines', () => {
    const requests = [
      [0, 80, 0],
      [0, 80, 0],
    ] as const;
    const physics = { ...linux(0, 1), machineCores: 2 };
    expect(meanOf({ ...three, cores: 1.5 }, requests, { physics })).toBeCloseTo(105, 9);
  });

  it('a burst of months costs no more events than a short one', () => {
    const requests = Array.from({ length: 12 }, () => [0, 1e10, 0] as const);
    const mean = meanOf({ workerClass: 'sync', workers: 6, cores: 2 }, requests, {
      physics: { scheduler: 'linux' },
    });
    expect(mean).toBeGreaterThan(1e10);
    expect(mean).toBeLessThanOrEqual(6e10);
  });
});

describe('cores with a line each, in the long run', () => {
  const pools = system({
    workerClass: 'gthread',
    workers: 2,
    threads: 8,
    workerConnections: 8,
    cores: 2,
  });
  const io = { kind: 'exponential', mean: 30 } as const;
  const work = workload({ ratePerSecond: 300, cpu: { kind: 'exponential', mean: 5 }, io, overheadMs: 0.4 });
  const run = (scheduler: 'ideal' | 'linux', seed = 1) =>
    simulate(pools, work, { requests: 60_000, seed, physics: { scheduler } }).prediction;

  it('threads that pass their lock from core to core wait longer, for the same work', () => {
    const [ideal, lines] = [run('ideal'), run('linux')];
    expect(lines.meanMs!).toBeGreaterThan(1.02 * ideal.meanMs!);
    expect(lines.utilization!.cpu).toBeCloseTo(ideal.utilization!.cpu!, 6);
  });

  it("are what is simulated where the server's own CPU is told, and only there", () => {
    const of = (overheadMs: number, physics: Physics) =>
      simulate(pools, { ...work, overheadMs }, { requests: 5_000, physics }).prediction.meanMs;
    expect(of(0.4, {})).toBe(of(0.4, { scheduler: 'linux' }));
    expect(of(0, {})).toBe(of(0, { scheduler: 'ideal' }));
  });

  it('the same seed gives the same run', () => {
    expect(run('linux', 7)).toEqual(run('linux', 7));
  });

  it('lose nothing where every process has a core', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('gevent', 'asgi', 'tornado', 'gthread' as const),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 2 }),
        fc.nat(1000),
        (workerClass, workers, spare, seed) => {
          const given = system({ workerClass, workers, threads: 4, cores: workers + spare });
          const load = workload({ ratePerSecond: 60 * workers, io, overheadMs: 0 });
          const mean = (scheduler: 'ideal' | 'linux') =>
            simulate(given, load, { requests: 2000, replications: 1, seed, physics: { scheduler } })
              .prediction.meanMs!;
          // A lock passed on may find its next holder's core taken for a moment: only threads of a pool change cores.
          if (workerClass === 'gthread') expect(mean('linux')).toBeGreaterThan(0);
          else expect(mean('linux')).toBeCloseTo(mean('ideal'), 6);
        },
      ),
      { seed: 4, numRuns: 30 },
    );
  });
});
