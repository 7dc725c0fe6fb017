import { shifted } from '../../math/laws/limited-mean.js';
import { sharesOf } from '../discipline.js';
import { percentiles, type Share } from '../response/response.js';
import type { Problem } from '../solve.js';
import type { ResponseTimes } from '../types.js';
import { sharedQueue } from './shared-queue.js';
import { coreSpeed } from './split-queues.js';

/** Response times where the processes' shares are skewed; null where the busiest is then overloaded. */
export function skewedTimes(problem: Problem, ratePerMs: number): ResponseTimes | null {
  const { facility, pool, cpu, io, cpuParts, inTurns, real } = problem;
  const { processes, shareRatio } = facility;
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
  for (const weight of sharesOf(processes, shareRatio)) {
    const requests = {
      ratePerMs: ratePerMs * weight,
      cpu: shifted(cpu, 0, 1 / slowed),
      io,
      cpuParts,
      inTurns,
      real,
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
