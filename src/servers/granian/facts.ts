import { version } from '../version.js';

export const GRANIAN_VERSIONS = { oldest: version(1, 4), newest: version(2, 8) };

/** granian/server/common.py; README.md. */
export const GRANIAN_DEFAULTS = {
  workers: 1,
  threads: 1,
  workerConnections: null,
  backlog: 1024,
  timeoutMs: 0,
  /** `--workers-kill-timeout` is off: it waits for ever. */
  gracefulTimeoutMs: 0,
  keepaliveMs: 0,
} as const;

/** What is set lower is raised to it. */
export const LEAST_BACKLOG = 128;

/** Time between the start of a worker's successor and its own end. */
export const RESPAWN_SECONDS = 3.5;

/**
 * From 2.8 each worker listens by itself on Linux TCP, and the kernel spreads connections over them by a hash; from 2.3 to
 * 2.7 all wait on one listener (granian/server/common.py, src/net.rs).
 */
export const listensAlone = (of: number): boolean => of >= version(2, 8);

/** Connections that a worker holds at a time where nothing is set. */
export const backpressureOf = (backlog: number, workers: number): number =>
  Math.max(1, Math.floor(backlog / Math.max(1, workers)));

/** Threads of a worker's WSGI pool where nothing is set: half of its backpressure. */
export const blockingThreadsOf = (backlog: number, workers: number): number =>
  Math.max(1, Math.floor(backpressureOf(backlog, workers) / 2));
