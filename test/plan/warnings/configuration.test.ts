import { describe, expect, test } from 'vitest';
import type { Values } from '../../../src/input/options.js';
import type { Candidate } from '../../../src/plan/search/candidate.js';
import type { Choice } from '../../../src/plan/search/choose.js';
import { warningsOf } from '../../../src/plan/warnings/warnings.js';
import { type Answer, candidateOf, planningOf } from '../made-up.js';

const MACHINE: Values = { cores: 4, mem: 1000, perWorker: 100 };

/** What is warned about in a configuration that was given, by code. */
function warned(values: Values, candidate: Candidate, answer?: Answer): Readonly<Record<string, string>> {
  const planning = planningOf({ ...MACHINE, ...values }, answer);
  const warnings = warningsOf(planning, null, planning.evaluate(candidate));
  return Object.fromEntries(warnings.map(({ code, message }) => [code, message]));
}

/** The same in one that is recommended. */
function warnedAsRecommended(values: Values, candidate: Candidate): Readonly<Record<string, string>> {
  const planning = planningOf({ ...MACHINE, ...values });
  const choice = { kind: candidate.kind, best: planning.evaluate(candidate) } as Choice;
  return Object.fromEntries(warningsOf(planning, choice, null).map(({ code, message }) => [code, message]));
}

describe('memory', () => {
  test('that is not enough by a MiB is said with both numbers', () => {
    expect(warned({ mem: 999 }, candidateOf('sync', 10))['memory-over']).toBe(
      'the given sync configuration needs 1000 MiB and there are 999 MiB',
    );
    expect(warned({ mem: 1001 }, candidateOf('sync', 10))).toEqual({});
  });

  const grows = { memoryGrowth: { per: 'request', memoryMiB: 0.02 } } as const;

  test('that grows with time grows by an unknown number of requests where no rate is given', () => {
    const hourly = { memoryGrowth: { per: 'hour', memoryMiB: 5 } } as const;
    expect(warned(hourly, candidateOf('sync', 2))['memory-grows']).toMatch(
      /^memory grows with time, .*give --rate/,
    );
    expect(warned({ ...hourly, rate: 1, cpuTime: 1, ioTime: 1 }, candidateOf('sync', 2))).toEqual({});
  });

  test('that grows is said with what is free where the server restarts no worker by itself', () => {
    const message = (workers: number) => warned(grows, candidateOf('waitress', workers, 4))['memory-grows'];
    expect(message(1)).toBe(
      'memory grows, 900 MiB are free, which 1 worker takes in 45000 requests each, and wcalc knows no setting with which waitress restarts a worker after so many: restart it before',
    );
    expect(warned(grows, candidateOf('uvicorn-itself', 2))).not.toHaveProperty('memory-grows');
  });

  test('that grows must leave ten requests to a worker, and ten minutes', () => {
    const fast = { memoryGrowth: { per: 'request', memoryMiB: 40 } } as const;
    expect(warned({ ...fast, mem: 1001 }, candidateOf('sync', 2))['memory-grows']).toBeUndefined();
    expect(warned(fast, candidateOf('sync', 3))['memory-grows']).toBe(
      'memory grows beyond what there is: 700 MiB are free, which 3 workers take in 5 requests each; give the given sync configuration more memory',
    );
    // 800 MiB in two workers are 4,000 requests of 0.1 MiB each: 3,600 and the jitter; at 12/s they last 600 s.
    const slow = { memoryGrowth: { per: 'request', memoryMiB: 0.1 }, cpuTime: 1, ioTime: 1 } as const;
    expect(warned({ ...slow, rate: 12 }, candidateOf('sync', 2))).toEqual({});
    expect(warned({ ...slow, rate: 12.5 }, candidateOf('sync', 2))['memory-grows']).toBe(
      'memory grows: 800 MiB are free, which 2 workers take in 4000 requests each, so that a worker restarts every 576 s or so; give more memory, or mend what grows',
    );
    expect(warned(slow, candidateOf('sync', 2))).toEqual({});
  });
});

describe('database connections', () => {
  test('may be all taken, and no more', () => {
    const asked = { dbMaxConnections: 24, replicas: 2 };
    expect(warned(asked, candidateOf('gthread', 3, 4))).not.toHaveProperty('connections-over');
    expect(warned({ ...asked, dbMaxConnections: 23 }, candidateOf('gthread', 3, 4))['connections-over']).toBe(
      'the given gthread configuration may hold 24 database connections and 23 are allowed',
    );
    expect(warned({ ...asked, dbPool: 5 }, candidateOf('gthread', 3, 4))).toHaveProperty('connections-over');
  });

  test('that one request in twenty waits for are no news', () => {
    const wait = (probability: number, p95Share?: number) =>
      warned({}, candidateOf('sync', 2), {
        connectionWait: { probability, meanMs: 12, ...(p95Share !== undefined && { p95Share }) },
      })['connections-scarce'];
    expect(wait(0.05)).toBeUndefined();
    expect(wait(0.06)).toBe(
      '6% of the requests of the given sync configuration wait for a database connection, 12 ms on average over all',
    );
    expect(wait(0.06, 0.25)).toMatch(/ over all, which makes 25% of the p95$/);
  });
});

test('a rate above the capacity is said as a replica sees it', () => {
  const overloaded = { stable: false, capacityPerSecond: 8 } as const;
  expect(warned({ rate: 30, replicas: 3 }, candidateOf('sync', 2), overloaded).unstable).toBe(
    'the given sync configuration can serve 8 req/s and 10 req/s for each replica arrive: waiting grows without end',
  );
  expect(warned({ rate: 30 }, candidateOf('sync', 2))).not.toHaveProperty('unstable');
});

describe('processes that accept more than they work on', () => {
  const two = candidateOf('gthread', 2, 4);
  /** One queue, where a process takes no more connections than it has threads, is quicker or is not. */
  const times =
    (shared: number | null, split: number | null, stable = true): Answer =>
    ({ connections, slots }) =>
      connections === slots ? { p95Ms: shared } : { p95Ms: split, stable };

  test('are told what one queue would give, where it gives more', () => {
    const gain = (answer: Answer) =>
      /one shared queue(.*), at the price of keep-alive$/.exec(
        warned({ rate: 50 }, two, answer)['split-queues']!,
      )![1];
    expect(gain(times(80, 200))).toBe(' (p95 80 ms instead of 200 ms)');
    expect(gain(times(80, 80))).toBe('');
    expect(gain(times(null, 80))).toBe('');
    expect(gain(times(80, null))).toBe('');
    expect(gain(times(80, null, false))).toBe(
      ' (p95 80 ms instead of a favoured process that is overloaded)',
    );
  });

  test('are at least two, of more connections than threads', () => {
    expect(warned({}, two)['split-queues']).toMatch(/ up to 1000 connections each.*worker_connections = 4 /);
    expect(warned({}, { ...two, workerConnections: 5 })).toHaveProperty('split-queues');
    expect(warned({}, { ...two, workerConnections: 4 })).not.toHaveProperty('split-queues');
    expect(warned({}, { ...two, workers: 1 })).not.toHaveProperty('split-queues');
    expect(warned({}, candidateOf('sync', 2))).not.toHaveProperty('split-queues');
  });

  test('with one queue close every connection, of which a recommendation tells and a given configuration knows', () => {
    const one = { ...two, workerConnections: 4 };
    expect(warnedAsRecommended({}, one)['keepalive-off']).toMatch(
      /^worker_connections = 4 \(= threads\) gives/,
    );
    expect(warnedAsRecommended({}, two)).not.toHaveProperty('keepalive-off');
    expect(warned({}, one)).not.toHaveProperty('keepalive-off');
  });
});

describe('interpreter locks', () => {
  // Busy for 7 of 10 ms in each of two processes at 140/s.
  const busy: Values = { cores: 3, cpuTime: 10, ioTime: 1, rate: 140 };
  const threads = candidateOf('gthread', 2, 8);

  test('that are busy leave a core idle', () => {
    expect(warned(busy, threads)['gil-bound']).toBe(
      'the given gthread processes run Python on one core each: 2 processes cannot use 3 cores, whatever the threads',
    );
    expect(warned(busy, { ...threads, workers: 1 })['gil-bound']).toContain(': 1 process cannot use 3 cores');
  });

  test.each<[string, Values, Candidate, boolean]>([
    ['less busy', { ...busy, rate: 139 }, threads, false],
    ['less than a core', { ...busy, cores: 2.9 }, threads, false],
    ['without the lock', { ...busy, gil: false }, threads, false],
    ['of event loops', busy, candidateOf('gevent', 2), true],
    ['of one thread', busy, candidateOf('gthread', 2, 1), false],
    ['of one request at a time', busy, candidateOf('sync', 2), false],
    ['without a rate', { cores: 3, cpuTime: 10, ioTime: 1 }, threads, true],
    ['without computing', { cores: 3, cpuTime: 0, ioTime: 10, overhead: 0 }, threads, false],
  ])('%s', (_, values, candidate, fires) => {
    expect('gil-bound' in warned(values, candidate)).toBe(fires);
  });
});

describe('workers that compute', () => {
  const computing = (cores: number, workers: number, values: Values = { ioRatio: 0 }) =>
    warned({ cores, ...values }, candidateOf('sync', workers))['oversubscribed-cores'];

  test('on more than twice the cores take turns', () => {
    expect(computing(2, 4)).toBeUndefined();
    expect(computing(2, 5)).toMatch(
      /^the given sync workers, all busy, compute on 5 cores and there are 2: /,
    );
    expect(computing(2, 9, { ioRatio: 0.5 })).toContain('compute on 4.5 cores');
    expect(computing(2, 8, { ioRatio: 0.5 })).toBeUndefined();
  });

  test('are not counted where nothing is known of their waits, nor the one that every core may have beside its own', () => {
    expect(computing(2, 5, {})).toBeUndefined();
    expect(computing(0.4, 1)).toBeUndefined();
    expect(computing(0.4, 2)).toBeDefined();
  });
});

describe('the timeout', () => {
  const ends = (answer: Answer, values: Values = {}, candidate = candidateOf('sync', 2)) =>
    warned(values, candidate, answer)['timeout-too-short'];

  test('ends requests that work longer, of classes whose timeout ends requests', () => {
    expect(ends({ p99Ms: 30_001 })).toBe(
      'the given sync workers are killed with any request that works longer than the timeout of 30 s: raise --timeout',
    );
    expect(ends({ p99Ms: 30_000 })).toBeUndefined();
    expect(ends({ p99Ms: 30_001 }, {}, candidateOf('gevent', 2))).toBeUndefined();
    expect(ends({ p99Ms: 1e6 }, { timeout: 0 })).toBeUndefined();
    expect(ends({ p99Ms: null })).toBeUndefined();
  });

  test('ends a share of the requests that is worth a word from one in ten thousand', () => {
    expect(ends({ timeoutProbability: 1e-4 }, { timeout: 500 })).toContain(
      'of 500 ms (0.01% of requests): raise',
    );
    expect(ends({ timeoutProbability: 0.99e-4 }, { timeout: 500 })).toBeUndefined();
    expect(ends({ timeoutProbability: 0, p99Ms: 501 }, { timeout: 500 })).toContain('of 500 ms: raise');
    expect(ends({ timeoutProbability: null }, { timeout: 500 })).toBeUndefined();
  });
});

test('slow clients hold what serves them, unless a proxy stands in front', () => {
  const codes = (candidate: Candidate, proxy?: false) =>
    Object.keys(warned({ ...(proxy === false && { proxy }) }, candidate)).filter((code) =>
      /client|proxy/.test(code),
    );
  expect(codes(candidateOf('sync', 2), false)).toEqual(['sync-without-proxy']);
  expect(codes(candidateOf('gthread', 1, 4), false)).toEqual(['slow-clients']);
  expect(codes(candidateOf('gevent', 2), false)).toEqual([]);
  expect(codes(candidateOf('sync', 2))).toEqual([]);
});

test('a single worker is recommended with what a second one takes, of a server that can have one', () => {
  const single = (values: Values, candidate = candidateOf('gthread', 1, 4)) =>
    warnedAsRecommended(values, candidate)['single-worker'];
  expect(single({})).toMatch(/; --workers 2 shows what a second one costs$/);
  expect(single({ lean: true })).toMatch(/; leave out --lean$/);
  expect(single({}, candidateOf('waitress', 1, 4))).toBe(
    'Waitress has one process, which leaves nobody to serve while it restarts: --replicas 2 plans for two copies',
  );
  expect(single({ replicas: 2 })).toBeUndefined();
  expect(single({}, candidateOf('gthread', 2, 4))).toBeUndefined();
  expect(warned({}, candidateOf('gthread', 1, 4))).not.toHaveProperty('single-worker');
});

test('a class that speaks no WebSockets is told so where they are asked for, an ASGI class what it must be told', () => {
  expect(warned({ websockets: true }, candidateOf('sync', 2))['no-websockets']).toMatch(
    /^the given sync .*WebSocket/,
  );
  expect(warned({ websockets: true }, candidateOf('gevent', 2))).not.toHaveProperty('no-websockets');
  expect(warned({}, candidateOf('sync', 2))).not.toHaveProperty('no-websockets');
  expect(warned({}, candidateOf('uvicorn', 2))['asgi-unlimited']).toMatch(/^the given uvicorn /);
});

test('what holds of the recommended and of the given configuration is said once, of the recommended one', () => {
  const planning = planningOf({ ...MACHINE, mem: 100 });
  const evaluated = planning.evaluate(candidateOf('sync', 2));
  const choice = { kind: evaluated.candidate.kind, best: evaluated } as Choice;
  const over = warningsOf(planning, choice, planning.evaluate(candidateOf('gthread', 3, 4))).filter(
    ({ code }) => code === 'memory-over',
  );
  expect(over).toEqual([
    {
      code: 'memory-over',
      message: 'the recommended sync configuration needs 200 MiB and there are 100 MiB',
    },
  ]);
});
