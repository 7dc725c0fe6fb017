import { classThatRuns } from '../../profile/server.js';
import { factsOf } from '../../servers/gunicorn/kinds.js';
import type { Candidate, Evaluated, Planning } from './candidate.js';
import { mostWorkers } from './candidate.js';
import { shape } from './shape.js';
import { fewestOfThreads } from './threads.js';

/**
 * The configuration that the user fixed: workers with threads (Gunicorn's 1 where not given), or threads alone,
 * for which the workers are then chosen. Workers alone beside a recommendation take its class and threads. null where
 * nothing is fixed.
 */
export function givenConfiguration(
  planning: Planning,
  recommended: Candidate | null = null,
): Evaluated | null {
  const { fixed, server } = planning.profile;
  if (fixed.workers === null && fixed.threads === null) return null;
  if (recommended && fixed.workers !== null && fixed.threads === null && fixed.workerClass === null) {
    const { workerClass, threads } = recommended;
    return planning.evaluate(shape(planning, workerClass, fixed.workers, threads));
  }
  const threads = fixed.threads ?? 1;
  const workerClass = classThatRuns(fixed.workerClass, threads);
  const threaded = factsOf(workerClass).concurrency === 'threads';
  const candidate: Candidate = {
    workerClass,
    workers: fixed.workers ?? workersFor(planning, threads),
    threads: threaded ? threads : 1,
    workerConnections: server.workerConnections,
  };
  return planning.evaluate(candidate);
}

function workersFor(planning: Planning, threads: number): number {
  const { demand, busySlots, profile } = planning;
  const most = Math.max(1, mostWorkers(profile, threads).workers);
  if (demand.load === null) return Math.min(most, Math.max(1, Math.ceil(busySlots / threads)));
  return fewestOfThreads(planning, threads)?.workers ?? most;
}
