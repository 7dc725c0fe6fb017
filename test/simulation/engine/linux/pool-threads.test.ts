import { describe, expect, it } from 'vitest';
import { PoolThreads } from '../../../../src/simulation/engine/linux/pool-threads.js';
import { Threads } from '../../../../src/simulation/engine/linux/threads.js';
import { RequestPool } from '../../../../src/simulation/engine/request-pool.js';

describe('the threads of a pool', () => {
  it('begin where their main thread is, and are used again by how long they have been idle', () => {
    const pool = new RequestPool();
    const threads = new Threads(2, 8);
    const serving = new PoolThreads(pool, threads, 2);
    const [first, second, third] = [pool.take(), pool.take(), pool.take()];
    const threadOf = (request: number, mainCore: number): number => {
      threads.core[0] = mainCore;
      serving.enter(request, 0);
      return pool.thread[request]!;
    };
    const [one, other] = [threadOf(first, 3), threadOf(second, 1)];
    expect([threads.core[one], threads.core[other]]).toEqual([3, 1]);
    serving.leave(second, 0);
    serving.leave(first, 0);
    expect(threadOf(third, 7)).toBe(other);
    expect(threadOf(first, 7)).toBe(one);
    expect(threads.core[threadOf(second, 7)]).toBe(7);
  });
});
