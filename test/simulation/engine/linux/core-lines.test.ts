import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../../../src/math/random/random.js';
import { CoreLines } from '../../../../src/simulation/engine/linux/core-lines.js';
import { Threads } from '../../../../src/simulation/engine/linux/threads.js';
import { type Physics, policyOf } from '../../../../src/simulation/engine/policy.js';
import { RequestPool, STAGE } from '../../../../src/simulation/engine/request-pool.js';
import { simulate } from '../../../../src/simulation/index.js';
import { system, workload } from '../../systems.js';
import { meanOf } from '../steps.js';

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
    // Without a move three share a core: the short ones end at about 87 and 90, the long ones at 100 and 160.
    const requests = [
      [0, 100, 0],
      [0, 100, 0],
      [0, 30, 0],
      [0, 30, 0],
    ] as const;
    const mean = meanOf({ ...three, workers: 5 }, requests, { physics: linux(0, 1, 2, 4) });
    expect(mean).toBeLessThan((87 + 90 + 100 + 160) / 4 - 5);
    expect(mean).toBeGreaterThan((60 + 60 + 130 + 130) / 4);
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

describe('which core a request gets', () => {
  const stages = (workerClass: 'gthread' | 'asgi', cores: number, seed = 1) => {
    const policy = policyOf(
      system({ workerClass, workers: 8, threads: 4, cores }),
      { overheadMs: 1, burstMs: 0, load: 0.5, cpuOrder: 'even' },
      { scheduler: 'linux' },
    );
    const pool = new RequestPool();
    const threads = new Threads(8, policy.cores);
    const lines = new CoreLines(pool, new Float64Array(1), policy, threads, new Random(seed, 0, 4));
    /** A request of a process's main thread, or of a new thread that begins on a core. */
    const request = (process: number, core?: number): number => {
      const made = pool.take();
      pool.process[made] = process;
      pool.stage[made] = STAGE.computing;
      pool.thread[made] = core === undefined ? process : threads.add(core);
      pool.left[made] = 5;
      pool.limit[made] = Number.POSITIVE_INFINITY;
      return made;
    };
    return { lines, request, pool };
  };

  it('its own, else the next idle one, round to the first', () => {
    const { lines, request } = stages('asgi', 3);
    const [a, b, c] = [request(2), request(2), request(5)];
    for (const each of [a, b, c]) lines.wake(each);
    expect([...lines.running]).toEqual([b, c, a]);
    expect(lines.hasIdle).toBe(false);
  });

  it('its own line where none is idle, in order', () => {
    const { lines, request } = stages('asgi', 2);
    const [a, b, c, d, e] = [request(0), request(1), request(2), request(3), request(4)];
    for (const each of [a, b, c, d, e]) lines.wake(each);
    expect([...lines.running]).toEqual([a, b]);
    lines.release(0);
    expect([...lines.running]).toEqual([c, b]);
    lines.release(1);
    expect([...lines.running]).toEqual([c, d]);
    lines.release(0);
    expect([...lines.running]).toEqual([e, d]);
  });

  it('the one where its process ran last, where that is one thread', () => {
    const { lines, request } = stages('asgi', 2);
    const [a, b] = [request(0), request(2)];
    lines.wake(a);
    lines.wake(b);
    expect([...lines.running]).toEqual([a, b]);
    lines.release(0);
    lines.release(1);
    const again = request(2);
    lines.wake(again);
    expect(lines.running[1]).toBe(again);
  });

  it('the one of its thread in a pool, beside the main thread', () => {
    const { lines, request, pool } = stages('gthread', 3);
    const main = request(0);
    lines.wake(main);
    expect(lines.running[0]).toBe(main);
    const thread = request(0, 2);
    lines.wake(thread);
    expect(lines.running[2]).toBe(thread);
    lines.release(0);
    lines.release(2);
    const next = request(0);
    lines.wake(next);
    expect(lines.running[0]).toBe(next);
    expect(pool.core[next]).toBe(0);
  });

  it("the lock's next holder before the last has left: another core, or its own line", () => {
    const found = SEEDS.map((seed) => {
      const { lines, request } = stages('gthread', 2, seed);
      const [a, b] = [request(0, 0), request(0, 0)];
      lines.wake(a);
      lines.handOver(0, b);
      expect([...lines.running]).toEqual([-1, b]);
      const [c, d] = [request(1, 1), request(0, 0)];
      lines.wake(c);
      lines.handOver(1, d);
      expect(lines.running[0]).toBe(c);
      // The core that was left may look at once, and find the holder that waits for the other.
      if (lines.running[1] === d) return 'looked';
      lines.release(0);
      expect([...lines.running]).toEqual([d, -1]);
      return 'waited';
    });
    expect(new Set(found).size).toBe(2);
  });
});
