import type { System } from './types.js';

/** How requests reach the processes: one queue for all, a queue per process, or the shortest of them. */
type Queueing = 'shared' | 'split' | 'loops' | 'batches';
/** Who computes: threads without a lock, threads that take turns (5 ms), or bursts that run to their next wait. */
export type Turns = 'parallel' | 'switching' | 'run-to-wait';

/** A worker class reduced to what decides its queues. */
export interface Shape {
  readonly processes: number;
  /** Requests in service at once per process; infinite for event loops without a limit. */
  readonly slots: number;
  readonly turns: Turns;
  readonly queueing: Queueing;
  readonly cores: number;
  /** Requests that a process takes, in service or in its own queue. */
  readonly connections: number;
  /** Requests that may wait unaccepted; beyond, connections are refused. */
  readonly backlog: number;
  /** Whether an event loop takes all that wait at once, and not one by one. */
  readonly takesAll: boolean;
}

/** asyncio's own listen backlog, whatever Gunicorn's `backlog` says. */
const ASGI_BACKLOG = 100;

export function shapeOf(system: System): Shape {
  const { workers: processes, threads, workerConnections, cores, backlog, gil } = system;
  const base = { processes, cores, backlog, connections: Number.POSITIVE_INFINITY, takesAll: true };
  switch (system.workerClass) {
    case 'sync':
      return { ...base, slots: 1, turns: 'run-to-wait', queueing: 'shared' };
    case 'gthread':
      return {
        ...base,
        slots: Math.min(threads, workerConnections),
        connections: workerConnections,
        turns: gil && threads > 1 ? 'switching' : threads > 1 ? 'parallel' : 'run-to-wait',
        queueing: workerConnections <= threads || processes === 1 ? 'shared' : 'split',
      };
    case 'tornado':
      return { ...base, slots: 1, turns: 'run-to-wait', queueing: 'batches' };
    case 'gevent':
      return {
        ...base,
        slots: workerConnections,
        turns: 'run-to-wait',
        queueing: 'loops',
        takesAll: processes === 1,
      };
    case 'eventlet':
      return { ...base, slots: workerConnections, turns: 'run-to-wait', queueing: 'loops' };
    case 'asgi':
      return {
        ...base,
        slots: Number.POSITIVE_INFINITY,
        turns: 'run-to-wait',
        queueing: 'loops',
        backlog: ASGI_BACKLOG,
      };
    case 'uvicorn':
      return { ...base, slots: Number.POSITIVE_INFINITY, turns: 'run-to-wait', queueing: 'loops' };
  }
}
