import { version } from '../version.js';

export const HYPERCORN_VERSIONS = { oldest: version(0, 13), newest: version(0, 18) };

/** `--max-requests`. */
export const RECYCLES_SINCE = version(0, 14);
/** `--max-requests-jitter`. */
export const JITTER_SINCE = version(0, 16);

/** src/hypercorn/config.py. */
export const HYPERCORN_DEFAULTS = {
  workers: 1,
  threads: 1,
  workerConnections: null,
  backlog: 100,
  timeoutMs: 0,
  gracefulTimeoutMs: 3_000,
  keepaliveMs: 5_000,
} as const;
