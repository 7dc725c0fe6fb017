import { serverNamed } from '../../servers/index.js';
import type { Kind } from '../../servers/server.js';
import { type Candidate, inFlightPerWorker, mostInFlight, mostWorkers, type Planning } from './candidate.js';

/** The configuration of a kind with so many workers and threads, as far as it has a choice of them, its `worker_connections` chosen where they matter. */
export function shape(planning: Planning, kind: Kind, asked: number, wanted = 1): Candidate {
  const { concurrency } = kind;
  const workers = kind.isSingle ? 1 : asked;
  const threads = kind.fixedThreads ?? wanted;
  const { server } = planning.profile;
  switch (concurrency) {
    case 'threads':
      return {
        kind,
        workers,
        threads,
        workerConnections: kind.sharesByLimit
          ? (server.workerConnections ?? sharedQueueConnections(workers, threads))
          : ownLimit(planning, kind),
      };
    case 'connections':
      return {
        kind,
        workers,
        threads: 1,
        workerConnections: server.workerConnections ?? heldConnections(planning, kind, workers),
      };
    default:
      return { kind, workers, threads: kind.fixedThreads ?? 1, workerConnections: ownLimit(planning, kind) };
  }
}

/** The limit on connections that was asked for, of a server that has one and none by itself. */
const ownLimit = ({ profile }: Planning, { server }: Kind): number | null =>
  serverNamed(server).connectionSetting === undefined ? null : profile.server.workerConnections;

/**
 * Several gthread processes that accept no more than they have threads share one queue, the kernel's backlog;
 * a single one has one queue anyway and may keep connections alive.
 */
const sharedQueueConnections = (workers: number, threads: number): number | null =>
  workers > 1 ? threads : null;

/** As many as memory and the database hold for an event loop; null where the server's default does. */
function heldConnections({ profile }: Planning, { server }: Kind, workers: number): number | null {
  const usual = serverNamed(server).defaults.workerConnections!;
  const most = mostInFlight(profile, workers, usual);
  return most >= usual ? null : Math.max(1, most);
}

/** Whether memory and the database allow a configuration. */
export function allowed(planning: Planning, candidate: Candidate): boolean {
  return candidate.workers <= mostWorkers(planning.profile, inFlightPerWorker(planning, candidate)).workers;
}
