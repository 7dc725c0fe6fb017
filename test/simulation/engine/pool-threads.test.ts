import { describe, expect, it } from 'vitest';
import { PoolThreads } from '../../../src/simulation/engine/pool-threads.js';
import { RequestPool } from '../../../src/simulation/engine/request-pool.js';

describe('the threads of a pool', () => {
  it('begin where their main thread is, and are used again by how long they have been idle', () => {
    const pool = new RequestPool();
    const threads = new PoolThreads(pool, 2);
    const [first, second, third] = [pool.take(), pool.take(), pool.take()];
    const coreOf = (request: number, mainCore: number): number => {
      pool.core[request] = mainCore;
      threads.enter(request, 0);
      return pool.core[request]!;
    };
    expect(coreOf(first, 3)).toBe(3);
    expect(coreOf(second, 1)).toBe(1);
    pool.core[second] = 2;
    threads.leave(second, 0);
    pool.core[first] = 5;
    threads.leave(first, 0);
    expect(coreOf(third, 7)).toBe(2);
    expect(coreOf(first, 7)).toBe(5);
    expect(coreOf(second, 7)).toBe(7);
  });
});
