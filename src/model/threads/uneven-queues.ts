import { shifted } from '../../math/laws/limited-mean.js';
import type { Problem } from '../problem.js';
import type { Share } from '../response/response.js';
import type { ConnectionWait } from '../types.js';
import { acceptShares } from './accept-shares.js';
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
  const { facility, cpu, io, cpuParts, inTurns, real } = problem;
  const { one, speed } = oneProcess(problem, ratePerMs);
  const shares = sharesAt(problem, ratePerMs).filter((share) => share > LEAST_SHARE);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const mixture: Share[] = [];
  let meanMs = 0;
  let waitProbability = 0;
  let connections: ConnectionWait | undefined;
  const known = new Map<number, Outcome>();
  for (const share of shares) {
    const weight = share / total;
    const requests = {
      ratePerMs: ratePerMs * weight,
      cpu: shifted(cpu, 0, 1 / speed),
      io,
      cpuParts,
      inTurns,
      real,
    };
    const outcome = known.get(weight) ?? sharedQueue(one, requests, facility.backlog);
    known.set(weight, outcome);
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

/** The largest rate that the process with the largest share still gets through, requests per ms; at most `even`, that of even shares. */
export function unevenCapacity(problem: Problem, even: number): number {
  const holds = (ratePerMs: number): boolean =>
    ratePerMs * sharesAt(problem, ratePerMs)[0]! <
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

function sharesAt({ facility, cpu }: Problem, ratePerMs: number): readonly number[] {
  const { processes, cores } = facility;
  return acceptShares(processes, cores, Math.min(1, (ratePerMs * cpu.mean) / Math.min(cores, processes)));
}

/** One of the processes, as slow as the others on its cores make it. */
function oneProcess({ facility, pool, cpu }: Problem, ratePerMs: number) {
  const { processes } = facility;
  const enough = pool.locked ? pool.cores >= processes : pool.cores >= processes * pool.threads;
  const speed = enough ? 1 : coreSpeed(pool, ratePerMs);
  const cores = pool.locked ? 1 : Math.min(pool.cores, pool.threads);
  return { one: { ...pool, processes: 1, cores, cpuMs: cpu.mean / speed }, speed };
}
