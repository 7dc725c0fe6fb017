import {
  BY_KIND,
  dialectOf,
  ENDS_NO_REQUEST,
  FIXED_NUMBER,
  NO_LIMIT,
  POOL_OF_APPLICATION,
  WORKERS_UNWATCHED,
} from '../translation/dialect.js';

export const HYPERCORN_DIALECT = dialectOf({
  says: {
    interface: BY_KIND,
    workers: { name: 'workers' },
    threads: POOL_OF_APPLICATION,
    connections: NO_LIMIT,
    backlog: { name: 'backlog' },
    leastWorkers: FIXED_NUMBER,
    requestTimeout: ENDS_NO_REQUEST,
    workerTimeout: WORKERS_UNWATCHED,
    graceful: { name: 'graceful_timeout' },
    keepalive: { name: 'keep_alive' },
    maxRequests: { name: 'max_requests' },
    maxRequestsJitter: { name: 'max_requests_jitter' },
    lifetime: { lacks: 'it replaces workers after a number of requests (max_requests), not by age' },
    maxRss: { lacks: 'it watches no memory of workers, and one that is killed for it ends the server' },
    preload: {
      lacks:
        'its workers are started afresh and load the application by themselves, so that no memory is shared',
    },
    address: { name: 'bind' },
    loop: { name: 'worker_class' },
  },
  alone: {
    config: 'its own file',
    access_logfile: 'a matter of the access log',
    error_logfile: 'a matter of the log',
    log_level: 'a matter of the log',
  },
});
