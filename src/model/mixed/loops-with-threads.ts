import { type Problem, slowed } from '../problem.js';
import type { Share } from '../response/response.js';
import type { Line } from '../response/response-parts.js';
import { type Outcome, type Requests, sharedQueue } from '../threads/shared-queue.js';
import { type AtLoop, throughLoop, weighted } from './at-loop.js';
import { lockOf, type Mixed, mixedAt } from './at-rate.js';
import type { LockShares } from './shared-lock.js';
import { atUnevenSpeed } from './uneven-speed.js';

/** What becomes of requests on loops and in threads beside them. */
export interface MixedOutcome {
  readonly waitProbability: number;
  readonly meanMs: number;
  readonly mixture: readonly Share[];
}

/**
 * Loops that hand some requests to threads of their process. Each kind meets the other at the interpreter's lock ({@link
 * lockShares}): a loop's bursts take longer, as those of a slower loop; the threads have a part of a core, by how many want
 * it. What runs in threads waits in the loop's line twice, to be taken and to be answered. Null where it is too much.
 */
export function loopsWithThreads(problem: Problem, ratePerMs: number): MixedOutcome | null {
  const mixed = mixedAt(problem, ratePerMs);
  const lock = lockOf(mixed);
  const loop = throughLoop(mixed, lock);
  const pool = throughPool(mixed, lock);
  if (!loop || !pool.stable || !pool.parts) return null;
  const { pooledShare } = mixed;
  const passing = passingOf(mixed, loop);
  const pooledMs = pool.meanMs + passing.meanMs;
  const { parts } = pool;
  const waits = 1 - (1 - loop.waitProbability) * (1 - pool.waitProbability);
  return {
    waitProbability: (1 - pooledShare) * loop.waitProbability + pooledShare * waits,
    meanMs: (1 - pooledShare) * loop.meanMs + pooledShare * pooledMs,
    mixture: atUnevenSpeed(mixed, [
      ...weighted(loop.parts, 1 - pooledShare),
      {
        weight: pooledShare,
        parts: () => {
          const own = parts();
          return { ...own, lines: [...(own.lines ?? []), ...passing.lines] };
        },
      },
    ]),
  };
}

/** What passes the loop twice waits for it each time. */
function passingOf(
  { passingMs }: Mixed,
  { firstMs, laterMs, busy, waitProbability, stretch }: AtLoop,
): { readonly meanMs: number; readonly lines: readonly Line[] } {
  const line = (probability: number, meanMs: number): Line => ({
    busy: probability,
    meanMs,
    visits: 1,
    linked: 0,
  });
  return {
    meanMs: firstMs + laterMs + 2 * passingMs * stretch,
    lines: [line(waitProbability, firstMs + passingMs * stretch), line(busy, laterMs + passingMs * stretch)],
  };
}

/** The threads of one process, with their part of its core. */
function throughPool(
  { pooled, poolRate, slower, loopRate, looped, passingMs, problem }: Mixed,
  lock: LockShares,
): Outcome {
  const { pool, cpu, io, cpuParts, inTurns, real } = slowed(pooled, slower);
  const loopLoad = slower * (loopRate * looped.cpu.mean + 2 * poolRate * passingMs);
  const requests: Requests = { ratePerMs: poolRate, cpu, io, cpuParts, inTurns, real };
  const shared = pool.locked && problem.pool.locked;
  return sharedQueue(
    shared
      ? { ...pool, ownCore: lock.threadsShare, burstScv: (u) => pool.burstScv(Math.min(1, u + loopLoad)) }
      : pool,
    requests,
    Number.POSITIVE_INFINITY,
  );
}
