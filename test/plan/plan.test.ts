import { evaluate } from 'mathjs';
import { describe, expect, test } from 'vitest';
import type { Values } from '../../src/input/options.js';
import type { PlanResult } from '../../src/plan/types.js';
import { slo } from '../support/slo.js';
import { basic, planned } from './simple-model.js';

const codes = (result: PlanResult): string[] => result.warnings.map((w) => w.code);
const classNamed = (result: PlanResult, name: string) => result.classes.find((c) => c.workerClass === name);

describe('without a rate', () => {
  test('memory holds 4 of the 9 workers that the CPU rule wants, and they fill it', () => {
    const result = planned(basic);
    expect(result.recommendation).toMatchObject({
      workerClass: 'sync',
      workers: 4,
      threads: 1,
      workerConnections: null,
      boundBy: 'memory',
      memoryMiB: 1024,
      fitsMemory: true,
      meetsObjective: null,
      room: { margin: null, ceiling: null, twoWorkers: true, freeMemory: false },
      why: "4 workers, because memory holds no more: with 2304 MiB the CPU rule's 9 would fit. None of the memory stays free, less than the tenth that workers should have to grow: 1138 MiB would leave it. In the same memory gthread with 4 workers × 3 threads gives 80 req/s instead of 40 req/s, if the application is thread-safe.",
    });
    expect(codes(result)).toEqual(['memory-full']);
    expect(result.given).toBeNull();
  });

  test('with enough memory the CPU rule holds, and says what would refine it', () => {
    const { recommendation } = planned({ ...basic, mem: 4096 });
    expect(recommendation).toMatchObject({ workerClass: 'sync', workers: 9, boundBy: 'heuristic' });
    expect(recommendation!.why).toContain('(2 × cores) + 1 = 9');
  });

  test('a known share of waiting asks for cores × (1 + wait/compute) slots, split into threads', () => {
    const { recommendation } = planned({ ...basic, ioRatio: 0.9 });
    expect(recommendation).toMatchObject({
      workerClass: 'gthread',
      workers: 4,
      threads: 10,
      workerConnections: 10,
      boundBy: 'cpu',
    });
    expect(recommendation!.why).toContain('cores × (1 + wait/compute) = 40 slots keep 4 cores busy');
  });

  test('without waiting one sync worker per core is enough', () => {
    expect(planned({ ...basic, ioRatio: 0 }).recommendation).toMatchObject({
      workerClass: 'sync',
      workers: 4,
      boundBy: 'cpu',
    });
  });

  test('where memory holds fewer processes than cores, threads make up for the slots', () => {
    const { recommendation, warnings } = planned({ ...basic, mem: 512, ioRatio: 0.9 });
    expect(recommendation).toMatchObject({
      workerClass: 'gthread',
      workers: 2,
      threads: 20,
      boundBy: 'memory',
    });
    expect(recommendation!.why).toContain('with 1024 MiB 4 workers × 10 threads');
    expect(warnings.map((w) => w.code)).toContain('gil-bound');
  });

  test('threads that cost memory are traded for processes so that capacity is highest', () => {
    const { recommendation } = planned({ ...basic, perThread: 20, ioRatio: 0.9 });
    expect(recommendation!.memoryMiB!).toBeLessThanOrEqual(1024);
    // One process is limited by its lock to 100/s, three by 4 threads each to 120/s.
    expect(recommendation).toMatchObject({ workers: 2, threads: 12, boundBy: 'memory' });
  });

  test('a fraction of a core keeps its fraction', () => {
    const half = { cores: 0.5, mem: 512, perWorker: 120, ioRatio: 0.9 };
    expect(planned({ ...half, lean: true }).recommendation).toMatchObject({ workers: 1, threads: 5 });
    expect(planned(half).recommendation).toMatchObject({ workers: 2, threads: 3, boundBy: 'availability' });
    expect(planned({ cores: 0.5, mem: 512, perWorker: 120 }).recommendation!.workers).toBe(2);
    const fifth = { cores: 0.2, mem: 512, perWorker: 120 };
    expect(planned({ ...fifth, lean: true }).recommendation!.workers).toBe(1);
    expect(planned(fifth).recommendation).toMatchObject({ workers: 2, boundBy: 'availability' });
  });

  test('without the interpreter lock two processes hold all threads, or one where it may be lean', () => {
    const asked = { ...basic, ioRatio: 0.9, gil: false };
    expect(planned(asked).recommendation).toMatchObject({ workers: 2, threads: 20 });
    expect(planned(asked).leanest).toMatchObject({ workers: 1, threads: 40 });
    const result = planned({ ...asked, lean: true });
    expect(result.recommendation).toMatchObject({ workers: 1, threads: 40, workerConnections: 1000 });
    expect(codes(result)).toEqual(expect.arrayContaining(['free-threading', 'single-worker']));
  });

  test('a request that only waits falls back to the rule', () => {
    const { recommendation, strategies } = planned({ ...basic, ioRatio: 1 });
    expect(recommendation!.boundBy).toBe('heuristic');
    expect(recommendation!.why).toContain('only waits');
    expect(strategies.find((s) => s.id === 'io-ratio')).toMatchObject({ workers: null, prediction: null });
  });

  test('nothing fits: no recommendation, and the least memory that would do', () => {
    const result = planned({ ...basic, mem: 200, master: 30 });
    expect(result.recommendation).toBeNull();
    expect(result.classes).toEqual([]);
    expect(result.unsuitableClasses).toContainEqual({
      server: 'gunicorn',
      workerClass: 'sync',
      reason: 'not even one worker fits into memory',
    });
    expect(result.warnings).toEqual([
      {
        code: 'memory-impossible',
        message: 'not even one worker fits into 200 MiB: at least 286 MiB are needed',
      },
    ]);
  });

  test('an objective without a rate is not judged', () => {
    const result = planned({ ...basic, mem: 4096, slo: slo('p95<1s') });
    expect(result.recommendation!.meetsObjective).toBeNull();
    expect(codes(result)).toContain('slo-without-rate');
    expect(codes(planned({ ...basic, maxUtilization: 0.7 }))).toContain('slo-without-rate');
    expect(codes(planned({ ...basic, maxUtilization: 0.7, rate: 1 }))).not.toContain('slo-without-rate');
  });
});

describe('with a rate and an objective', () => {
  const asked: Values = {
    cores: 4,
    mem: 8192,
    perWorker: 120,
    ioRatio: 0.9,
    rate: 200,
    slo: slo('p95<400ms'),
  };

  test('the least memory that meets it is recommended, and what one step less would give', () => {
    const { recommendation } = planned(asked);
    expect(recommendation).toMatchObject({ workerClass: 'gthread', boundBy: 'slo', meetsObjective: true });
    expect(recommendation!.prediction.p95Ms!).toBeLessThan(400);
    const { workers, threads } = recommendation!;
    expect(recommendation!.why).toMatch(
      new RegExp(
        `^${workers} workers × ${threads} threads: the least memory that gives p95<400ms at 200 req/s`,
      ),
    );
    const cheaper = planned({ ...asked, workers: workers - 1, threads: 300, workerConnections: 300 }).given!;
    const { prediction } = cheaper;
    const sure = prediction.stable && prediction.p95Ms! * (1 + prediction.errorShare!.p95Ms) < 400;
    expect(sure && 200 <= 0.8 * prediction.capacityPerSecond).toBe(false);
  });

  test('processes accept no more than their threads, and the price is named', () => {
    const result = planned(asked);
    expect(result.recommendation!.workerConnections).toBe(result.recommendation!.threads);
    expect(result.warnings.find((w) => w.code === 'keepalive-off')!.message).toContain('keep-alive is off');
    expect(result.recommendation!.settings).not.toHaveProperty('keepalive');
  });

  test('a class that was typed is kept to', () => {
    const { recommendation } = planned({ ...asked, workerClass: 'sync' });
    expect(recommendation).toMatchObject({ workerClass: 'sync', meetsObjective: true });
    expect(recommendation!.workers).toBeGreaterThanOrEqual(20);
  });

  test('too little memory is what binds, and how much would do is said', () => {
    const { recommendation } = planned({ ...asked, workerClass: 'sync', mem: 1200 });
    expect(recommendation).toMatchObject({ workers: 10, boundBy: 'memory', meetsObjective: false });
    const need = Number(/workers in (\d+) MiB would meet p95<400ms/.exec(recommendation!.why)![1]);
    expect(planned({ ...asked, workerClass: 'sync', mem: need }).recommendation!.meetsObjective).toBe(true);
    expect(planned({ ...asked, workerClass: 'sync', mem: need - 1 }).recommendation!.meetsObjective).toBe(
      false,
    );
  });

  test('too few cores are what binds, and how many would do is said', () => {
    const few = { ...asked, cores: 1 };
    const result = planned(few);
    expect(result.recommendation).toMatchObject({ boundBy: 'cpu', meetsObjective: false });
    expect(codes(result)).toContain('unstable');
    const need = Number(/ on (\d+) cores would meet/.exec(result.recommendation!.why)![1]);
    expect(planned({ ...few, cores: need }).recommendation!.meetsObjective).toBe(true);
  });

  test('an objective below the request itself binds whatever there is', () => {
    const { recommendation } = planned({ ...asked, slo: slo('mean<90ms') });
    expect(recommendation).toMatchObject({ workerClass: 'gthread', boundBy: 'slo', meetsObjective: false });
    expect(recommendation!.why).toContain(
      'a request that never waits has mean 100 ms, so it must take less time',
    );
  });

  test('a ceiling on utilisation is an objective too', () => {
    const { recommendation } = planned({ ...asked, slo: [], maxUtilization: 0.5 });
    expect(recommendation!.meetsObjective).toBe(true);
    const { cpu, gil, slots } = recommendation!.prediction.utilization!;
    expect(Math.max(cpu, gil, slots!)).toBeLessThanOrEqual(0.5);
  });

  test('without an objective some room is kept, and nothing is promised', () => {
    const { recommendation } = planned({ ...asked, slo: [] });
    expect(recommendation!.meetsObjective).toBeNull();
    expect(recommendation!.prediction.waitProbability!).toBeLessThan(0.2);
    expect(recommendation!.boundBy).toBe('slots');
    const halved = planned({ ...asked, slo: [], maxUtilization: 0.1, cores: 64 }).recommendation!;
    expect(halved.boundBy).toMatch(/gil|slots/);
  });

  test('one request at a time is enough for a trickle', () => {
    const asked = { ...basic, rate: 0.01, slo: slo('p99<2s') };
    const { recommendation, leanest } = planned(asked);
    expect(leanest).toMatchObject({ workerClass: 'sync', workers: 1, meetsObjective: true });
    expect(leanest!.why).toContain('one request at a time is enough');
    expect(recommendation).toMatchObject({ workerClass: 'sync', workers: 2, boundBy: 'availability' });
    expect(recommendation!.why).toContain('1 worker would do it too, but leave nobody to serve');
    const replicated = planned({ ...asked, replicas: 2 });
    expect(replicated).toMatchObject({
      recommendation: { workers: 1, room: { twoWorkers: null } },
      leanest: null,
    });
    expect(codes(replicated)).not.toContain('single-worker');
  });

  test('threads that cost memory make processes with fewer threads cheaper', () => {
    const { recommendation } = planned({ ...asked, workerClass: 'gthread', perThread: 60 });
    const { memoryMiB, workers, threads } = recommendation!;
    expect(memoryMiB).toBe(workers * (120 + threads * 60));
    expect(recommendation!.meetsObjective).toBe(true);
  });
});

describe('database connections', () => {
  const asked: Values = { ...basic, mem: 8192, ioRatio: 0.9 };

  test('of all replicas together are kept to', () => {
    const { recommendation } = planned({ ...asked, replicas: 3, dbMaxConnections: 60 });
    expect(3 * recommendation!.workers * recommendation!.threads).toBeLessThanOrEqual(60);
    expect(recommendation!.boundBy).toBe('connections');
    expect(recommendation!.why).toContain('the database takes no more than 60 connections from 3 replicas');
  });

  test('of a pool per worker limit the workers', () => {
    const { recommendation } = planned({ ...asked, workerClass: 'sync', dbPool: 5, dbMaxConnections: 22 });
    expect(recommendation!.workers).toBe(4);
  });

  test('limit what an event loop holds', () => {
    const result = planned({ ...asked, dbMaxConnections: 100 });
    expect(classNamed(result, 'gevent')).toMatchObject({ workers: 4, workerConnections: 25 });
  });

  test('too few for one worker leave nothing', () => {
    const result = planned({ ...asked, replicas: 5, dbMaxConnections: 4 });
    expect(result.recommendation).toBeNull();
    expect(codes(result)).toEqual(['connections-impossible']);
  });

  test('leave out a class whose requests in flight nothing bounds', () => {
    const result = planned({ ...asked, dbMaxConnections: 8 });
    expect(result.unsuitableClasses.find((u) => u.workerClass === 'uvicorn')!.reason).toContain('--db-pool');
    const pooled = planned({ ...asked, dbMaxConnections: 8, dbPool: 2 });
    expect(classNamed(pooled, 'uvicorn')).toMatchObject({ workers: 4 });
  });

  test('that a given configuration exceeds are warned about', () => {
    const result = planned({ ...asked, workers: 4, threads: 30, dbMaxConnections: 100 });
    expect(codes(result)).toContain('connections-over');
  });

  test('bind where a rate is given too', () => {
    const { recommendation } = planned({
      ...asked,
      rate: 200,
      slo: slo('p95<400ms'),
      workerClass: 'gthread',
      dbMaxConnections: 20,
    });
    expect(recommendation).toMatchObject({ meetsObjective: false, boundBy: 'connections' });
    expect(recommendation!.why).toMatch(/with \d+ database connections would meet/);
  });
});

describe('worker classes', () => {
  const names = (result: PlanResult) => result.classes.map((c) => c.workerClass);

  test('are those that exist in the version', () => {
    const newest = planned(basic);
    expect(names(newest)).toEqual(['sync', 'gthread', 'gevent', 'tornado', 'asgi', 'uvicorn']);
    expect(newest.unsuitableClasses).toEqual([
      { server: 'gunicorn', workerClass: 'eventlet', reason: 'was removed in Gunicorn 26' },
    ]);
    expect(names(planned({ ...basic, gunicorn: 23 }))).toEqual([
      'sync',
      'gthread',
      'gevent',
      'eventlet',
      'tornado',
      'uvicorn',
    ]);
  });

  test('for WebSockets are those that speak them, and gevent needs the least change', () => {
    const result = planned({ ...basic, websockets: true });
    expect(names(result)).toEqual(['gevent', 'asgi', 'uvicorn']);
    expect(result.recommendation!.workerClass).toBe('gevent');
  });

  test('without a proxy leave sync out', () => {
    const result = planned({ ...basic, proxy: false });
    expect(names(result)).not.toContain('sync');
    expect(result.recommendation).toMatchObject({ workerClass: 'gthread', workers: 4, threads: 3 });
    expect(codes(result)).toContain('slow-clients');
  });

  test('that were typed are planned although they do not suit, with a warning', () => {
    const slow = planned({ ...basic, proxy: false, workerClass: 'sync' });
    expect(slow.recommendation!.workerClass).toBe('sync');
    expect(codes(slow)).toContain('sync-without-proxy');
    const silent = planned({ ...basic, websockets: true, workerClass: 'gthread' });
    expect(silent.recommendation!.workerClass).toBe('gthread');
    expect(codes(silent)).toContain('no-websockets');
  });

  test('for ASGI say what they need', () => {
    const result = planned({ ...basic, workerClass: 'asgi' });
    expect(result.recommendation!.workerClass).toBe('asgi');
    expect(result.warnings.find((w) => w.code === 'asgi-unlimited')!.message).toContain('backlog is 100');
    expect(codes(planned({ ...basic, workerClass: 'uvicorn' }))).toContain('asgi-unlimited');
    expect(result.recommendation!.settings).not.toHaveProperty('backlog');
  });
});

describe('a given configuration', () => {
  test('of workers alone has the class and the threads of the recommendation', () => {
    const { recommendation, given } = planned({ ...basic, mem: 8192, ioRatio: 0.9, workers: 3 });
    const { workerClass, threads } = recommendation!;
    expect(given).toMatchObject({ workerClass, threads, workers: 3 });
  });

  test('that a number without a unit was meant in GiB is asked where that would do', () => {
    const message = (mem: number) => planned({ ...basic, mem }).warnings[0]!.message;
    expect(message(4)).toContain('was --mem 4GiB meant?');
    expect(message(200)).not.toContain('meant');
  });

  test('is evaluated beside the recommendation', () => {
    const result = planned({ ...basic, workers: 9, workerClass: 'sync', rate: 10 });
    expect(result.given).toMatchObject({
      workerClass: 'sync',
      workers: 9,
      boundBy: 'memory',
      fitsMemory: false,
    });
    expect(result.given!.why).toContain('more than the 1024 MiB there are');
    expect(result.recommendation!.fitsMemory).toBe(true);
    expect(codes(result)).toContain('memory-over');
  });

  test('needs no memory, and then is all that is answered', () => {
    const result = planned({
      cores: 1,
      workers: 2,
      threads: 4,
      workerClass: 'gthread',
      rate: 10,
      slo: slo('p95<1s'),
    });
    expect(result).toMatchObject({ recommendation: null, strategies: [], classes: [] });
    expect(result.given).toMatchObject({ workers: 2, threads: 4, memoryMiB: null, fitsMemory: null });
    expect(result.given!.meetsObjective).toBe(true);
    expect(result.given!.why).toMatch(/meets p95<1s/);
  });

  test('says by how much it misses the objective', () => {
    const result = planned({ cores: 1, workers: 1, rate: 5, slo: slo('p95<0.2s') });
    expect(result.given).toMatchObject({ meetsObjective: false, boundBy: 'slots' });
    expect(result.given!.why).toMatch(/misses p95<200ms: it would give p95/);
    const overloaded = planned({ cores: 1, workers: 1, rate: 50, slo: slo('p95<0.2s') });
    expect(overloaded.given!.why).toContain('could serve only 10 req/s');
    expect(codes(overloaded)).toContain('unstable');
  });

  test('of threads alone gets the workers that do', () => {
    expect(planned({ ...basic, threads: 4 }).given).toMatchObject({ workers: 3, threads: 4 });
    const { given } = planned({ ...basic, mem: 8192, threads: 4, rate: 50, slo: slo('p95<1s') });
    expect(given).toMatchObject({ workerClass: 'gthread', threads: 4, meetsObjective: true });
    const hopeless = planned({ ...basic, threads: 4, rate: 5000 });
    expect(hopeless.given).toMatchObject({ workers: 4, threads: 4 });
  });

  test('with private queues is told what to set instead', () => {
    const result = planned({ ...basic, workers: 4, threads: 4, rate: 60, slo: slo('p95<1s') });
    expect(result.given!.workerConnections).toBe(1000);
    expect(result.warnings.find((w) => w.code === 'split-queues')!.message).toMatch(
      /worker_connections = 4 .*p95 .* instead of/,
    );
    expect(codes(planned({ ...basic, workers: 1, threads: 4, rate: 1 }))).not.toContain('split-queues');
  });

  test('of more computing workers than cores is told so', () => {
    const result = planned({ ...basic, mem: 8192, ioRatio: 0.1, workers: 20 });
    expect(codes(result)).toContain('oversubscribed-cores');
  });

  test('with a timeout shorter than its slow requests is told so', () => {
    const result = planned({ ...basic, workers: 4, threads: 1, rate: 5, timeout: 200 });
    expect(codes(result)).toContain('timeout-too-short');
    expect(codes(planned({ ...basic, workers: 4, threads: 1, rate: 5, timeout: 0 }))).not.toContain(
      'timeout-too-short',
    );
  });

  test('that shares memory without preloading is told so', () => {
    expect(codes(planned({ ...basic, shared: 10, preload: false }))).toContain('shared-without-preload');
  });
});

describe('what was detected', () => {
  test('tells the kind of application but does not fix the class', async () => {
    const { resolveProfile } = await import('../../src/profile/resolve.js');
    const { plan } = await import('../../src/plan/plan.js');
    const { simpleModel } = await import('./simple-model.js');
    const detected = (workerClass: 'sync' | 'uvicorn') =>
      plan(
        resolveProfile(
          { ...basic, ioRatio: 0.9 },
          {},
          {
            values: { workerClass, workers: 2 },
            origins: { workerClass: { source: 'detected', where: 'gunicorn 7' } },
          },
        ),
        simpleModel,
      );
    expect(detected('sync').recommendation!.workerClass).toBe('gthread');
    expect(detected('uvicorn').recommendation!.workerClass).toMatch(/asgi|uvicorn/);
    expect(detected('uvicorn').given!.workerClass).toBe('uvicorn');
    expect(detected('sync').origins).toEqual({ workerClass: 'gunicorn 7' });
  });
});

test.each([0.5, 0.1, 0.01])('a ceiling of %d on utilisation is met with cores enough', (maxUtilization) => {
  const question = { cores: 4, mem: 1e6, perWorker: 100, rate: 50, maxUtilization };
  const { recommendation } = planned(question);
  const [, cores] = / on (\d+) cores would meet/.exec(recommendation!.why)!;
  expect(planned({ ...question, cores: Number(cores) }).recommendation!.meetsObjective).toBe(true);
});

describe('the derivation', () => {
  test('shows formulas with the numbers put in', () => {
    const steps = planned({ ...basic, rate: 20, slo: slo('p95<2s', 'wait<10%') }).derivation;
    const step = (quantity: string) => steps.find((s) => s.quantity.startsWith(quantity))!;
    expect(step('cpu-heuristic')).toMatchObject({ substituted: '⌊(2 × 4) + 1⌋', value: 9 });
    expect(step('memory-bound')).toMatchObject({ value: 4 });
    expect(step('little')).toMatchObject({ substituted: '20/s × 100 ms', value: 2 });
    expect(step('p95')).toMatchObject({
      formula: 't with P(response ≤ t) = 95%',
      substituted: 'by the model at 20/s, for p95<2s',
      source: 'simple',
    });
    for (const { formula, source } of steps) expect([formula, source]).not.toContain('');
  });

  /** The value of an expression as it is printed, its units and brackets left out. */
  const reckoned = (substituted: string): number => {
    const text = substituted
      .replace(/\/s| ms/g, '')
      .replaceAll('×', '*')
      .replaceAll('−', '-');
    return evaluate(
      text
        .replace(/√([\d.]+)/g, 'sqrt($1)')
        .replace(/[⌈⌊]/g, '(')
        .replace(/[⌉⌋]/g, ')'),
    ) as number;
  };

  test('can be followed by hand, and says what the strategies say', () => {
    const values = {
      cores: 2.5,
      mem: 16_384,
      perWorker: 201.25,
      perThread: 2.5,
      shared: 100.123,
      master: 30,
      reserve: { kind: 'share', share: 0.1 },
      cpuTime: 10.4,
      ioTime: 90,
      rate: 123.456,
      slo: slo('p99<500ms'),
    } as const;
    for (const fixed of [{}, { workers: 5, threads: 9 }, { workerClass: 'gevent', workers: 3 }] as const) {
      const { derivation, strategies } = planned({ ...values, ...fixed });
      for (const { quantity, substituted, value } of derivation) {
        if (/^(capacity|p99)/.test(quantity)) continue;
        const exact = reckoned(substituted);
        const found = substituted.startsWith('⌊')
          ? Math.floor(exact)
          : substituted.startsWith('⌈')
            ? Math.ceil(exact)
            : /^(little|CPU load)/.test(quantity)
              ? exact / 1000
              : exact;
        expect(found / (value as number), quantity).toBeCloseTo(1, 5);
      }
      const bound = (list: readonly { value?: unknown; workers?: unknown }[]) =>
        list[0]!.value ?? list[0]!.workers;
      expect(bound(derivation.filter((d) => d.quantity.startsWith('memory-bound')))).toBe(
        bound(strategies.filter((s) => s.id === 'memory-bound')),
      );
    }
  });

  test('speaks of loops where there are no slots', () => {
    const { derivation } = planned({ ...basic, workerClass: 'uvicorn', rate: 20 });
    const { formula, substituted } = derivation.find((s) => s.quantity.startsWith('capacity'))!;
    expect(`${formula}; ${substituted}`).not.toContain('slot');
    expect(substituted).toContain('event loop');
  });
});
