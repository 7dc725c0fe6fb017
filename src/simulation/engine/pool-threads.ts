import type { RequestPool } from './request-pool.js';

/**
 * The threads of each process's pool, by the core where each ran last. The one that has been idle longest takes the next
 * request; a new one, which begins where the main thread is, only when none is idle (concurrent.futures.ThreadPoolExecutor).
 */
export class PoolThreads {
  private readonly pool: RequestPool;
  private readonly idle: readonly number[][];

  constructor(pool: RequestPool, processes: number) {
    this.pool = pool;
    this.idle = Array.from({ length: processes }, () => []);
  }

  /** The main thread hands a request to the pool. */
  enter(request: number, process: number): void {
    const core = this.idle[process]!.shift();
    if (core !== undefined) this.pool.core[request] = core;
  }

  /** The request's thread is free again. */
  leave(request: number, process: number): void {
    this.idle[process]!.push(this.pool.core[request]!);
  }
}
