import { describe, expect, test } from 'vitest';
import type { Values } from '../../src/input/options.js';
import { resolveProfile } from '../../src/profile/resolve.js';

const machine: Values = { cores: 2, mem: 2048, perWorker: 100, cpuTime: 10, ioTime: 40 };
const profile = (values: Values) => resolveProfile({ ...machine, ...values }, {});
const database = (values: Values) => profile(values).workload.database;

describe('the pool of database connections', () => {
  test('is none where none was given, or where nobody holds a connection', () => {
    expect(database({})).toBeUndefined();
    expect(database({ dbPool: 0 })).toBeUndefined();
    expect(database({ dbPool: 5, dbTime: { kind: 'time', timeMs: 0 } })).toBeUndefined();
    expect(database({ dbPool: 5, ioTime: 0 })).toBeUndefined();
    expect(profile({ dbPool: 5, ioTime: 0 }).inputs.dbTimeMs).toBeNull();
  });

  test('is held for a share of the waits, from a time or as it is', () => {
    expect(database({ dbPool: 5, dbTime: { kind: 'time', timeMs: 10 } })).toEqual({
      connections: 5,
      share: 0.25,
    });
    expect(database({ dbPool: 5, dbTime: { kind: 'time', timeMs: 40 } })).toEqual({
      connections: 5,
      share: 1,
    });
    const { workload, inputs } = profile({ dbPool: 3, dbTime: { kind: 'share', share: 0.6 } });
    expect(workload.database).toEqual({ connections: 3, share: 0.6 });
    expect(inputs.dbTimeMs).toBeCloseTo(24, 12);
  });

  test('is held for all the waits where it is not said, which is listed', () => {
    const { workload, assumptions } = profile({ dbPool: 5 });
    expect(workload.database).toEqual({ connections: 5, share: 1 });
    expect(assumptions.find(({ input }) => input === 'dbTimeMs')).toMatchObject({
      value: 40,
      flag: '--db-time',
    });
  });

  test.each<[Values, string]>([
    [
      { dbPool: 5, dbTime: { kind: 'time', timeMs: 50 } },
      '--db-time: 50ms is more than the 40 ms that a request waits in all; accepted: at most that, or a share of it such as 40%',
    ],
    [
      { dbTime: { kind: 'share', share: 0.5 } },
      "--db-time: needs --db-pool, the connections of each worker's pool; without one every request finds a connection",
    ],
    [
      { dbPool: 0, dbTime: { kind: 'share', share: 0.5 } },
      "--db-time: needs a --db-pool of 1 connection or more, the connections of each worker's pool; without one every request finds a connection",
    ],
  ])('contradicts itself: %j', (values, message) => {
    expect(() => profile(values)).toThrow(message);
  });
});
