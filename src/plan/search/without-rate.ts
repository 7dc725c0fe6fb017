import type { Kind } from '../../servers/server.js';
import { MOST_SLOTS, MOST_THREADS } from '../limits.js';
import { type Candidate, mostInFlight, mostWorkers, type Planning } from './candidate.js';
import { processesForCores } from './demand.js';
import { allowed, shape } from './shape.js';

/** Above so many cores the split into processes and threads is not searched: one process per core. */
const MOST_PROCESSES_SEARCHED = 4096;

/** What a class would run if memory and database had no limit: slots that keep the cores busy. */
export function wantedWithoutRate(planning: Planning, kind: Kind): Candidate {
  const { profile, leastWorkers } = planning;
  const busySlots = Math.min(Math.max(planning.busySlots, leastWorkers), MOST_SLOTS);
  const processes = Math.min(Math.max(processesForCores(profile.cores), leastWorkers), MOST_SLOTS);
  switch (kind.concurrency) {
    case 'one':
      return shape(planning, kind, busySlots);
    case 'threads': {
      const workers = profile.server.gil ? Math.min(processes, busySlots) : leastWorkers;
      return shape(planning, kind, workers, Math.min(MOST_THREADS, Math.ceil(busySlots / workers)));
    }
    default:
      return shape(planning, kind, processes);
  }
}

/** The candidate nearest to the one wanted that memory and database allow; null where not even one worker fits. */
export function bestWithoutRate(planning: Planning, kind: Kind): Candidate | null {
  const wanted = wantedWithoutRate(planning, kind);
  const { concurrency } = kind;
  if (concurrency === 'threads') return splitIntoThreads(planning, wanted);
  const most = Math.min(wanted.workers, mostWorkers(planning.profile, 1).workers);
  for (let workers = most; workers >= 1; workers--) {
    const candidate = shape(planning, kind, workers);
    if (allowed(planning, candidate)) return candidate;
  }
  return null;
}

/** Of all splits that fit, the one of the highest capacity; of equals, the one with the most processes wanted. */
function splitIntoThreads(planning: Planning, wanted: Candidate): Candidate | null {
  if (allowed(planning, wanted)) return wanted;
  const { profile, demand, busySlots, leastWorkers } = planning;
  const most = Math.min(wanted.workers, mostWorkers(profile, 1).workers);
  const least = most > MOST_PROCESSES_SEARCHED ? most : Math.max(1, Math.min(most, leastWorkers));
  let best: Candidate | null = null;
  let bestCapacity = 0;
  for (let workers = most; workers >= least; workers--) {
    const threads = mostInFlight(profile, workers, Math.min(MOST_THREADS, Math.ceil(busySlots / workers)));
    if (threads < 1) continue;
    const bySlots = (workers * threads) / demand.serviceMs;
    const byLock = profile.server.gil && demand.cpuMs > 0 ? workers / demand.cpuMs : Number.POSITIVE_INFINITY;
    const capacity = Math.min(bySlots, byLock);
    if (capacity <= bestCapacity) continue;
    bestCapacity = capacity;
    best = shape(planning, wanted.kind, workers, threads);
  }
  return best;
}
