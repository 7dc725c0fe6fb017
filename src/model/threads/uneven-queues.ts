import { shifted } from '../../math/laws/limited-mean.js';
import type { Problem } from '../problem.js';
import type { Share } from '../response/response.js';
import type { ConnectionWait } from '../types.js';
import { acceptShares, shareWhileFull } from './accept-shares.js';
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
  const shares = sharesAt(problem, ratePerMs).filter((share) => share > LEAST_SHARE);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const whenFullPerMs = whenFullAt(problem, ratePerMs);
  if (whenFullPerMs !== null) {
    const first = solved((shares[0]! / total) * ratePerMs, whenFullPerMs);
    const weight = first.stable ? first.arrivals! / ratePerMs : 1;
    return [
      { weight, outcome: first },
      { weight: 1 - weight, outcome: solved((1 - weight) * ratePerMs) },
    ];
  }
  const known = new Map<number, Outcome>();
  return shares.map((share) => {
    const weight = share / total;
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

/** The largest rate that the process with the largest share still gets through, requests per ms; at most `even`, that of even shares. */
export function unevenCapacity(problem: Problem, even: number): number {
  const holds = (ratePerMs: number): boolean =>
    (whenFullAt(problem, ratePerMs) ?? ratePerMs * sharesAt(problem, ratePerMs)[0]!) <
    new ThreadPool(oneProcess(problem, ratePerMs).one).saturation;
  if (holds(NEARLY * even)) return even;
  let [low, high] = [0, even];
  for (let n = 0; n < HALVINGS; n++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

const NEARLY = 0.999;
const HALVINGS = 20;

const sharesAt = (problem: Problem, ratePerMs: number): readonly number[] =>
  acceptShares(problem.facility.processes, problem.facility.cores, loadAt(problem, ratePerMs));

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
