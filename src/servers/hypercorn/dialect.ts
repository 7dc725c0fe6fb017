import { type Dialect, means } from '../translation/dialect.js';

export const HYPERCORN_DIALECT: Dialect = {
  means: means({
    workers: 'workers',
    backlog: 'backlog',
    graceful_timeout: 'graceful',
    keep_alive: 'keepalive',
    max_requests: 'maxRequests',
    max_requests_jitter: 'maxRequestsJitter',
    worker_class: 'loop',
    bind: 'address',
  }),
  says: {
    interface: { name: 'interface', value: () => null },
    workers: { name: 'workers' },
    threads: {
      lacks:
        'synchronous code runs in a pool that the application sets: 40 threads per process in Starlette and FastAPI',
    },
    connections: { lacks: 'it has no limit of connections or requests' },
    backlog: { name: 'backlog' },
    leastWorkers: { lacks: 'the number of its workers is fixed; let the platform scale copies' },
    requestTimeout: {
      lacks: 'it ends no request: set a limit in the proxy, or a timeout in the application',
    },
    workerTimeout: { lacks: 'it does not watch whether a worker answers; let the platform do so' },
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
};
