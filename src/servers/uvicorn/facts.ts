import { version } from '../version.js';

/** Versions that the facts were read from; what differs before 0.30 is that a worker which died was not replaced. */
export const OLDEST_UVICORN = version(0, 15);
export const NEWEST_UVICORN = version(0, 51);

/** The supervisor asks each worker for a sign of life (docs/release-notes.md). */
export const RESPAWNS_SINCE = version(0, 30);
/** `--timeout-graceful-shutdown`. */
export const GRACEFUL_SINCE = version(0, 22);
/** `--limit-max-requests-jitter`. */
export const JITTER_SINCE = version(0, 41);
/** The parent imports the application too, and keeps it. */
export const EXTRA_COPY = { since: version(0, 47), until: version(0, 49) };

/** uvicorn/config.py, uvicorn/main.py. */
export const UVICORN_DEFAULTS = {
  workers: 1,
  threads: 1,
  workerConnections: null,
  backlog: 2048,
  timeoutMs: 0,
  /** It waits for requests in flight for ever. */
  gracefulTimeoutMs: 0,
  keepaliveMs: 5_000,
} as const;

/** `--timeout-worker-healthcheck`. */
export const HEALTHCHECK_SECONDS = 5;
