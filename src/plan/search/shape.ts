import { GUNICORN_DEFAULTS } from '../../servers/gunicorn/defaults.js';
import { factsOf } from '../../servers/gunicorn/kinds.js';
import type { WorkerClass } from '../../servers/gunicorn/worker-class.js';
import { type Candidate, inFlightPerWorker, mostInFlight, mostWorkers, type Planning } from './candidate.js';

/** The configuration of a class with so many workers and threads, its `worker_connections` chosen where they matter. */
export function shape(planning: Planning, workerClass: WorkerClass, workers: number, threads = 1): Candidate {
  const { concurrency } = factsOf(workerClass);
  const { server } = planning.profile;
  switch (concurrency) {
    case 'threads':
      return {
        workerClass,
        workers,
        threads,
        workerConnections: server.workerConnections ?? sharedQueueConnections(workers, threads),
      };
    case 'connections':
      return {
        workerClass,
        workers,
        threads: 1,
        workerConnections: server.workerConnections ?? heldConnections(planning, workers),
      };
    default:
      return { workerClass, workers, threads: 1, workerConnections: null };
  }
}

/**
 * Several gthread processes that accept no more than they have threads share one queue, the kernel's backlog;
 * a single one has one queue anyway and may keep connections alive.
 */
const sharedQueueConnections = (workers: number, threads: number): number | null =>
  workers > 1 ? threads : null;

/** As many as memory and the database hold for an event loop; null where Gunicorn's default does. */
function heldConnections({ profile }: Planning, workers: number): number | null {
  const most = mostInFlight(profile, workers, GUNICORN_DEFAULTS.workerConnections);
  return most >= GUNICORN_DEFAULTS.workerConnections ? null : Math.max(1, most);
}

/** Whether memory and the database allow a configuration. */
export function allowed(planning: Planning, candidate: Candidate): boolean {
  return candidate.workers <= mostWorkers(planning.profile, inFlightPerWorker(planning, candidate)).workers;
}
