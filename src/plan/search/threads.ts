import type { Kind } from '../../servers/server.js';
import { MOST_THREADS } from '../limits.js';
import { fewestLocks, fewestWorkers, mostUsefulWorkers, usefulSlots } from './bounds.js';
import { type Candidate, mostInFlight, mostWorkers, type Planning } from './candidate.js';
import { ceilSafely } from './demand.js';
import { fewestThatHold, holds, type Least, missOf, type Search } from './search.js';
import { shape } from './shape.js';
import { type Smallest, smallest } from './smallest.js';

/** Response times within a hundredth of each other are alike. */
const TIE = 0.01;

/**
 * The least memory of a class with threads: the fewest processes for which some number of threads meets the objective, then
 * the fewest threads for them, then more processes with fewer threads as long as those take less.
 */
export function leastThreads(search: Search): Least {
  const { planning } = search;
  const low = planning.profile.server.gil ? fewestLocks(planning) : planning.leastWorkers;
  const workers = fewestProcesses(search, low, mostUsefulWorkers(planning, low));
  if (workers === null) return { best: null, below: null };
  const { value: threads, below } = fewestThreads(search, workers);
  if (threads === null) return { best: null, below: null };
  const first = {
    best: at(search, workers, threads),
    below: below === null ? oneProcessLess(search, workers, low) : at(search, workers, below),
  };
  return planning.profile.memory.perThreadMiB === 0 ? first : cheaperSplit(search, first);
}

const at = ({ planning, kind }: Search, workers: number, threads: number): Candidate =>
  shape(planning, kind, workers, threads);

/** Threads per process that the load needs at least. */
const neededThreads = ({ planning }: Search, workers: number): number =>
  Math.max(1, ceilSafely(planning.demand.load! / workers));

/** Threads per process that memory and database hold, up to what is useful. */
function mostThreads({ planning }: Pick<Search, 'planning'>, workers: number): number {
  const useful = Math.ceil(usefulSlots(planning, workers) / workers);
  return mostInFlight(planning.profile, workers, Math.min(MOST_THREADS, useful));
}

/** By what factor so many processes miss the objective with the best of two numbers of threads: few more than the load needs, and all that fit. */
function missWith(search: Search, workers: number): number {
  const [fewest, most] = [neededThreads(search, workers), mostThreads(search, workers)];
  if (most < fewest) return Number.POSITIVE_INFINITY;
  const few = missOf(search, at(search, workers, Math.min(most, 2 * fewest + 2)));
  return few === 0 ? 0 : Math.min(few, missOf(search, at(search, workers, most)));
}

const fewestThreads = (search: Search, workers: number): Smallest =>
  smallest(neededThreads(search, workers), mostThreads(search, workers), (threads) =>
    holds(search, at(search, workers, threads)),
  );

/** Processes that are looked at one by one where what fits is not found by bisection. */
const MOST_LOOKED_AT = 200;

/** The fewest processes that can serve. More of them leave fewer threads where those cost memory or connections, so that more need not be better. */
function fewestProcesses(search: Search, low: number, high: number): number | null {
  const { value } = fewestThatHold(search, [low, high], (workers) => missWith(search, workers));
  const { memory, server } = search.planning.profile;
  if (value !== null || (memory.perThreadMiB === 0 && server.dbMaxConnections === null)) return value;
  const last = Math.min(high, low + MOST_LOOKED_AT);
  for (let workers = low; workers <= last; workers++) if (missWith(search, workers) === 0) return workers;
  return null;
}

function oneProcessLess(search: Search, workers: number, low: number): Candidate | null {
  if (workers <= low) return null;
  const fewer = workers - 1;
  return at(search, fewer, Math.max(1, Math.min(mostThreads(search, fewer), neededThreads(search, fewer))));
}

/**
 * More processes with fewer threads each cost less where a thread costs memory and contention is high. With fewer threads
 * than are looked at, or fewer processes of one thread, there are fewer slots than the load takes.
 */
function cheaperSplit(search: Search, first: Least & { readonly best: Candidate }): Least {
  const memory = (candidate: Candidate): number => search.planning.memoryOf(candidate).memoryMiB!;
  let found = first;
  for (;;) {
    const workers = found.best.workers + 1;
    const { value: threads, below } = fewestThreads(search, workers);
    if (threads === null) return found;
    const best = at(search, workers, threads);
    if (memory(best) >= memory(found.best)) return found;
    found = {
      best,
      below: threads > 1 ? at(search, workers, below ?? threads - 1) : at(search, workers - 1, 1),
    };
  }
}

/**
 * Threads that cost nothing are added as long as they shorten the p95: the fewest within a hundredth of the shortest that
 * was found by doubling.
 */
export function addFreeThreads(search: Search, least: Candidate): Candidate {
  const { planning } = search;
  const { workers, threads } = least;
  if (planning.profile.memory.perThreadMiB > 0 || planning.profile.server.dbMaxConnections !== null)
    return least;
  const most = mostThreads(search, workers);
  const p95 = (n: number): number => {
    const evaluated = planning.evaluate(at(search, workers, n));
    return planning.meets(evaluated) ? evaluated.prediction.p95Ms! : Number.POSITIVE_INFINITY;
  };
  let best = threads;
  for (let next = 2 * best; best < most; next = 2 * best) {
    const tried = Math.min(next, most);
    if (p95(tried) >= p95(best) * (1 - TIE)) break;
    best = tried;
  }
  const { value } = smallest(threads, best, (n) => p95(n) <= p95(best) * (1 + TIE));
  return at(search, workers, value ?? best);
}

/** The fewest workers of so many threads that meet the objective; null where no number does. */
export function fewestOfThreads(planning: Planning, kind: Kind, threads: number): Candidate | null {
  const { demand, profile } = planning;
  const withThreads = (workers: number): Candidate => shape(planning, kind, workers, threads);
  const low = fewestWorkers(planning, Math.max(demand.cpuMs, demand.serviceMs / threads));
  const high = Math.min(
    mostWorkers(profile, threads).workers,
    Math.max(low, Math.ceil(usefulSlots(planning) / threads)),
  );
  const { value } = smallest(low, high, (workers) => planning.meets(planning.evaluate(withThreads(workers))));
  return value === null ? null : withThreads(value);
}
