import { version } from '../version.js';

/** 2.1 was never released. */
export const UWSGI_VERSIONS = { oldest: version(2), newest: version(2) };

/** core/init.c, core/uwsgi.c, core/socket.c of 2.0.30. */
export const UWSGI_DEFAULTS = {
  workers: 1,
  threads: 1,
  workerConnections: null,
  backlog: 100,
  timeoutMs: 0,
  /** A stop ends requests in flight (core/uwsgi.c: kill_them_all); `worker-reload-mercy` is of reloads. */
  gracefulTimeoutMs: 0,
  keepaliveMs: 0,
} as const;
