import { describe, expect, test } from 'vitest';
import type { Values } from '../../../src/input/options.js';
import { isTooBusy, largestAllowed } from '../../../src/plan/search/bounds.js';
import { hopelessness } from '../../../src/plan/search/hopeless.js';
import { searchFor } from '../../../src/plan/search/search.js';
import { addFreeThreads, fewestOfThreads, leastThreads } from '../../../src/plan/search/threads.js';
import { slo } from '../../support/slo.js';
import { candidateOf, planningOf } from '../made-up.js';
import { planned } from '../simple-model.js';

/** One request at a time on average, that hardly computes. */
const ASKED: Values = {
  cores: 8,
  mem: 100_000,
  perWorker: 10,
  cpuTime: 1,
  ioTime: 99,
  rate: 10,
  slo: slo('p95<1s'),
};
const { kind } = candidateOf('gthread', 1);

/** The search of a model in which some numbers of workers and threads meet the objective and the others do not. */
function search(values: Values, meets: (workers: number, threads: number) => boolean) {
  const planning = planningOf({ ...ASKED, ...values }, ({ processes, slots }, { ratePerSecond }) => ({
    p95Ms: ratePerSecond! < 1 || meets(processes, slots) ? 100 : 2000,
  }));
  return searchFor(planning, kind);
}
const sizes = (candidate: { workers: number; threads: number } | null) =>
  candidate && [candidate.workers, candidate.threads];
const least = (...asked: Parameters<typeof search>) => {
  const { best, below } = leastThreads(search(...asked));
  return [sizes(best), sizes(below)];
};

describe('the least memory with threads', () => {
  test('is the fewest processes, and of them the fewest threads', () => {
    expect(least({}, (workers, threads) => workers * threads >= 5)).toEqual([
      [1, 5],
      [1, 4],
    ]);
    expect(least({}, (workers, threads) => workers >= 3 && threads >= 2)[0]).toEqual([3, 2]);
    expect(least({}, () => true)).toEqual([[1, 1], null]);
    expect(least({}, () => false)).toEqual([null, null]);
  });

  test('is fewer processes of which one thread does not do where the step below would have one process less', () => {
    expect(least({}, (workers) => workers >= 3)).toEqual([
      [3, 1],
      [2, 1],
    ]);
  });

  test('is more processes with fewer threads where threads cost, as long as that takes less', () => {
    const enough = (workers: number, threads: number) => threads >= [20, 4, 3, 3][Math.min(workers, 4) - 1]!;
    // 10 + 20 × 5 = 110 MiB, 2 × (10 + 4 × 5) = 60 MiB, 3 × (10 + 3 × 5) = 75 MiB.
    expect(least({ perThread: 5 }, enough)).toEqual([
      [2, 4],
      [2, 3],
    ]);
    expect(least({}, enough)[0]).toEqual([1, 20]);
  });

  test('is found where few more threads than the load needs do, and all that fit do not', () => {
    expect(least({}, (_, threads) => threads >= 3 && threads <= 4)[0]).toEqual([1, 3]);
  });

  test('is found where more processes are not better, if threads cost memory or connections', () => {
    const four = (workers: number, threads: number) => workers === 4 && threads >= 2;
    expect(least({ perThread: 1 }, four)[0]).toEqual([4, 2]);
    expect(least({ dbMaxConnections: 900 }, four)[0]).toEqual([4, 2]);
    expect(least({}, four)[0]).toBeNull();
  });
});

describe('threads that cost nothing', () => {
  /** The p95 falls by 10 ms a thread, to 100 ms with twelve. */
  const falling = (values: Values = {}) =>
    searchFor(
      planningOf({ ...ASKED, ...values }, ({ slots }) => ({ p95Ms: Math.max(100, 220 - 10 * slots) })),
      kind,
    );
  const added = (values: Values, threads = 3) =>
    addFreeThreads(falling(values), candidateOf('gthread', 1, threads));

  test('are added as long as they shorten the p95, and no more', () => {
    expect(added({}).threads).toBe(12);
    expect(added({}, 13).threads).toBe(13);
  });

  test('are not where they cost memory or connections', () => {
    expect(added({ perThread: 1 }).threads).toBe(3);
    expect(added({ dbMaxConnections: 900 }).threads).toBe(3);
  });

  test('are not where more of them miss the objective', () => {
    expect(added({ slo: slo('p95<191ms') }, 3).threads).toBe(12);
    const worse = planningOf(ASKED, ({ slots }) => ({ p95Ms: slots > 5 ? 5000 : 500 - slots }));
    expect(addFreeThreads(searchFor(worse, kind), candidateOf('gthread', 1, 3)).threads).toBe(3);
  });

  test('are no more than are useful, however short they make it', () => {
    const always = planningOf(ASKED, ({ slots }) => ({ p95Ms: 1000 / slots }));
    const { threads } = addFreeThreads(searchFor(always, kind), candidateOf('gthread', 1, 3));
    // 3 × 1 + 12 × √1 + 16, and nobody piles up at cores that are idle: within a hundredth of that.
    expect(threads).toBe(32);
  });

  test('are part of a recommendation, and not of the least memory', () => {
    const values = { cores: 4, mem: 8192, perWorker: 120, ioRatio: 0.9, rate: 150, slo: slo('p95<900ms') };
    const { recommendation, leanest } = planned({ ...values, workerClass: 'gthread' });
    expect(recommendation!.threads).toBeGreaterThan(leanest!.threads);
    expect(recommendation!.prediction.p95Ms!).toBeLessThan(leanest!.prediction.p95Ms!);
  });
});

test('the fewest workers of so many threads are those that meet it, at least what the load needs', () => {
  const workers = (threads: number, values: Values, enough: number) =>
    fewestOfThreads(search(values, (n) => n >= enough).planning, kind, threads)?.workers ?? null;
  expect(workers(4, {}, 1)).toBe(1);
  expect(workers(4, {}, 3)).toBe(3);
  // 200/s of 100 ms are 20 requests at once.
  expect(workers(4, { rate: 200 }, 1)).toBe(5);
  expect(workers(4, { mem: 29 }, 3)).toBeNull();
});

describe('what no number of workers can do is seen at once', () => {
  const because = (values: Values) =>
    hopelessness(planningOf({ ...ASKED, ...values }, { p95Ms: 100 }))?.because;
  test('computing on more than the cores, or their share', () => {
    expect(because({ rate: 7999 })).toBeUndefined();
    expect(because({ rate: 8001 })).toBe('cores');
    expect(because({ rate: 4000, maxUtilization: 0.5 })).toBeUndefined();
    expect(because({ rate: 4001, maxUtilization: 0.5 })).toBe('cores');
  });

  test('a request that alone takes longer by more than the error of the model', () => {
    expect(because({ slo: slo('p95<97ms') })).toBe('request');
    expect(because({ slo: slo('p95<99ms') })).toBeUndefined();
  });

  test('more requests at once than any server holds', () => {
    expect(because({ rate: 7999, ioTime: 2500 })).toBe('size');
  });

  test('and the configuration for an objective that is assumed instead is shown', () => {
    const values = { cores: 4, mem: 8192, perWorker: 120, ioRatio: 0.9, rate: 200 };
    const { workers, threads } = planned(values).recommendation!;
    expect(planned({ ...values, slo: slo('mean<90ms') }).recommendation).toMatchObject({ workers, threads });
  });
});

test('a ceiling is exceeded by cores or by slots, up to the last digit', () => {
  const busy = (values: Values, workers: number, threads: number) =>
    isTooBusy(planningOf({ ...ASKED, ...values }), candidateOf('gthread', workers, threads));
  // The load of 1 is half of two slots, and 4,000/s half of eight cores.
  expect([busy({ maxUtilization: 0.5 }, 1, 2), busy({ maxUtilization: 0.49 }, 1, 2)]).toEqual([false, true]);
  const computing = { rate: 4000, ioTime: 0 };
  expect(busy({ ...computing, maxUtilization: 0.5 }, 9, 9)).toBe(false);
  expect(busy({ ...computing, maxUtilization: 0.499 }, 9, 9)).toBe(true);
  expect(busy({ rate: 4000 }, 1, 1)).toBe(false);
});

test('the largest configuration has as many workers and threads as fit, and are useful', () => {
  const largest = (values: Values) => sizes(largestAllowed(planningOf({ ...ASKED, ...values }), kind));
  expect(largest({})).toEqual([32, 1]);
  expect(largest({ mem: 35 })).toEqual([3, 11]);
  expect(largest({ mem: 35, perThread: 1 })).toEqual([3, 1]);
  expect(largest({ mem: 9 })).toBeNull();
});
