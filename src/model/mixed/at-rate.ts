import { SWITCH_INTERVAL_MS } from '../linux.js';
import type { MixedProblem, Problem } from '../problem.js';
import { coreSpeed } from '../threads/split-queues.js';
import { type Bursts, type LockShares, type LockUse, lockShares } from './shared-lock.js';

/** A mixed problem as it is at one rate. */
export interface Mixed extends MixedProblem {
  readonly problem: Problem;
  /** Requests per ms of one process, on its loop and in its threads. */
  readonly loopRate: number;
  readonly poolRate: number;
  /** How long CPU takes because the cores are shared with other processes, as a multiple. */
  readonly slower: number;
  /** From 0, where every process has a core, to 1, where the cores are what all wait for. */
  readonly crowded: number;
}

export function mixedAt(problem: Problem, ratePerMs: number): Mixed {
  const { facility, pool, mixed, cpu } = problem;
  const perProcess = ratePerMs / facility.processes;
  const { pooledShare } = mixed!;
  const speed = facility.cores < facility.processes || !pool.locked ? coreSpeed(pool, ratePerMs) : 1;
  return {
    ...mixed!,
    problem,
    loopRate: perProcess * (1 - pooledShare),
    poolRate: perProcess * pooledShare,
    slower: 1 / speed,
    crowded: Math.min(1, (1 - speed) / (1 - perProcess * cpu.mean)),
  };
}

/** How the loop and the threads of a process share its lock; without a lock both have what they want. */
export function lockOf(mixed: Mixed, returns?: (wanting: number) => number): LockShares {
  const { looped, pooled, loopRate, poolRate, slower, passingMs, problem } = mixed;
  const { cpuParts, threads } = pooled.pool;
  const own = burstsOf(looped, slower);
  const passing = passingMs > 0 ? 2 * poolRate : 0;
  const ratePerMs = loopRate * looped.cpuParts + passing;
  const mean = (ofOwn: number, ofPassing: number): number =>
    (loopRate * looped.cpuParts * ofOwn + passing * ofPassing) / ratePerMs;
  const loop = {
    ratePerMs,
    meanMs: mean(own.meanMs, passingMs * slower),
    turnMs: mean(own.turnMs, passingMs * slower),
  };
  if (!pooled.pool.locked && pooled.facility.computes === 'in-parallel') return unlockedLoop(loop);
  const bursts = burstsOf(pooled, slower);
  const load = poolRate * cpuParts * bursts.meanMs;
  const sharesWith = (arrivals: LockUse['threads']['arrivals']): LockShares =>
    lockShares({ loop, threads: { ...bursts, most: threads, load, arrivals } });
  if (returns) return sharesWith(returns);
  const anytime = sharesWith(() => poolRate * cpuParts);
  return problem.facility.processes === 1 ? anytime : sharesWith(toIdleLoops(mixed, anytime.loopBusy));
}

/** New requests go to an idle loop where there is one: to a busy one only if all others are as well. */
function toIdleLoops(
  { pooled, poolRate, problem, crowded }: Mixed,
  loopBusy: number,
): LockUse['threads']['arrivals'] {
  const returning = poolRate * (pooled.pool.cpuParts - 1);
  const whenBusy = crowded + (1 - crowded) * loopBusy ** (problem.facility.processes - 1);
  const whenIdle = (1 - loopBusy * whenBusy) / (1 - loopBusy);
  return (_, isBusy) => returning + poolRate * (isBusy ? whenBusy : whenIdle);
}

/** M/M/1. */
function unlockedLoop({
  ratePerMs,
  meanMs,
}: {
  readonly ratePerMs: number;
  readonly meanMs: number;
}): LockShares {
  const loopBusy = Math.min(1 - 1e-9, ratePerMs * meanMs);
  return { loopBusy, atLoop: loopBusy / (1 - loopBusy), threadsShare: () => 1 };
}

/** The bursts that a request's CPU comes in; who holds the lock gives way after the switch interval. */
function burstsOf({ cpu, cpuParts }: Problem, slower: number): Bursts {
  const times = cpuParts / slower;
  return {
    meanMs: cpu.mean / times,
    turnMs: cpu.limitedMean(SWITCH_INTERVAL_MS * times) / times,
  };
}
