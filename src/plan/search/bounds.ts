import type { Kind } from '../../servers/server.js';
import { MOST_SLOTS, MOST_THREADS } from '../limits.js';
import { type Candidate, mostInFlight, mostWorkers, type Planning } from './candidate.js';
import { ceilSafely, processesForCores } from './demand.js';
import { allowed, shape } from './shape.js';
import { systemSlots } from './slots.js';

/** −ln 10⁻⁶: "nobody waits" means fewer than one request in a million. */
const NEGLIGIBLE_WAIT = 14;

/**
 * Beyond this many slots nobody waits for one, whatever the objective: enough for the load, for those that pile up at
 * busy cores and interpreter locks, whose number beyond n is about ρ^n, and to stay below the ceiling on their use.
 */
export function usefulSlots({ profile, demand }: Planning, processes = Number.POSITIVE_INFINITY): number {
  const load = demand.load!;
  const cpus = Math.min(profile.cores, profile.server.gil ? processes : Number.POSITIVE_INFINITY);
  const idle = 1 - (profile.workload.ratePerSecond! * demand.cpuMs) / 1000 / cpus;
  const piledUp = idle > 0 ? NEGLIGIBLE_WAIT / idle - NEGLIGIBLE_WAIT : MOST_SLOTS;
  const enough = Math.max(
    3 * load + 12 * Math.sqrt(load) + 16 + piledUp,
    load / (profile.objective.maxUtilization ?? 1),
  );
  return Math.min(MOST_SLOTS, Math.ceil(enough));
}

/** The most workers worth a look: what memory and database hold, up to what is useful, and never fewer than `low` for that. */
export const mostUsefulWorkers = (planning: Planning, low: number): number =>
  Math.min(mostWorkers(planning.profile, 1).workers, Math.max(low, usefulSlots(planning)));

/** The fewest processes, each busy for `busyMs` per request and no more than once at a time, that keep up with this rate. */
export function fewestWorkers({ profile, leastWorkers }: Planning, busyMs: number): number {
  return Math.max(leastWorkers, ceilSafely((profile.workload.ratePerSecond! * busyMs) / 1000));
}

/** The fewest processes whose interpreter locks keep up; more than there are cores would not help. */
export function fewestLocks({ profile, demand, leastWorkers }: Planning): number {
  const cpuLoad = (profile.workload.ratePerSecond! * demand.cpuMs) / 1000;
  return Math.max(leastWorkers, Math.min(ceilSafely(cpuLoad), processesForCores(profile.cores)));
}

/** Whether the ceiling on utilisation is exceeded whatever a model says of the queues. */
export function isTooBusy({ profile, demand }: Planning, candidate: Candidate): boolean {
  const { maxUtilization } = profile.objective;
  if (maxUtilization === null) return false;
  const cores = (profile.workload.ratePerSecond! * demand.cpuMs) / 1000 / profile.cores;
  return Math.max(cores, demand.load! / systemSlots(candidate)) > maxUtilization * (1 + 1e-9);
}

/** Everything memory allows, up to what is useful. */
export function largestAllowed(planning: Planning, kind: Kind): Candidate | null {
  const { profile, leastWorkers } = planning;
  const useful = Math.max(leastWorkers, usefulSlots(planning));
  const workers = Math.min(mostWorkers(profile, 1).workers, useful);
  for (let n = workers; n >= leastWorkers; n = Math.floor(n / 2)) {
    const threads = Math.max(1, mostInFlight(profile, n, Math.min(MOST_THREADS, Math.ceil(useful / n))));
    const candidate = shape(planning, kind, n, threads);
    if (allowed(planning, candidate)) return candidate;
  }
  return null;
}
