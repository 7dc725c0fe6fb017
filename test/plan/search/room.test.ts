import { describe, expect, test } from 'vitest';
import type { Values } from '../../../src/input/options.js';
import {
  leavesFree,
  lesserLevels,
  NO_ROOM,
  raisedOf,
  wantedRoom,
  waysToKeep,
  withRoom,
} from '../../../src/plan/search/room.js';
import { slo } from '../../support/slo.js';
import { candidateOf, planningOf, prediction } from '../made-up.js';

const ASKED: Values = { cores: 4, mem: 1000, perWorker: 100, cpuTime: 10, ioTime: 90 };
const wanted = (values: Values) => wantedRoom(planningOf({ ...ASKED, ...values }).profile);

describe('the room that is wanted', () => {
  test('for a rate is all there is: the error of a time, bursts, a second worker, memory to grow', () => {
    expect(wanted({ rate: 50, slo: slo('p95<1s', 'wait<5%') })).toEqual({
      margin: true,
      ceiling: true,
      twoWorkers: true,
      freeMemory: true,
    });
  });

  test('is no error where none is published, no ceiling where one was typed, and no second worker of several replicas', () => {
    expect(wanted({ rate: 50, slo: slo('wait<5%') }).margin).toBe(false);
    expect(wanted({ rate: 50, slo: slo('p95<1s'), maxUtilization: 0.9 }).ceiling).toBe(false);
    expect(wanted({ rate: 50, replicas: 2 }).twoWorkers).toBe(false);
  });

  test('without a rate is of workers and memory alone', () => {
    expect(wanted({ slo: slo('p95<1s') })).toEqual({ ...NO_ROOM, twoWorkers: true, freeMemory: true });
  });

  test('is given up in order: free memory, the second worker, bursts, and the error of the model last', () => {
    const all = { margin: true, ceiling: true, twoWorkers: true, freeMemory: true };
    expect(lesserLevels(all)).toEqual([
      { margin: true, ceiling: false },
      { margin: false, ceiling: true },
      { margin: false, ceiling: false },
    ]);
    expect(lesserLevels({ ...all, ceiling: false })).toEqual([{ margin: false, ceiling: false }]);
    expect(lesserLevels(NO_ROOM)).toEqual([]);
    expect(waysToKeep(all)).toEqual([
      { twoWorkers: true, freeMemory: true },
      { twoWorkers: true, freeMemory: false },
      { twoWorkers: false, freeMemory: true },
      { twoWorkers: false, freeMemory: false },
    ]);
    expect(waysToKeep({ ...all, twoWorkers: false })).toEqual([
      { twoWorkers: false, freeMemory: true },
      { twoWorkers: false, freeMemory: false },
    ]);
  });
});

describe('a question with room', () => {
  const asked = planningOf({ ...ASKED, rate: 50, slo: slo('p95<100ms') });
  /** What a model with a published error says. */
  const unsure = () => prediction({ p95Ms: 99, ci95: undefined });

  test('asks for as much of what was typed, or else of the default', () => {
    const ceiling = (values: Values, withCeiling: boolean) =>
      withRoom(planningOf({ ...ASKED, rate: 50, slo: slo('p95<1s'), ...values }), {
        ...NO_ROOM,
        ceiling: withCeiling,
      }).profile.objective.maxUtilization;
    expect([ceiling({}, true), ceiling({}, false)]).toEqual([0.8, null]);
    expect([ceiling({ maxUtilization: 0.6 }, true), ceiling({ maxUtilization: 0.6 }, false)]).toEqual([
      0.6, 0.6,
    ]);
  });

  test('leaves a tenth of the memory, where there is a limit', () => {
    const memory = (values: Values, freeMemory: boolean) =>
      withRoom(planningOf({ ...ASKED, ...values }), { ...NO_ROOM, freeMemory }).profile.memory.memoryMiB;
    const unlimited = withRoom(raisedOf(planningOf(ASKED)), { ...NO_ROOM, freeMemory: true });
    expect([memory({}, true), memory({}, false), unlimited.profile.memory.memoryMiB]).toEqual([
      900,
      1000,
      null,
    ]);
  });

  test('begins with as many workers, and is met with or without the error of the model', () => {
    expect(withRoom(asked, NO_ROOM).leastWorkers).toBe(1);
    expect(withRoom(asked, { ...NO_ROOM, twoWorkers: true }).leastWorkers).toBe(2);
    const near = { ...asked, predict: unsure };
    const meets = (margin: boolean) => {
      const planning = withRoom(near, { ...NO_ROOM, margin });
      return planning.meets(planning.evaluate(candidateOf('sync', 2)));
    };
    expect([meets(false), meets(true)]).toEqual([true, false]);
  });
});

test('a tenth of the memory is free up to the last digit of the arithmetic, and always where it has no limit', () => {
  const asked = (mem: number, perWorker: number) => planningOf({ cores: 1, mem, perWorker });
  const free = (mem: number, perWorker: number) => leavesFree(asked(mem, perWorker), candidateOf('sync', 3));
  expect([
    free(1000, 300),
    free(1000, 300.001),
    leavesFree(raisedOf(asked(1, 9)), candidateOf('sync', 3)),
  ]).toEqual([true, false, true]);
  // 3 × 0.3 is a digit more than 0.9.
  expect(free(1, 0.3)).toBe(true);
});

test('the same question without limits keeps all but memory and the database', () => {
  const { profile } = raisedOf(planningOf({ ...ASKED, dbMaxConnections: 5, replicas: 2, perThread: 3 }));
  expect(profile.memory).toMatchObject({ memoryMiB: null, perWorkerMiB: 100, perThreadMiB: 3 });
  expect(profile.server).toMatchObject({ dbMaxConnections: null, replicas: 2 });
});
