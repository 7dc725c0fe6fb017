import { describe, expect, test } from 'vitest';
import type { Law } from '../../src/math/laws/law.js';
import { mg1, mg1ps, mgc, mmc } from '../../src/math/queues/index.js';
import { capacity } from '../../src/model/capacity.js';
import { evenly, predict } from '../../src/model/predict.js';
import { LAWS, law, system, workload } from './questions.js';

/** Relative distance. */
const off = (value: number | null, wanted: number): number => Math.abs((value ?? 0) / wanted - 1);

describe('gthread with one process, one thread and no I/O is M/G/1', () => {
  for (const cpu of LAWS)
    for (const load of [0.3, 0.8])
      test(`${cpu.kind} at load ${load}`, () => {
        const arrivalRate = load / 40;
        const exact = mg1({ arrivalRate, service: cpu });
        const p = predict(
          system({ workerClass: 'gthread' }),
          workload(0, 0, { cpu, ratePerSecond: 1000 * arrivalRate }),
        );
        expect(off(p.meanMs, exact.sojourn!.mean)).toBeLessThan(1e-9);
        expect(off(p.waitProbability, load)).toBeLessThan(1e-9);
        expect(off(p.p50Ms, exact.sojourn!.percentile(0.5))).toBeLessThan(0.015);
        expect(off(p.p95Ms, exact.sojourn!.percentile(0.95))).toBeLessThan(0.01);
        expect(off(p.p99Ms, exact.sojourn!.percentile(0.99))).toBeLessThan(0.02);
      });
});

describe('tornado with one process is M/G/1, I/O being part of the service', () => {
  for (const cpu of LAWS)
    test(cpu.kind, () => {
      const exact = mg1({ arrivalRate: 0.7 / 40, service: cpu });
      const p = predict(system({ workerClass: 'tornado' }), workload(0, 0, { cpu, ratePerSecond: 17.5 }));
      expect(off(p.meanMs, exact.sojourn!.mean)).toBeLessThan(1e-9);
      expect(off(p.p95Ms, exact.sojourn!.percentile(0.95))).toBeLessThan(0.02);
    });
});

describe('an event loop alone without I/O is M/G/1', () => {
  for (const cpu of LAWS)
    test(cpu.kind, () => {
      const exact = mg1({ arrivalRate: 0.7 / 40, service: cpu });
      const p = predict(system({ workerClass: 'uvicorn' }), workload(0, 0, { cpu, ratePerSecond: 17.5 }));
      expect(off(p.meanMs, exact.sojourn!.mean)).toBeLessThan(1e-3);
      expect(off(p.p95Ms, exact.sojourn!.percentile(0.95))).toBeLessThan(0.02);
    });
});

describe('many threads without I/O', () => {
  const threads = system({ workerClass: 'gthread', threads: 400 });

  for (const cpu of LAWS)
    for (const load of [0.5, 0.85])
      test(`are M/G/1 with processor sharing where turns are short: ${cpu.kind} at load ${load}`, () => {
        const scaled = { ...cpu, mean: 400 } as Law;
        const exact = mg1ps({ arrivalRate: load / 400, service: scaled });
        const p = predict(threads, workload(0, 0, { cpu: scaled, ratePerSecond: (1000 * load) / 400 }));
        expect(off(p.meanMs, exact.sojourn!.mean)).toBeLessThan(0.02);
        // Half of constant demands are never disturbed at load ½, so that the median has no say there.
        if (cpu.kind !== 'deterministic')
          expect(off(p.p50Ms, exact.sojourn!.percentile(0.5))).toBeLessThan(0.06);
        expect(off(p.p90Ms, exact.sojourn!.percentile(0.9))).toBeLessThan(0.05);
        expect(off(p.p95Ms, exact.sojourn!.percentile(0.95))).toBeLessThan(0.06);
        expect(off(p.p99Ms, exact.sojourn!.percentile(0.99))).toBeLessThan(0.08);
      });

  for (const cv of [0, 0.5, 1])
    test(`are M/G/1 in order of arrival where a turn outlasts every burst, cv ${cv}`, () => {
      const cpu = law(0.4, cv);
      const exact = mg1({ arrivalRate: 2, service: cpu });
      const p = predict(threads, workload(0, 0, { cpu, ratePerSecond: 2000 }));
      expect(off(p.meanMs, exact.sojourn!.mean)).toBeLessThan(1e-6);
    });
});

test('workers that nothing varies in lose no capacity to their lines', () => {
  const still = { cpu: law(2, 0), io: law(18, 0), ioCalls: 4 };
  expect(capacity(system({ workers: 8 }), workload(2, 18, still))).toBeCloseTo(400, 6);
  expect(capacity(system({ workers: 8 }), workload(2, 18))).toBeLessThan(360);
});

describe('sync with a core for each worker is M/G/w', () => {
  test('M/M/w exactly', () => {
    const p = predict(system({ workers: 6, cores: 8 }), workload(40, 0, { ratePerSecond: 120 }));
    const exact = mmc({ arrivalRate: 0.12, serviceTime: 40, servers: 6 });
    expect(off(p.meanMs, exact.sojourn!.mean)).toBeLessThan(1e-9);
    expect(off(p.waitProbability, exact.waitProbability!)).toBeLessThan(1e-9);
    expect(off(p.p95Ms, exact.sojourn!.percentile(0.95))).toBeLessThan(0.005);
    expect(off(p.p99Ms, exact.sojourn!.percentile(0.99))).toBeLessThan(0.01);
  });

  for (const cpu of LAWS)
    test(`M/G/w with ${cpu.kind} service`, () => {
      const p = predict(system({ workers: 4, cores: 4 }), workload(0, 0, { cpu, ratePerSecond: 80 }));
      const exact = mgc({ arrivalRate: 0.08, service: cpu, servers: 4 });
      expect(off(p.meanMs, exact.sojourn!.mean)).toBeLessThan(0.03);
      expect(off(p.p95Ms, exact.sojourn!.percentile(0.95))).toBeLessThan(0.06);
    });

  test('I/O counts as service: only the whole request matters', () => {
    const p = predict(system({ workers: 3, cores: 3 }), workload(1e-3, 40, { ratePerSecond: 60 }));
    const exact = mmc({ arrivalRate: 0.06, serviceTime: 40.001, servers: 3 });
    expect(off(p.meanMs, exact.sojourn!.mean)).toBeLessThan(1e-3);
  });
});

describe('capacity', () => {
  const bounds = (cores: number, workers: number, slots: number, cpuMs: number, ioMs: number): number =>
    1000 * Math.min(cores / cpuMs, workers / cpuMs, slots / (cpuMs + ioMs));

  test.each([
    ['sync, a core each', 'sync', 4, 1, 8, 20, 80],
    ['sync without I/O on few cores', 'sync', 9, 1, 2, 20, 0],
    ['gthread without I/O', 'gthread', 3, 8, 4, 20, 0],
    ['gthread, one thread each', 'gthread', 3, 1, 4, 20, 30],
    ['event loops', 'gevent', 3, 1, 2, 5, 45],
    ['tornado, a core each', 'tornado', 3, 1, 4, 5, 45],
  ] as const)('of %s is the least bound', (_, workerClass, workers, threads, cores, cpuMs, ioMs) => {
    const slots = workerClass === 'gevent' ? Number.POSITIVE_INFINITY : workers * threads;
    const value = capacity(evenly(system({ workerClass, workers, threads, cores })), workload(cpuMs, ioMs));
    expect(off(value, bounds(cores, workers, slots, cpuMs, ioMs))).toBeLessThan(1e-9);
  });

  test('threads gain nothing without I/O under the GIL, and much without it', () => {
    const with1 = capacity(system({ workerClass: 'gthread', cores: 4 }), workload(20, 0));
    const with8 = capacity(system({ workerClass: 'gthread', threads: 8, cores: 4 }), workload(20, 0));
    const free = capacity(
      system({ workerClass: 'gthread', threads: 8, cores: 4, gil: false }),
      workload(20, 0),
    );
    expect(with8).toBeCloseTo(with1, 9);
    expect(free).toBeCloseTo(4 * with1, 9);
  });

  test('of a full pool is what a closed network of lock and delay gives', () => {
    // One process, two threads, c = s: U = 1 − 1/(1 + 2 + 2) = 0.8 by the product form.
    const value = capacity(system({ workerClass: 'gthread', threads: 2, cores: 1 }), workload(100, 100));
    expect(value).toBeCloseTo(8, 9);
  });
});

test('requests longer than the timeout are counted for sync: exponential service beyond 2 s', () => {
  const p = predict(system({ timeoutMs: 2000 }), workload(1000, 0, { ratePerSecond: 0.1 }));
  expect(off(p.timeoutProbability ?? null, Math.exp(-2))).toBeLessThan(0.01);
  const other = predict(
    system({ workerClass: 'gthread', timeoutMs: 2000 }),
    workload(1000, 0, { ratePerSecond: 0.1 }),
  );
  expect(other.timeoutProbability ?? null).toBeNull();
});

test('a short backlog refuses what M/M/1/K refuses', () => {
  // Shared queue with two threads and no I/O is one CPU: K = 2 in service + 3 waiting at load 0.9.
  const p = predict(
    system({ workerClass: 'gthread', threads: 2, workerConnections: 2, backlog: 3 }),
    workload(100, 0, { ratePerSecond: 9 }),
  );
  const blocking = (0.9 ** 5 * 0.1) / (1 - 0.9 ** 6);
  expect(off(p.rejectProbability, blocking)).toBeLessThan(1e-6);
});

test('a quota of whole cores is those cores; half a core is slower than one and stable below half', () => {
  const one = predict(system({ cores: 1 }), workload(20, 0, { ratePerSecond: 15 }));
  const half = predict(system({ cores: 0.5 }), workload(20, 0, { ratePerSecond: 15 }));
  expect(half.meanMs!).toBeGreaterThan(one.meanMs!);
  expect(predict(system({ cores: 0.5 }), workload(20, 0, { ratePerSecond: 26 })).stable).toBe(false);
  expect(half.capacityPerSecond).toBeCloseTo(25, 9);
});

describe('processes that accept eagerly and are woken together', () => {
  const server = system({ workerClass: 'gthread', workers: 8, threads: 2, cores: 1 });
  const even = capacity(evenly(server), workload(2, 60));

  test('answer with a range from what even shares would give, the best case, to what is predicted', () => {
    const p = predict(server, workload(2, 60, { ratePerSecond: 0.35 * even }));
    expect(p.range?.high?.meanMs).toBe(p.meanMs);
    expect(p.range!.low!.meanMs).toBeLessThan(p.meanMs!);
    expect(JSON.parse(JSON.stringify(p)).range.high.p95Ms).toBe(p.p95Ms);
  });

  test('are overloaded where the most favoured one is: at 55 % of what even shares carry, measured at 8.3 s', () => {
    const p = predict(server, workload(2, 60, { ratePerSecond: 0.55 * even }));
    expect(p).toMatchObject({ stable: false, meanMs: null });
    expect(p.capacityPerSecond).toBeLessThan(0.55 * even);
    expect(p.range?.low?.meanMs).toBeGreaterThan(62);
    expect(p.range?.high).toBeNull();
  });
});

test('demands of cv 0.5 and 2 are taken as laws with that cv', () => {
  const calm = predict(system({}), workload(0, 0, { cpu: law(40, 0.5), ratePerSecond: 20 }));
  const wild = predict(system({}), workload(0, 0, { cpu: law(40, 2), ratePerSecond: 20 }));
  // Pollaczek–Khinchine: W = λE[S²]/(2(1 − ρ)).
  expect(calm.meanMs!).toBeCloseTo(40 + (0.02 * 1600 * 1.25) / 0.4, 9);
  expect(wild.meanMs!).toBeCloseTo(40 + (0.02 * 1600 * 5) / 0.4, 9);
});

describe("the server's own CPU", () => {
  const constant = (mean: number): Law => ({ kind: 'deterministic', mean });
  const means = (workerClass: 'gevent' | 'uvicorn' | 'gthread', ioMs: number, ratePerSecond: number) => {
    const server = system({
      workerClass,
      threads: 8,
      workerConnections: workerClass === 'gthread' ? 8 : 1000,
    });
    const told = (overheadMs: number) =>
      predict(
        server,
        workload(0, ioMs, { cpu: constant(6 - overheadMs), io: constant(ioMs), overheadMs, ratePerSecond }),
      ).meanMs!;
    return [told(0), told(1)] as const;
  };

  test('makes waits no shorter than the same CPU in the requests, whose parts are then not equal', () => {
    for (const workerClass of ['gevent', 'uvicorn', 'gthread'] as const)
      for (const rate of [60, 120, 150]) {
        const [equal, real] = means(workerClass, 20, rate);
        expect(real).toBeGreaterThanOrEqual(equal * (1 - 1e-9));
        expect(real).toBeLessThan(1.3 * equal);
      }
  });

  test('is as good as the requests’ where they make no waits', () => {
    for (const workerClass of ['gevent', 'uvicorn', 'gthread'] as const) {
      const [equal, real] = means(workerClass, 0, 120);
      // A loop takes the connection in a turn of its own, between which and the first burst those that came meanwhile are
      // taken; a pool's main thread waits for the lock to take it and to close it.
      expect(off(real, equal)).toBeLessThan(workerClass === 'gthread' ? 0.2 : 0.02);
    }
  });
});
