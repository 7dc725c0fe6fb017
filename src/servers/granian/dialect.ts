import { dialectOf, FIXED_NUMBER, PORT, portOf, WORKERS_UNWATCHED } from '../translation/dialect.js';
import { LEAST_BACKLOG } from './facts.js';

/** `--workers-lifetime` is at least that (granian/cli.py). */
const LEAST_LIFETIME_SECONDS = 60;

export const GRANIAN_DIALECT = dialectOf({
  means: {
    workers_graceful_timeout: { meaning: 'graceful' },
    interface: { meaning: 'interface', value: (spoken) => (spoken === 'wsgi' ? 'wsgi' : 'asgi') },
    port: PORT,
  },
  says: {
    interface: { name: 'interface' },
    workers: { name: 'workers' },
    threads: { name: 'blocking_threads' },
    connections: { name: 'backpressure', but: 'it counts idle connections, too' },
    backlog: {
      name: 'backlog',
      value: (backlog: number) => Math.max(LEAST_BACKLOG, backlog),
      but: `it is at least ${LEAST_BACKLOG}, and from 2.8 on each worker has one of its own`,
    },
    leastWorkers: FIXED_NUMBER,
    requestTimeout: { lacks: 'it ends no request: set a limit in the proxy' },
    workerTimeout: WORKERS_UNWATCHED,
    graceful: { name: 'workers_kill_timeout' },
    keepalive: { lacks: 'it has no idle timer of its own' },
    maxRequests: {
      lacks: 'it replaces workers by age (workers-lifetime) or size (workers-max-rss), not by requests',
    },
    maxRequestsJitter: { lacks: 'it has no spread of restarts; they follow one another' },
    lifetime: {
      name: 'workers_lifetime',
      value: (seconds: number) => Math.max(LEAST_LIFETIME_SECONDS, seconds),
    },
    maxRss: {
      name: 'workers_max_rss',
      but: 'the successor starts before the old worker ends: one worker more for a while',
    },
    preload: { lacks: 'each worker loads the application by itself, so that no memory is shared' },
    address: { name: 'port', value: portOf, but: 'the address is --host' },
    loop: { name: 'loop' },
  },
  alone: {
    respawn_failed_workers: 'other servers start a worker that died again by themselves',
    host: 'the address it listens at',
    runtime_threads: 'its own threads',
    threading_mode: 'its own threads',
    runtime_mode: 'its own threads',
    http: 'the version of HTTP',
  },
});
