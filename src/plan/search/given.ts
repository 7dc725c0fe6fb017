import { serverNamed } from '../../servers/index.js';
import type { Kind } from '../../servers/server.js';
import { fixedKind, kindThatRuns } from '../kinds.js';
import type { Candidate, Evaluated, Planning } from './candidate.js';
import { mostWorkers } from './candidate.js';
import { shape } from './shape.js';
import { fewestOfThreads } from './threads.js';

/**
 * The configuration that the user fixed: workers with threads (the server's own where not given), or threads alone,
 * for which the workers are then chosen. Workers alone beside a recommendation take its kind and threads. null where
 * nothing is fixed.
 */
export function givenConfiguration(
  planning: Planning,
  recommended: Candidate | null = null,
): Evaluated | null {
  const { fixed, server } = planning.profile;
  if (fixed.workers === null && fixed.threads === null) return null;
  const asked = fixedKind(planning.profile);
  if (recommended && fixed.workers !== null && fixed.threads === null && asked === null)
    return planning.evaluate(shape(planning, recommended.kind, fixed.workers, recommended.threads));
  const kind = kindThatRuns(planning.profile, asked, fixed.threads ?? 1);
  const threads = kind.fixedThreads ?? fixed.threads ?? serverNamed(kind.server).defaults.threads;
  const threaded = kind.concurrency === 'threads';
  const candidate: Candidate = {
    kind,
    workers: kind.isSingle ? 1 : (fixed.workers ?? workersFor(planning, kind, threads)),
    threads: threaded ? threads : (kind.fixedThreads ?? 1),
    workerConnections: server.workerConnections,
  };
  return planning.evaluate(candidate);
}

function workersFor(planning: Planning, kind: Kind, threads: number): number {
  const { demand, busySlots, profile } = planning;
  const most = Math.max(1, mostWorkers(profile, threads).workers);
  if (demand.load === null) return Math.min(most, Math.max(1, Math.ceil(busySlots / threads)));
  return fewestOfThreads(planning, kind, threads)?.workers ?? most;
}
