import type { Policy } from '../policy.js';
import type { RequestPool } from '../request-pool.js';
import type { Threads } from './threads.js';

/**
 * The threads of each process's pool. The one that has been idle longest takes the next request; a new one, which begins
 * where the main thread is, is started only when none is idle (concurrent.futures.ThreadPoolExecutor).
 */
export class PoolThreads {
  private readonly pool: RequestPool;
  private readonly threads: Threads;
  private readonly idle: readonly number[][];

  constructor(pool: RequestPool, threads: Threads, processes: number) {
    this.pool = pool;
    this.threads = threads;
    this.idle = Array.from({ length: processes }, () => []);
  }

  /** A thread of the pool takes the request. */
  enter(request: number, process: number): void {
    const thread = this.idle[process]!.shift() ?? this.threads.add(this.threads.core[process]!);
    this.pool.thread[request] = thread;
  }

  /** The request's thread is free again. */
  leave(request: number, process: number): void {
    this.idle[process]!.push(this.pool.thread[request]!);
  }
}

/** The threads of the pools, where those that serve are others than those that take connections, and it matters where they run. */
export const poolThreadsOf = (policy: Policy, pool: RequestPool, threads: Threads): PoolThreads | null => {
  const { scheduler, closeMs, slots, computes, processes } = policy;
  const isPooled = closeMs > 0 || (slots > 1 && computes !== 'to-next-wait');
  return scheduler === 'linux' && isPooled ? new PoolThreads(pool, threads, processes) : null;
};
