import { version } from '../version.js';

export const UWSGI_VERSIONS = { oldest: version(2), newest: version(2, 1) };

/** core/init.c, core/uwsgi.c, core/socket.c of 2.0.30. */
export const UWSGI_DEFAULTS = {
  workers: 1,
  threads: 1,
  workerConnections: null,
  backlog: 100,
  timeoutMs: 0,
  /** `worker-reload-mercy`. */
  gracefulTimeoutMs: 60_000,
  keepaliveMs: 0,
} as const;
