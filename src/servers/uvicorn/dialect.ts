import {
  BY_KIND,
  dialectOf,
  ENDS_NO_REQUEST,
  FIXED_NUMBER,
  POOL_OF_APPLICATION,
  PORT,
  portOf,
} from '../translation/dialect.js';

export const UVICORN_DIALECT = dialectOf({
  means: { port: PORT },
  says: {
    interface: BY_KIND,
    workers: { name: 'workers' },
    threads: POOL_OF_APPLICATION,
    connections: { name: 'limit_concurrency', but: 'it answers 503 beyond, and never queues' },
    backlog: { name: 'backlog' },
    leastWorkers: FIXED_NUMBER,
    requestTimeout: ENDS_NO_REQUEST,
    workerTimeout: {
      name: 'timeout_worker_healthcheck',
      but: 'it is answered by a thread, so that a busy loop is no reason',
    },
    graceful: { name: 'timeout_graceful_shutdown' },
    keepalive: { name: 'timeout_keep_alive' },
    maxRequests: { name: 'limit_max_requests', but: 'the worker ends before its successor starts' },
    maxRequestsJitter: { name: 'limit_max_requests_jitter' },
    lifetime: { lacks: 'it replaces workers after a number of requests (limit-max-requests), not by age' },
    maxRss: { lacks: 'it watches no memory of workers; limit-max-requests bounds slow growth' },
    preload: {
      lacks:
        'its workers are started afresh and load the application by themselves, so that no memory is shared',
    },
    address: { name: 'port', value: portOf, but: 'the address is --host' },
    loop: { name: 'loop' },
  },
  alone: {
    host: 'the address it listens at',
    proxy_headers: 'which headers of the proxy are trusted',
    forwarded_allow_ips: 'which headers of the proxy are trusted',
    access_log: 'a matter of the access log',
    log_level: 'a matter of the log',
    lifespan: 'its own',
    http: 'its own parser',
    ws: 'its own',
  },
});
