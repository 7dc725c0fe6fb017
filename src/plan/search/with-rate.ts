import { factsOf } from '../../servers/gunicorn/kinds.js';
import type { WorkerClass } from '../../servers/gunicorn/worker-class.js';
import { MOST_SLOTS, MOST_THREADS } from '../limits.js';
import { type Candidate, type Evaluated, mostInFlight, mostWorkers, type Planning } from './candidate.js';
import { ceilSafely, processesForCores } from './demand.js';
import { bestOfHopeless, hopelessness } from './hopeless.js';
import { allowed, shape } from './shape.js';
import { systemSlots } from './slots.js';
import { smallest, smallestNear } from './smallest.js';

export interface Found {
  /** null where nothing fits memory and database. */
  readonly best: Evaluated | null;
  readonly met: boolean;
  /** The next smaller configuration, which misses the objective; null where there is none. */
  readonly below: Evaluated | null;
}

/** The configuration of a class that meets the objective with the least memory; else the one that misses it least. */
export function bestWithRate(planning: Planning, workerClass: WorkerClass): Found {
  const hopeless = hopelessness(planning);
  if (hopeless) return bestOfHopeless(planning, hopeless, workerClass, bestWithRate);
  const seen: Candidate[] = [];
  const found =
    leastNearby(planning, workerClass) ??
    least(planning, workerClass, (candidate) => {
      if (allowed(planning, candidate)) seen.push(candidate);
      return meets(planning, candidate);
    });
  if (found.best) {
    planning.fewest.set(workerClass, found.best.workers);
    const below = found.below ? planning.evaluate(found.below) : null;
    return { best: planning.evaluate(found.best), met: true, below };
  }
  const last = largestAllowed(planning, workerClass);
  if (last) seen.push(last);
  const best = closest(seen.map(planning.evaluate));
  return { best: best && planning.evaluate(best.candidate), met: false, below: null };
}

/** Whether some configuration of a class meets the objective: the largest tells at once where one of middling size is not the best. */
export function canMeet(planning: Planning, workerClass: WorkerClass): boolean {
  if (hopelessness(planning)) return false;
  const largest = largestAllowed(planning, workerClass);
  return (largest !== null && meets(planning, largest)) || bestWithRate(planning, workerClass).met;
}

const meets = (planning: Planning, candidate: Candidate): boolean =>
  allowed(planning, candidate) &&
  !isTooBusy(planning, candidate) &&
  planning.evaluate(candidate).verdict!.met;

/** Whether the ceiling on utilisation is exceeded whatever a model says of the queues. */
function isTooBusy(planning: Planning, candidate: Candidate): boolean {
  const { profile, demand } = planning;
  const { maxUtilization } = profile.objective;
  if (maxUtilization === null) return false;
  const cores = (profile.workload.ratePerSecond! * demand.cpuMs) / 1000 / profile.cores;
  return Math.max(cores, demand.load! / systemSlots(candidate)) > maxUtilization * (1 + 1e-9);
}

function least(planning: Planning, workerClass: WorkerClass, holds: Meets): Least {
  return factsOf(workerClass).concurrency === 'threads'
    ? leastThreads(planning, workerClass, holds)
    : leastWorkers(planning, workerClass, holds, smallest);
}

/** Classes whose answers lie close together: where the one ended the other begins. */
const LIKE: Partial<Record<WorkerClass, WorkerClass>> = {
  eventlet: 'gevent',
  tornado: 'sync',
  asgi: 'gevent',
  uvicorn: 'asgi',
};

/** The least of a class that resembles one already searched; null where nothing from there on meets the objective. */
function leastNearby(planning: Planning, workerClass: WorkerClass): Least | null {
  const like = LIKE[workerClass];
  const start = like && planning.fewest.get(like);
  if (start === undefined) return null;
  const found = leastWorkers(
    planning,
    workerClass,
    (candidate) => meets(planning, candidate),
    (low, high, holds) => smallestNear(start, low, high, holds),
  );
  return found.best && found;
}

/** Of those that miss the objective least, within a hundredth, the one with the least memory and the fewest slots. */
function closest(seen: readonly Evaluated[]): Evaluated | null {
  const least = Math.min(...seen.map((e) => e.verdict!.score));
  const cost = ({ memoryMiB, candidate }: Evaluated) =>
    [memoryMiB ?? 0, candidate.workers * candidate.threads] as const;
  return seen
    .filter((e) => e.verdict!.score <= least * 1.01)
    .reduce<Evaluated | null>((best, next) => {
      if (!best) return next;
      const [[bestMemory, bestSlots], [memory, slots]] = [cost(best), cost(next)];
      return memory < bestMemory || (memory === bestMemory && slots < bestSlots) ? next : best;
    }, null);
}

/** The fewest gthread workers of so many threads that meet the objective; null where no number does. */
export function fewestOfThreads(planning: Planning, threads: number): Candidate | null {
  const at = (workers: number): Candidate => shape(planning, 'gthread', workers, threads);
  const low = fewestWorkers(planning, Math.max(planning.demand.cpuMs, planning.demand.serviceMs / threads));
  const high = Math.min(
    mostWorkers(planning.profile, threads).workers,
    Math.max(low, Math.ceil(usefulSlots(planning) / threads)),
  );
  const { value } = smallest(low, high, (workers) => planning.evaluate(at(workers)).verdict!.met);
  return value === null ? null : at(value);
}

interface Least {
  readonly best: Candidate | null;
  readonly below: Candidate | null;
}

type Meets = (candidate: Candidate) => boolean;

/** ln of the share of requests, about a millionth, that may wait for a slot where nobody is said to. */
const HARDLY_ANYBODY = 14;

/**
 * Beyond this many slots nobody waits for one, whatever the objective: enough for the load, for those that pile up at
 * busy cores and interpreter locks, whose number beyond n is about ρ^n, and to stay below the ceiling on their use.
 */
function usefulSlots({ profile, demand }: Planning, processes = Number.POSITIVE_INFINITY): number {
  const load = demand.load!;
  const cpus = Math.min(profile.cores, profile.server.gil ? processes : Number.POSITIVE_INFINITY);
  const idle = 1 - (profile.workload.ratePerSecond! * demand.cpuMs) / 1000 / cpus;
  const piledUp = idle > 0 ? HARDLY_ANYBODY / idle - HARDLY_ANYBODY : MOST_SLOTS;
  const enough = Math.max(
    3 * load + 12 * Math.sqrt(load) + 16 + piledUp,
    load / (profile.objective.maxUtilization ?? 1),
  );
  return Math.min(MOST_SLOTS, Math.ceil(enough));
}

/** The fewest processes, each busy for `busyMs` per request and no more than once at a time, that keep up with this rate. */
function fewestWorkers(planning: Planning, busyMs: number): number {
  const rate = planning.profile.workload.ratePerSecond!;
  return Math.max(1, ceilSafely((rate * busyMs) / 1000));
}

/** The fewest processes whose interpreter locks keep up; more than there are cores would not help. */
function fewestLocks({ profile, demand }: Planning): number {
  const cpuLoad = (profile.workload.ratePerSecond! * demand.cpuMs) / 1000;
  return Math.max(1, Math.min(ceilSafely(cpuLoad), processesForCores(profile.cores)));
}

function leastWorkers(
  planning: Planning,
  workerClass: WorkerClass,
  holds: Meets,
  search: typeof smallest,
): Least {
  const { demand, profile } = planning;
  const one = factsOf(workerClass).concurrency === 'one';
  const low = one ? fewestWorkers(planning, demand.serviceMs) : fewestLocks(planning);
  const high = Math.min(mostWorkers(profile, 1).workers, Math.max(low, usefulSlots(planning)));
  const { value, below } = search(low, high, (workers) => holds(shape(planning, workerClass, workers)));
  return {
    best: value === null ? null : shape(planning, workerClass, value),
    below: below === null ? null : shape(planning, workerClass, below),
  };
}

/** Fewest processes for which some number of threads meets the objective, then the fewest threads for them. */
function leastThreads(planning: Planning, workerClass: WorkerClass, holds: Meets): Least {
  const { demand, profile } = planning;
  const useful = usefulSlots(planning);
  const low = profile.server.gil ? fewestLocks(planning) : 1;
  const high = Math.min(mostWorkers(profile, 1).workers, Math.max(low, useful));
  const most = (workers: number): number =>
    mostInFlight(
      profile,
      workers,
      Math.min(MOST_THREADS, Math.ceil(usefulSlots(planning, workers) / workers)),
    );
  const enough = (workers: number): number => Math.max(1, ceilSafely(demand.load! / workers));
  const at = (workers: number, threads: number): Candidate => shape(planning, workerClass, workers, threads);
  const possible = (workers: number): boolean => {
    const [fewest, top] = [enough(workers), most(workers)];
    if (top < fewest) return false;
    return holds(at(workers, Math.min(top, 2 * fewest + 2))) || holds(at(workers, top));
  };
  const threadsFor = (workers: number) =>
    smallest(enough(workers), most(workers), (threads) => holds(at(workers, threads)));
  const { value: workers } = smallest(low, high, possible);
  if (workers === null) return { best: null, below: null };
  const { value: threads, below } = threadsFor(workers);
  if (threads === null) return { best: null, below: null };
  const first = at(workers, threads);
  const fewer =
    below !== null
      ? at(workers, below)
      : workers > low
        ? at(workers - 1, Math.max(1, Math.min(most(workers - 1), enough(workers - 1))))
        : null;
  return cheaperSplit(planning, { best: first, below: fewer }, threadsFor, at);
}

/**
 * More processes with fewer threads each cost less where a thread costs memory and contention is high. With fewer threads than
 * `threadsFor` looks at, or fewer processes of one thread, there are fewer slots than the load takes.
 */
function cheaperSplit(
  planning: Planning,
  first: Least & { readonly best: Candidate },
  threadsFor: (workers: number) => ReturnType<typeof smallest>,
  at: (workers: number, threads: number) => Candidate,
): Least {
  const memory = (candidate: Candidate): number => planning.room(candidate).memoryMiB!;
  let found = first;
  if (planning.profile.memory.perThreadMiB === 0) return found;
  for (;;) {
    const workers = found.best.workers + 1;
    const { value: threads, below } = threadsFor(workers);
    if (threads === null) return found;
    const best = at(workers, threads);
    if (memory(best) >= memory(found.best)) return found;
    found = { best, below: threads > 1 ? at(workers, below ?? threads - 1) : at(workers - 1, 1) };
  }
}

/** Everything memory allows, up to what is useful. */
function largestAllowed(planning: Planning, workerClass: WorkerClass): Candidate | null {
  const { profile } = planning;
  const useful = usefulSlots(planning);
  const workers = Math.min(mostWorkers(profile, 1).workers, useful);
  for (let n = workers; n >= 1; n = Math.floor(n / 2)) {
    const threads = Math.max(1, mostInFlight(profile, n, Math.min(MOST_THREADS, Math.ceil(useful / n))));
    const candidate = shape(planning, workerClass, n, threads);
    if (allowed(planning, candidate)) return candidate;
  }
  return null;
}
