import { describe, expect, it } from 'vitest';
import { Replay } from '../../../src/simulation/engine/replay.js';
import { system } from '../systems.js';
import { EXACT, meanOf } from './steps.js';

describe('a course followed by hand', () => {
  it('sync: one after the other, in order of arrival', () => {
    expect(
      meanOf({ workerClass: 'sync' }, [
        [0, 10, 0],
        [0, 10, 0],
        [25, 10, 5],
      ]),
    ).toBeCloseTo((10 + 20 + 15) / 3, 9);
  });

  it('sync: holds its worker until the client has closed', () => {
    expect(
      meanOf(
        { workerClass: 'sync' },
        [
          [0, 10, 0],
          [0, 10, 0],
        ],
        { physics: { holdMs: 2 } },
      ),
    ).toBeCloseTo((10 + 22) / 2, 9);
  });

  it('sync: two workers on one core take turns of one slice', () => {
    // 0–3 first, 3–6 second, 6–9 first, 9–12 second, 12–13 first, 13–14 second.
    expect(
      meanOf({ workerClass: 'sync', workers: 2 }, [
        [0, 7, 0],
        [0, 7, 0],
      ]),
    ).toBeCloseTo((13 + 14) / 2, 9);
  });

  it('gthread: threads pass the lock every switch interval', () => {
    // 0–5 first, 5–10 second, 10–15 first, 15–20 second, 20–22 first, 22–24 second.
    expect(
      meanOf({ workerClass: 'gthread', threads: 2 }, [
        [0, 12, 0],
        [0, 12, 0],
      ]),
    ).toBeCloseTo((22 + 24) / 2, 9);
  });

  it('gthread: a thread that comes later waits one switch interval for the lock', () => {
    // 0–9 first, 9–11 second (all of it), 11–22 first.
    expect(
      meanOf({ workerClass: 'gthread', threads: 2 }, [
        [0, 20, 0],
        [4, 2, 0],
      ]),
    ).toBeCloseTo((22 + 7) / 2, 9);
  });

  it('gthread: a lock that is due while its holder waits for a core is passed when it runs again', () => {
    // One core, slices of 3: first process 0–3, second 3–6, first 6–9 … The lock of the first is due at 5, while it waits;
    // it runs at 6, passes the lock at once, and its other thread goes to the end of the line.
    const requests = [
      [0, 12, 0],
      [0, 12, 0],
      [0, 12, 0],
    ] as const;
    const means = [1, 2, 3, 4, 5, 6].map((seed) =>
      meanOf({ workerClass: 'gthread', workers: 2, threads: 2 }, requests, { seed }),
    );
    for (const mean of means) {
      expect(mean).toBeGreaterThan(24);
      expect(mean).toBeLessThanOrEqual((34 + 35 + 36) / 3);
    }
  });

  it('gthread: I/O of one thread leaves the lock to the other', () => {
    // Computing in equal parts: 5, wait 20, 5; the second computes 5–10 and 30–35.
    expect(
      meanOf({ workerClass: 'gthread', threads: 2 }, [
        [0, 10, 20],
        [0, 10, 20],
      ]),
    ).toBeCloseTo((30 + 35) / 2, 9);
  });

  it('gthread without the lock: threads run side by side on the cores', () => {
    expect(
      meanOf({ workerClass: 'gthread', threads: 2, gil: false, cores: 2 }, [
        [0, 12, 0],
        [0, 12, 0],
      ]),
    ).toBeCloseTo(12, 9);
  });

  it('gthread: requests go to the processes that are said to have taken them', () => {
    const requests = [
      [0, 10, 0],
      [0, 10, 0],
    ] as const;
    const mean = (...processes: number[]) =>
      meanOf({ workerClass: 'gthread', workers: 2, threads: 1, cores: 2 }, requests, {
        physics: { assignment: { processes: Int32Array.from(processes) } },
      });
    expect(mean(0, 1)).toBeCloseTo(10, 9);
    expect(mean(1, 1)).toBeCloseTo(15, 9);
  });

  it('gthread: a third request waits in its process for a thread', () => {
    expect(
      meanOf({ workerClass: 'gthread', threads: 2 }, [
        [0, 0, 50],
        [0, 0, 50],
        [10, 0, 50],
      ]),
    ).toBeCloseTo((50 + 50 + 90) / 3, 9);
  });

  it('gthread: the main thread takes and closes each connection in turns of its own', () => {
    // A part of the overhead is 1. Taken 0–1 and 1–2; first 2–7, second 7–12, first 12–16, second 16–20; closed at 21, 22.
    expect(
      meanOf(
        { workerClass: 'gthread', threads: 2 },
        [
          [0, 7, 0],
          [0, 7, 0],
        ],
        { overheadMs: 4 },
      ),
    ).toBeCloseTo((21 + 22) / 2, 9);
  });

  it('gthread: with a CPU to spare, a thread that computes takes the lock back at system calls', () => {
    const beside = (machineCores: number) =>
      meanOf(
        { workerClass: 'gthread', threads: 2 },
        [
          [0, 200, 0],
          [50, 0, 0],
        ],
        { overheadMs: 4, physics: { machineCores } },
      );
    // Taken 55–56, read and answered 61–63, closed 68–69; with lost locks, from 71 and from 88.
    expect(beside(1)).toBeCloseTo((208 + 19) / 2, 9);
    expect(beside(2)).toBeCloseTo((208 + 39) / 2, 9);
  });

  it('gthread: the main thread takes connections before a thread is free, and a thread goes on with the next request before it closes', () => {
    const two = (machineCores: number) =>
      meanOf(
        { workerClass: 'gthread', threads: 1 },
        [
          [0, 1, 5],
          [3, 1, 5],
        ],
        { overheadMs: 1, cpuOrder: 'before-waits', physics: { machineCores } },
      );
    // A part of the overhead is 0.25. First: taken to 0.25, computes to 1.5, waits to 6.5, answered at 6.75. Second: taken at 3.25;
    // computes 6.75–8, so that the first is closed at 8.25; waits to 13, answered at 13.25, closed at 13.5.
    expect(two(1)).toBeCloseTo((8.25 + 10.5) / 2, 9);
    // With a CPU to spare the main thread has the lock first: the first is closed at 7, the second at 13.75.
    expect(two(2)).toBeCloseTo((7 + 10.75) / 2, 9);
  });

  it.each(['gevent', 'eventlet', 'asgi', 'uvicorn'] as const)(
    '%s: bursts run to their end, in order',
    (workerClass) => {
      expect(
        meanOf({ workerClass, cores: 1 }, [
          [0, 30, 0],
          [1, 2, 0],
        ]),
      ).toBeCloseTo((30 + 31) / 2, 9);
      expect(
        meanOf({ workerClass }, [
          [0, 2, 50],
          [0, 2, 50],
        ]),
      ).toBeCloseTo((52 + 53) / 2, 9);
    },
  );

  it('tornado: waiting blocks its loop, and the others in it', () => {
    expect(
      meanOf({ workerClass: 'tornado' }, [
        [0, 2, 50],
        [0, 2, 50],
      ]),
    ).toBeCloseTo((52 + 104) / 2, 9);
  });

  it('gevent: with several workers a loop takes one connection a turn', () => {
    // Two processes, a CPU each, busy 0–10. Five wait: at 10 each loop takes one, at 12 each the next, at 14 the fifth.
    const waiting = Array.from({ length: 5 }, () => [1, 2, 0] as const);
    expect(
      meanOf({ workerClass: 'gevent', workers: 2, cores: 2 }, [[0, 10, 0], [0, 10, 0], ...waiting]),
    ).toBeCloseTo((10 + 10 + 2 * 11 + 2 * 13 + 15) / 7, 9);
    // The loop that ends first takes one of two, not both: the other loop, free at 4, takes the second.
    expect(
      meanOf({ workerClass: 'gevent', workers: 2, cores: 2 }, [
        [0, 3, 0],
        [0, 4, 0],
        [1, 20, 0],
        [1, 20, 0],
      ]),
    ).toBeCloseTo((3 + 4 + 22 + 23) / 4, 9);
  });

  it('gevent: a loop without room takes from the backlog once a request has left', () => {
    expect(
      meanOf({ workerClass: 'gevent', workerConnections: 1 }, [
        [0, 4, 0],
        [1, 4, 0],
      ]),
    ).toBeCloseTo((4 + 7) / 2, 9);
  });

  it('the server computes before the waits where the trace says so, and overhead has its place', () => {
    const cpuOrder = 'before-waits';
    // Loop: 8 computed, wait 20, nothing left. The second's burst runs 8–16.
    expect(
      meanOf(
        { workerClass: 'gevent' },
        [
          [0, 8, 20],
          [0, 8, 20],
        ],
        { cpuOrder },
      ),
    ).toBeCloseTo((28 + 36) / 2, 9);
    expect(meanOf({ workerClass: 'gevent' }, [[0, 8, 20]], { cpuOrder, overheadMs: 4 })).toBeCloseTo(32, 9);
    expect(meanOf({ workerClass: 'sync' }, [[0, 8, 20]], { cpuOrder, overheadMs: 4 })).toBeCloseTo(32, 9);
  });

  it('a quota freezes the cores when the budget of a period is spent', () => {
    // Half a core: 0–50 runs, frozen to 100, 100–130 runs.
    expect(meanOf({ workerClass: 'sync', cores: 0.5 }, [[0, 80, 0]])).toBeCloseTo(130, 9);
    // 1.5 cores, two workers at once: the 150 ms are spent at 75.
    expect(
      meanOf({ workerClass: 'sync', workers: 2, cores: 1.5 }, [
        [0, 80, 0],
        [0, 80, 0],
      ]),
    ).toBeCloseTo(105, 9);
    // The budget of a period that ends just as it is spent is followed by the next; what is not used is lost.
    expect(meanOf({ workerClass: 'sync', cores: 0.5 }, [[250, 80, 0]])).toBeCloseTo(80, 9);
    expect(meanOf({ workerClass: 'sync', cores: 0.5 }, [[90, 80, 0]])).toBeCloseTo(10 + 50 + 50 + 20, 9);
  });

  it('a request longer than the timeout of sync is killed, not answered', () => {
    const replay = new Replay(system({ workerClass: 'sync', timeoutMs: 100 }), {
      ioCalls: 1,
      overheadMs: 0,
      cpuOrder: 'even',
      seed: 1,
      physics: EXACT,
    });
    replay.add([
      { atMs: 0, cpuMs: 10, ioMs: 500 },
      { atMs: 1, cpuMs: 10, ioMs: 0 },
      { atMs: 2, cpuMs: 300, ioMs: 0 },
      { atMs: 3, cpuMs: 10, ioMs: 0 },
    ]);
    replay.work();
    replay.end();
    replay.work();
    const { timeoutProbability, meanMs } = replay.prediction(null, 1);
    expect(timeoutProbability).toBe(0.5);
    expect(meanMs).toBeCloseTo((109 + 217) / 2, 9);
  });

  it('refuses what finds the backlog full', () => {
    const replay = new Replay(system({ workerClass: 'sync', backlog: 1 }), {
      ioCalls: 1,
      overheadMs: 0,
      cpuOrder: 'even',
      seed: 1,
      physics: EXACT,
    });
    replay.add([0, 1, 2, 3].map((atMs) => ({ atMs, cpuMs: 10, ioMs: 0 })));
    replay.work();
    replay.end();
    replay.work();
    expect(replay.prediction(null, 1).rejectProbability).toBe(0.5);
  });
});
