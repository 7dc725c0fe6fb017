import { shifted } from '../../math/laws/limited-mean.js';
import type { Problem } from '../problem.js';
import type { Share } from '../response/response.js';
import type { ConnectionWait } from '../types.js';
import { acceptShares, shareWhileFull } from './accept-shares.js';
import { lastStable } from './last-stable.js';
import { type Outcome, sharedQueue } from './shared-queue.js';
import { coreSpeed } from './split-queues.js';
import { ThreadPool } from './thread-pool.js';

/** Processes with queues of their own and uneven shares of the arrivals, put together. */
export interface Uneven {
  readonly mixture: readonly Share[];
  readonly meanMs: number;
  readonly waitProbability: number;
  readonly connections?: ConnectionWait | undefined;
}

/** Below this share of the arrivals a process is left out: its requests do not show in any percentile. */
const LEAST_SHARE = 1e-3;

/** Each process by itself, with its share of the arrivals; null where the busiest is overloaded. */
export function unevenQueues(problem: Problem, ratePerMs: number): Uneven | null {
  const processes = processesOf(problem, ratePerMs);
  const mixture: Share[] = [];
  let meanMs = 0;
  let waitProbability = 0;
  let connections: ConnectionWait | undefined;
  for (const { weight, outcome } of processes) {
    if (!outcome.parts) return null;
    mixture.push({ weight, parts: outcome.parts });
    meanMs += weight * outcome.meanMs;
    waitProbability += weight * outcome.waitProbability;
    if (outcome.connections) {
      const { probability, meanMs } = outcome.connections;
      connections = {
        probability: (connections?.probability ?? 0) + weight * probability,
        meanMs: (connections?.meanMs ?? 0) + weight * meanMs,
      };
    }
  }
  return { mixture, meanMs, waitProbability, connections };
}

/** What each process does with its share of the requests, `weight`, the one with the largest first. */
function processesOf(
  problem: Problem,
  ratePerMs: number,
): readonly { readonly weight: number; readonly outcome: Outcome }[] {
  const solved = solverOf(problem, ratePerMs);
  const weights = weightsAt(problem, ratePerMs);
  const whenFullPerMs = whenFullAt(problem, ratePerMs);
  if (whenFullPerMs !== null) {
    const first = solved(weights[0]! * ratePerMs, whenFullPerMs);
    const weight = first.stable ? first.arrivals! / ratePerMs : 1;
    return [
      { weight, outcome: first },
      { weight: 1 - weight, outcome: solved((1 - weight) * ratePerMs) },
    ];
  }
  const known = new Map<number, Outcome>();
  return weights.map((weight) => {
    const outcome = known.get(weight) ?? solved(weight * ratePerMs);
    known.set(weight, outcome);
    return { weight, outcome };
  });
}

/** One of the processes, as slow as the others make it at this rate, with requests of its own. */
function solverOf(problem: Problem, ratePerMs: number) {
  const { facility, cpu, io, cpuParts, inTurns, real } = problem;
  const { one, speed } = oneProcess(problem, ratePerMs);
  const slowed = shifted(cpu, 0, 1 / speed);
  return (eachPerMs: number, whenFullPerMs?: number): Outcome =>
    sharedQueue(
      one,
      { ratePerMs: eachPerMs, whenFullPerMs, cpu: slowed, io, cpuParts, inTurns, real },
      facility.backlog,
    );
}

/**
 * What comes to the first of two processes while all its threads are busy, per ms; null where that is no other than else. The
 * second gets the rest, and while its threads are all busy as well, both take half.
 */
function whenFullAt(problem: Problem, ratePerMs: number): number | null {
  const { processes, cores } = problem.facility;
  const share = shareWhileFull(processes, cores, loadAt(problem, ratePerMs));
  if (share === null) return null;
  const bothFull = solverOf(problem, ratePerMs)((1 - share) * ratePerMs).waitProbability;
  return ratePerMs * (share - bothFull * (share - 0.5));
}

/**
 * The largest rate that the process with the largest share still gets through, requests per ms; at most `even`, that of even
 * shares.
 *
 * @param at the problem as it is at a rate.
 */
export function unevenCapacity(at: (ratePerMs: number) => Problem, even: number): number {
  return lastStable((ratePerMs) => {
    const problem = at(ratePerMs);
    const most = whenFullAt(problem, ratePerMs) ?? ratePerMs * weightsAt(problem, ratePerMs)[0]!;
    return (ratePerMs / most) * new ThreadPool(oneProcess(problem, ratePerMs).one).saturation;
  }, even);
}

/** Shares of the requests of the processes that have any to speak of, largest first. */
function weightsAt(problem: Problem, ratePerMs: number): readonly number[] {
  const { processes, cores } = problem.facility;
  const shares = acceptShares(processes, cores, loadAt(problem, ratePerMs)).filter(
    (share) => share > LEAST_SHARE,
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

/** Busy share of the CPUs that the processes can use. */
const loadAt = ({ facility: { processes, cores }, cpu }: Problem, ratePerMs: number): number =>
  Math.min(1, (ratePerMs * cpu.mean) / Math.min(cores, processes));

/** One of the processes, as slow as the others on its cores make it. */
function oneProcess({ facility, pool, cpu }: Problem, ratePerMs: number) {
  const { processes } = facility;
  const enough = pool.locked ? pool.cores >= processes : pool.cores >= processes * pool.threads;
  const speed = enough ? 1 : coreSpeed(pool, ratePerMs);
  const cores = pool.locked ? 1 : Math.min(pool.cores, pool.threads);
  return { one: { ...pool, processes: 1, cores, cpuMs: cpu.mean / speed }, speed };
}
