import { describe, expect, test } from 'vitest';
import type { Values } from '../../../src/input/options.js';
import { planned } from '../simple-model.js';

const MACHINE = { cores: 2, mem: 10_000, perWorker: 100 } as const;
const answer = (values: Values) => {
  const { boundBy, why } = planned({ ...MACHINE, ...values }).recommendation!;
  return [boundBy, why];
};

describe('why this, without a rate', () => {
  test('the rule, where nothing is known of the waiting', () => {
    expect(answer({ workerClass: 'sync' })).toEqual([
      'heuristic',
      '5 workers, by the rule (2 × cores) + 1 = 5, because nothing is known of the waiting: --io-ratio refines it, and --rate with --slo replaces it by a prediction.',
    ]);
    // A class that serves any number of requests in a process needs no more of them than cores.
    expect(answer({ workerClass: 'uvicorn' })[1]).toMatch(
      /^2 workers for the cores, by the rule \(2 × cores\) \+ 1 = 5, /,
    );
  });

  test('the cores, where it is', () => {
    expect(answer({ workerClass: 'sync', ioRatio: 0.5 })).toEqual([
      'cpu',
      '4 workers, because cores × (1 + wait/compute) = 4 slots keep 2 cores busy: to do better needs more cores or less CPU time per request.',
    ]);
    expect(answer({ workerClass: 'sync', ioRatio: 1 })).toEqual([
      'heuristic',
      '5 workers, by the rule (2 × cores) + 1 = 5, because a request that only waits keeps no core busy: --rate gives the number it needs.',
    ]);
  });

  test('availability, where the second process has more slots than keep the cores busy', () => {
    const one = { cores: 1, workerClass: 'sync', ioRatio: 0 } as const;
    expect(answer(one)).toEqual([
      'availability',
      '2 workers, because cores × (1 + wait/compute) = 1 slots keep 1 core busy: to do better needs more cores or less CPU time per request. The second process is there to serve while the other restarts.',
    ]);
    // Two processes of two threads are the four slots that one of four would have.
    const [bound, why] = answer({ cores: 1, workerClass: 'gthread', ioRatio: 0.75 });
    expect([bound, why]).toEqual([
      'cpu',
      expect.stringMatching(/^2 workers × 2 threads, .* The second process is there/),
    ]);
    expect(answer({ workerClass: 'sync', ioRatio: 0 })[1]).not.toContain('The second process');
  });

  test('memory, with what the class wants and how much memory that takes', () => {
    expect(answer({ workerClass: 'sync', mem: 350 })[1]).toMatch(
      /^3 workers, because memory holds no more: with 500 MiB the CPU rule's 5 would fit\./,
    );
    expect(answer({ workerClass: 'sync', mem: 350, ioRatio: 0.5 })[1]).toContain(
      'with 400 MiB the 4 slots of cores × (1 + wait/compute) would fit.',
    );
    expect(answer({ workerClass: 'sync', mem: 350, ioRatio: 1 })[1]).toContain("the CPU rule's 5 would fit.");
    expect(answer({ workerClass: 'gthread', mem: 150, ioRatio: 0.9, lean: true })[1]).toContain(
      'with 200 MiB 2 workers × 10 threads (the 20 slots of cores × (1 + wait/compute)) would fit.',
    );
    expect(answer({ workerClass: 'gevent', mem: 150 })[1]).toContain(
      "with 200 MiB 2 workers (the CPU rule's 5) would fit.",
    );
  });

  test('the database, with what the class wants of it', () => {
    const connections = { workerClass: 'sync', dbMaxConnections: 3 } as const;
    expect(answer(connections)).toEqual([
      'connections',
      "3 workers, because the database takes no more than 3 connections from 1 replica: with 5 connections the CPU rule's 5 would do.",
    ]);
    expect(answer({ ...connections, replicas: 3 })[1]).toMatch(
      /^1 worker, because the database takes no more than 3 connections from 3 replicas: with 15 connections/,
    );
  });
});
