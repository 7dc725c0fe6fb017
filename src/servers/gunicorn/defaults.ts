/** Major versions of Gunicorn that the facts about servers were read from. */
export const OLDEST_GUNICORN = 20;
export const NEWEST_GUNICORN = 26;

/** Defaults of Gunicorn, unchanged from 20 to 26 (gunicorn/config.py). Durations in ms. */
export const GUNICORN_DEFAULTS = {
  workers: 1,
  threads: 1,
  workerConnections: 1000,
  backlog: 2048,
  timeoutMs: 30_000,
  gracefulTimeoutMs: 30_000,
  keepaliveMs: 2_000,
} as const;
