import { shifted } from './limited-mean.js';
import { percentiles, type Share } from './response.js';
import { sharedQueue } from './shared-queue.js';
import type { Problem } from './solve.js';
import { coreSpeed } from './split-queues.js';
import type { ResponseTimes } from './types.js';

/**
 * How unevenly the processes of gthread take connections while each has room: the share of each process is this part of
 * its predecessor's. Measured on Gunicorn 26, one core: 40 / 29 / 20 / 10 % (four processes), 37 / 30 / 22 / 11 %,
 * 32 / 29 / 24 / 14 %, 29 / 24 / 17 / 11 / 7 / 5 / 4 / 3 % (eight); this law gives 37 / 27 / 20 / 15 and
 * 29 / 21 / 16 / 12 / 9 / 6 / 5 / 3. With two processes the split is milder (54 / 46 %, 55 / 45 %), with a core for each even.
 */
export const SHARE_RATIO = 0.74;

/** Shares of the arrivals, largest first; they sum to 1. */
export function skewedShares(processes: number): readonly number[] {
  const ratio = processes === 2 ? Math.sqrt(SHARE_RATIO) : SHARE_RATIO;
  const shares = Array.from({ length: processes }, (_, i) => ratio ** i);
  const total = shares.reduce((sum, v) => sum + v, 0);
  return shares.map((v) => v / total);
}

/** Response times where the processes' shares are skewed; null where the busiest is then overloaded. */
export function skewedTimes(problem: Problem, ratePerMs: number): ResponseTimes | null {
  const { shape, pool, cpu, io, cpuParts, inTurns } = problem;
  const { processes } = shape;
  if (processes > MOST_PROCESSES) return null;
  const enough = pool.locked ? pool.cores >= processes : pool.cores >= processes * pool.threads;
  const slowed = enough ? 1 : coreSpeed(pool, ratePerMs);
  const one = {
    ...pool,
    processes: 1,
    cores: pool.locked ? 1 : Math.min(pool.cores, pool.threads),
    cpuMs: cpu.mean / slowed,
  };
  const shares: Share[] = [];
  let meanMs = 0;
  for (const weight of skewedShares(processes)) {
    const requests = {
      ratePerMs: ratePerMs * weight,
      cpu: shifted(cpu, 0, 1 / slowed),
      io,
      cpuParts,
      inTurns,
    };
    const outcome = sharedQueue(one, requests, Number.POSITIVE_INFINITY);
    if (!outcome.parts) return null;
    meanMs += weight * outcome.meanMs;
    shares.push({ weight, parts: outcome.parts });
  }
  return { meanMs, ...percentiles(shares, 4 * meanMs) };
}

/** Beyond this many the busiest process takes so much that the tail of the shares does not matter. */
const MOST_PROCESSES = 64;
