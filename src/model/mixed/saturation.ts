import { type Problem, slowed } from '../problem.js';
import { ThreadPool } from '../threads/thread-pool.js';
import { lockOf, mixedAt } from './at-rate.js';

/** Largest rate of requests per ms: until the CPU, a loop, or the threads can do no more. */
export function mixedSaturation(problem: Problem): number {
  const { pooledShare, looped, passingMs } = problem.mixed!;
  const { cpus } = new ThreadPool(problem.pool);
  const onLoopMs = (1 - pooledShare) * looped.cpu.mean + 2 * pooledShare * passingMs;
  const most = Math.min(
    cpus / problem.cpu.mean,
    Math.min(problem.facility.processes, problem.facility.cores) / onLoopMs,
  );
  let [low, high] = [0, most];
  for (let n = 0; n < SATURATION_HALVINGS && high - low > 1e-3 * high; n++) {
    const rate = n === 0 ? 0.998 * most : (low + high) / 2;
    if (threadsSuffice(problem, rate)) low = rate;
    else high = rate;
  }
  return high;
}

const SATURATION_HALVINGS = 12;

/** Whether threads that all have a request get through as many as come. */
function threadsSuffice(problem: Problem, ratePerMs: number): boolean {
  const mixed = mixedAt(problem, ratePerMs);
  const { pooled, poolRate, slower } = mixed;
  const { threads, cpuParts } = pooled.pool;
  const { mean: ioMs } = pooled.io;
  if (ioMs === 0 && threads > 1) return true;
  const returns = (wanting: number): number => ((threads - wanting) * cpuParts) / ioMs;
  const ownCore = pooled.pool.locked && ioMs > 0 ? lockOf(mixed, returns).threadsShare : undefined;
  const pool = slowed(pooled, slower).pool;
  return new ThreadPool(ownCore ? { ...pool, ownCore } : pool).saturation > poolRate;
}
