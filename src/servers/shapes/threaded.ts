import { type Discipline, MAIN_THREAD } from '../../model/discipline.js';
import type { Circumstances, Configuration } from '../server.js';

const UNLIMITED = Number.POSITIVE_INFINITY;

/** Processes whose threads each take a connection only when they are free, all from one kernel queue: M/G/c. */
export function slotsDiscipline(
  { workers, threads }: Pick<Configuration, 'workers' | 'threads'>,
  { gil }: Pick<Circumstances, 'gil'>,
  { backlog, killAfterMs = UNLIMITED }: { readonly backlog: number; readonly killAfterMs?: number },
): Discipline {
  return {
    processes: workers,
    slots: threads,
    connections: threads,
    backlog,
    accepts: 'when-free',
    acceptsAtOnce: 1,
    sharing: 'evenly',
    front: { by: 'service' },
    computes: threads === 1 ? 'one-at-a-time' : gil ? 'under-lock' : 'in-parallel',
    holdMs: 0,
    killAfterMs,
  };
}

/** Processes that take connections as they come, into a pool of threads with a queue of its own. */
export function poolDiscipline(
  { workers, threads }: Pick<Configuration, 'workers' | 'threads'>,
  { gil }: Pick<Circumstances, 'gil'>,
  { backlog, connections }: { readonly backlog: number; readonly connections: number },
): Discipline {
  return {
    processes: workers,
    slots: threads,
    connections,
    backlog,
    accepts: 'eagerly',
    acceptsAtOnce: UNLIMITED,
    sharing: 'evenly',
    front: MAIN_THREAD,
    computes: gil ? 'under-lock' : 'in-parallel',
    holdMs: 0,
    killAfterMs: UNLIMITED,
  };
}
