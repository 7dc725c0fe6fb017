import { describe, expect, test } from 'vitest';
import type { Choice } from '../../../src/plan/search/choose.js';
import { recommend } from '../../../src/plan/search/recommend.js';
import { NO_ROOM, type Room } from '../../../src/plan/search/room.js';
import type { Kind } from '../../../src/servers/server.js';

interface Made {
  readonly asks?: Kind['asks'];
  readonly met?: boolean | null;
  readonly memoryMiB?: number | null;
  readonly workers?: number;
  readonly p95Ms?: number | null;
  readonly capacityPerSecond?: number;
  readonly score?: number;
  readonly room?: Partial<Room>;
}

/** What the recommendation looks at of the best of a class. */
const choice = ({
  asks = 'nothing',
  met = true,
  memoryMiB = 100,
  workers = 2,
  p95Ms = 50,
  capacityPerSecond = 10,
  score = 0.5,
  room = {},
}: Made): Choice =>
  ({
    kind: { asks },
    met,
    room: { ...NO_ROOM, ...room },
    best: { candidate: { workers }, memoryMiB, prediction: { p95Ms, capacityPerSecond }, verdict: { score } },
  }) as unknown as Choice;

/** Which of some choices is recommended, whatever their order; the first where they are alike. */
function best(made: readonly Made[], ioKnown = true): number {
  const choices = made.map(choice);
  const found = recommend(choices, ioKnown)!;
  const reversed = recommend([...choices].reverse(), ioKnown)!;
  expect(reversed).toBe(found);
  return choices.indexOf(found);
}

test('of nothing, nothing', () => {
  expect(recommend([], true)).toBeNull();
});

describe('with a rate, of the classes that meet the objective', () => {
  test('the one that asks least of the application, whatever it costs', () => {
    expect(best([{ memoryMiB: 900 }, { asks: 'cooperation' }, { asks: 'asgi' }])).toBe(0);
    expect(best([{ asks: 'asgi' }, { asks: 'cooperation', memoryMiB: 900 }])).toBe(1);
    expect(best([{ met: false }, { asks: 'asgi' }])).toBe(1);
  });

  test('the one that keeps the most room: the error of the model before bursts, before a second worker, before free memory', () => {
    const all = { margin: true, ceiling: true, twoWorkers: true, freeMemory: true };
    const ranked: readonly Partial<Room>[] = [
      all,
      { ...all, freeMemory: false },
      { ...all, twoWorkers: false },
      { ...all, twoWorkers: false, freeMemory: false },
      { ...all, ceiling: false },
      { margin: true },
      { ...all, margin: false },
      { ceiling: true },
      { twoWorkers: true, freeMemory: true },
      { twoWorkers: true },
      { freeMemory: true },
      {},
    ];
    for (const [n, room] of ranked.entries())
      for (const less of ranked.slice(n + 1))
        expect(
          best([
            { room, memoryMiB: 900 },
            { room: less, memoryMiB: 100 },
          ]),
        ).toBe(0);
  });

  test('then the least memory, the fewest processes, and the lowest p95 where that is lower by a hundredth', () => {
    expect(best([{ memoryMiB: 101 }, { memoryMiB: 100, workers: 9, p95Ms: 90 }])).toBe(1);
    expect(
      best([
        { workers: 3, p95Ms: 10 },
        { workers: 2, p95Ms: 90 },
      ]),
    ).toBe(1);
    expect(best([{ p95Ms: 51 }, { p95Ms: 50 }])).toBe(1);
    const [first, second] = [choice({ p95Ms: 50.4 }), choice({ p95Ms: 50 })];
    expect(recommend([first, second], true)).toBe(first);
    expect(recommend([second, first], true)).toBe(second);
    expect(
      best([
        { memoryMiB: null, workers: 3 },
        { memoryMiB: null, workers: 2 },
      ]),
    ).toBe(1);
  });

  test('differences of the arithmetic are none', () => {
    expect(
      best([
        { memoryMiB: 100 * (1 + 1e-9), workers: 2 },
        { memoryMiB: 100, workers: 3 },
      ]),
    ).toBe(0);
  });
});

describe('with a rate, where none meets the objective', () => {
  test('of those that miss it by about as little, the one with the least memory, of the class that asks least', () => {
    const missed = (score: number, memoryMiB: number, asks: Kind['asks'] = 'nothing'): Made => ({
      met: false,
      score,
      memoryMiB,
      asks,
    });
    expect(best([missed(2, 100), missed(1.5, 900)])).toBe(1);
    expect(best([missed(1.65, 100), missed(1.5, 900)])).toBe(0);
    expect(best([missed(1.6501, 100), missed(1.5, 900)])).toBe(1);
    expect(best([missed(1.6, 100), missed(1.5, 100)])).toBe(1);
    expect(best([missed(3, 100), missed(1.5, 100, 'asgi')])).toBe(0);
  });
});

describe('without a rate', () => {
  const idle = (capacityPerSecond: number, memoryMiB = 100): Made => ({
    met: null,
    capacityPerSecond,
    memoryMiB,
  });
  test('the highest capacity, then the least memory, where the waiting is known', () => {
    expect(best([idle(10, 100), idle(11, 900)])).toBe(1);
    expect(best([idle(10, 100), idle(10, 900)])).toBe(0);
  });

  test('the class that asks least, one process per slot, where it is not', () => {
    const choices = [idle(10), idle(99)].map(choice);
    expect(recommend(choices, false)).toBe(choices[0]);
  });
});
