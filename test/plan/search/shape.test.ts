import { describe, expect, test } from 'vitest';
import type { Values } from '../../../src/input/options.js';
import { bindingResource } from '../../../src/plan/search/bound.js';
import {
  connectionsOf,
  inFlightPerWorker,
  mostInFlight,
  mostWorkers,
} from '../../../src/plan/search/candidate.js';
import { allowed, shape } from '../../../src/plan/search/shape.js';
import { systemSlots } from '../../../src/plan/search/slots.js';
import { candidateOf, planningOf } from '../made-up.js';

const ASKED: Values = { cores: 4, mem: 10_000, perWorker: 100, cpuTime: 10, ioTime: 90 };
const planning = (values: Values = {}) => planningOf({ ...ASKED, ...values });
const kind = (name: string) => candidateOf(name, 1).kind;
const shaped = (name: string, workers: number, threads?: number, values: Values = {}) => {
  const { kind: _, ...sizes } = shape(planning(values), kind(name), workers, threads);
  return sizes;
};

describe('a class takes the numbers that it has a choice of', () => {
  test('workers and threads where it has threads, in one queue where there are several workers', () => {
    expect(shaped('gthread', 3, 8)).toEqual({ workers: 3, threads: 8, workerConnections: 8 });
    expect(shaped('gthread', 1, 8)).toEqual({ workers: 1, threads: 8, workerConnections: null });
    expect(shaped('gthread', 3, 8, { workerConnections: 50 }).workerConnections).toBe(50);
  });

  test('one thread where it serves one request at a time or runs a loop', () => {
    expect(shaped('sync', 3, 8)).toEqual({ workers: 3, threads: 1, workerConnections: null });
    expect(shaped('uvicorn', 3, 8)).toEqual({ workers: 3, threads: 1, workerConnections: null });
    expect(shaped('gevent', 3, 8)).toEqual({ workers: 3, threads: 1, workerConnections: null });
  });

  test('one process where its server has no more', () => {
    expect(shaped('waitress', 3, 8)).toMatchObject({ workers: 1, threads: 8 });
    expect(shaped('daphne', 3).workers).toBe(1);
  });

  test('a limit of connections where its server has one', () => {
    const asked = { workerConnections: 40 };
    expect(shaped('sync', 2, 1, asked).workerConnections).toBeNull();
    expect(shaped('uvicorn-itself', 2, 1, asked).workerConnections).toBe(40);
    expect(shaped('gevent', 2, 1, asked).workerConnections).toBe(40);
  });

  test('no more connections of a loop than memory and the database hold, and at least one', () => {
    expect(shaped('gevent', 2, 1, { dbMaxConnections: 100 }).workerConnections).toBe(50);
    expect(shaped('gevent', 2, 1, { dbMaxConnections: 1999 }).workerConnections).toBe(999);
    expect(shaped('gevent', 2, 1, { dbMaxConnections: 2000 }).workerConnections).toBeNull();
    expect(shaped('gevent', 2, 1, { dbMaxConnections: 1 }).workerConnections).toBe(1);
    expect(shaped('gevent', 2, 1, { mem: 300, perThread: 2 }).workerConnections).toBe(25);
  });
});

describe('a configuration', () => {
  test('has as many slots as requests that it serves at once', () => {
    const slots = (name: string, workers: number, threads = 1) =>
      systemSlots(candidateOf(name, workers, threads));
    expect([slots('sync', 3), slots('gthread', 3, 8), slots('gevent', 3), slots('uvicorn', 3)]).toEqual([
      3,
      24,
      3000,
      Number.POSITIVE_INFINITY,
    ]);
    expect(connectionsOf({ ...candidateOf('gthread', 2, 4), workerConnections: 7 })).toBe(7);
  });

  test('holds as many database connections as requests in flight, of a loop those that come at their peak', () => {
    const each = (name: string, values: Values = {}) =>
      inFlightPerWorker(planning(values), candidateOf(name, 2, 4));
    expect([each('sync'), each('gthread'), each('gevent')]).toEqual([1, 4, 1000]);
    // Without a rate the slots that keep four cores busy, 40, in two processes.
    expect(each('uvicorn')).toBe(20);
    // 80/s of 100 ms are four in each process, and three standard deviations more.
    expect(each('uvicorn', { rate: 80 })).toBe(10);
  });

  test('is allowed up to the last connection and the last MiB', () => {
    const fits = (workers: number, values: Values) =>
      allowed(planning(values), candidateOf('gthread', workers, 4));
    expect([fits(3, { mem: 300 }), fits(4, { mem: 399 })]).toEqual([true, false]);
    expect([fits(3, { dbMaxConnections: 12 }), fits(3, { dbMaxConnections: 11 })]).toEqual([true, false]);
    expect([
      fits(3, { dbMaxConnections: 24, replicas: 2 }),
      fits(3, { dbMaxConnections: 23, replicas: 2 }),
    ]).toEqual([true, false]);
    expect([
      fits(3, { dbMaxConnections: 6, dbPool: 2 }),
      fits(4, { dbMaxConnections: 6, dbPool: 2 }),
    ]).toEqual([true, false]);
  });

  test('of as many workers as possible is limited by the database only where that allows fewer', () => {
    const most = (values: Values) => mostWorkers(planning(values).profile, 4);
    expect(most({ mem: 500 })).toEqual({ workers: 5, by: 'memory' });
    expect(most({ mem: 500, dbMaxConnections: 20 })).toEqual({ workers: 5, by: 'memory' });
    expect(most({ mem: 500, dbMaxConnections: 19 })).toEqual({ workers: 4, by: 'connections' });
  });

  test('of so many workers holds what the database gives each, all or nothing of a pool', () => {
    const most = (values: Values) => mostInFlight(planning(values).profile, 3, 64);
    expect([most({}), most({ dbMaxConnections: 31 }), most({ dbMaxConnections: 62, replicas: 2 })]).toEqual([
      64, 10, 10,
    ]);
    expect([most({ dbMaxConnections: 30, dbPool: 10 }), most({ dbMaxConnections: 29, dbPool: 10 })]).toEqual([
      64, 0,
    ]);
  });
});

describe('what binds the capacity', () => {
  const bound = (name: string, workers: number, threads: number, values: Values = {}) =>
    bindingResource(planning(values), candidateOf(name, workers, threads));

  test('is the slots below what cores and locks could serve, then the locks, then the cores', () => {
    // A lock serves 100/s, a slot 10/s, four cores 400/s.
    expect([bound('gthread', 2, 9), bound('gthread', 2, 11), bound('gthread', 4, 11)]).toEqual([
      'slots',
      'gil',
      'cpu',
    ]);
    expect([bound('sync', 39, 1), bound('sync', 40, 1)]).toEqual(['slots', 'cpu']);
    expect([bound('gthread', 2, 21, { gil: false }), bound('gthread', 1, 60, { gil: false })]).toEqual([
      'cpu',
      'cpu',
    ]);
  });

  test('of equals is the one that more workers cannot cure', () => {
    expect(bound('gthread', 2, 10)).toBe('gil');
    expect(bound('gthread', 4, 10)).toBe('cpu');
  });

  test('is the slot, not the lock, of a process that serves one request at a time', () => {
    expect(bound('sync', 2, 1, { ioTime: 0 })).toBe('slots');
    expect(bound('gthread', 2, 1, { ioTime: 0 })).toBe('slots');
  });

  test('is the pool where requests hold a connection as they wait', () => {
    expect(bound('gthread', 2, 11, { dbPool: 5 })).toBe('connections');
    expect(bound('gthread', 2, 11, { dbPool: 11 })).toBe('gil');
  });
});
