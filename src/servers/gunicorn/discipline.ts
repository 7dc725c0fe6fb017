import type { Discipline, Facility } from '../../model/discipline.js';
import type { WorkerClass } from './worker-class.js';

/** One Gunicorn as it runs: what is fixed while requests come and go. */
export interface System {
  readonly workerClass: WorkerClass;
  /** Gunicorn's major version. */
  readonly gunicorn: number;
  /** Worker processes, ≥ 1. */
  readonly workers: number;
  /** Threads per process, ≥ 1; counts for gthread alone. */
  readonly threads: number;
  readonly workerConnections: number;
  /** Length of the listen backlog asked for. */
  readonly backlog: number;
  /** CPU in cores, fractional where a quota says so; > 0. */
  readonly cores: number;
  readonly gil: boolean;
  /** Worker timeout in ms; 0 is off. */
  readonly timeoutMs: number;
}

/** What models and simulator are asked about: the system's worker class, spelled out, on its cores. */
export const facilityOf = (system: System): Facility => ({
  ...disciplineOf(system),
  cores: system.cores,
});

const UNLIMITED = Number.POSITIVE_INFINITY;
/** sync waits until the client has closed the connection: about 0.1 ms on one machine (*measured*). */
const SYNC_HOLD_MS = 0.1;
/** asyncio's own listen backlog: asgi has no other, whatever `backlog` says. */
const ASGI_BACKLOG = 100;
/** gevent's `max_accept`; Gunicorn sets 1 when there is more than one worker. */
const GEVENT_ACCEPT = 100;
/** Tornado's own limit on connections taken at one turn. */
const TORNADO_ACCEPT = 128;
/**
 * A gthread request's system calls give up the lock: some ten before it computes and as many before its connection is
 * closed (gunicorn/workers/gthread.py). Measured on two CPUs (Gunicorn 26, CPython 3.11) with one thread computing all the
 * time, a request waits 6.6 to 7 times for the lock, 3.8 to 4.3 of them before its answer; on one CPU 1.3 times. Three are
 * the turns to accept, to compute and to close.
 */
const LOCK_LOSSES = { reading: 2, closing: 2 };
const NO_LOSSES = { reading: 0, closing: 0 };

/** The processes of a worker class (FACTS: gunicorn/workers/*.py). */
export function disciplineOf(system: Omit<System, 'cores'>): Discipline {
  const { workerClass, workers, threads, workerConnections, backlog, gil, timeoutMs } = system;
  const base = {
    processes: workers,
    backlog,
    sharing: 'evenly',
    acceptsAtOnce: UNLIMITED,
    holdMs: 0,
    killAfterMs: UNLIMITED,
  } as const;
  const loop = {
    ...base,
    slots: UNLIMITED,
    accepts: 'between-turns',
    front: { by: 'turn' },
    computes: 'to-next-wait',
  } as const;
  switch (workerClass) {
    case 'sync':
      return {
        ...base,
        slots: 1,
        connections: 1,
        accepts: 'when-free',
        front: { by: 'service' },
        computes: 'one-at-a-time',
        holdMs: SYNC_HOLD_MS,
        killAfterMs: timeoutMs > 0 ? timeoutMs : UNLIMITED,
      };
    case 'gthread':
      return {
        ...base,
        slots: Math.min(threads, workerConnections),
        connections: workerConnections,
        accepts: workerConnections > threads ? 'eagerly' : 'when-free',
        sharing: 'woken-together',
        front: { by: 'main-thread', lockLosses: gil ? LOCK_LOSSES : NO_LOSSES },
        computes: gil ? 'under-lock' : 'in-parallel',
      };
    case 'gevent':
      return { ...loop, connections: workerConnections, acceptsAtOnce: workers > 1 ? 1 : GEVENT_ACCEPT };
    case 'eventlet':
      return { ...loop, connections: workerConnections };
    case 'tornado':
      return {
        ...loop,
        slots: 1,
        connections: UNLIMITED,
        acceptsAtOnce: TORNADO_ACCEPT,
        front: { by: 'service' },
      };
    case 'asgi':
      return { ...loop, connections: UNLIMITED, backlog: ASGI_BACKLOG };
    case 'uvicorn':
      return { ...loop, connections: UNLIMITED };
  }
}
