import {
  BY_KIND,
  dialectOf,
  NEVER_REPLACED,
  NO_LIMIT,
  ONE_PROCESS,
  PORT,
  portOf,
  UNWATCHED,
} from '../translation/dialect.js';

export const DAPHNE_DIALECT = dialectOf({
  means: { port: PORT },
  says: {
    interface: BY_KIND,
    workers: ONE_PROCESS,
    threads: { lacks: 'Django gives each request in flight a thread of its own' },
    connections: NO_LIMIT,
    backlog: { lacks: 'it is part of an endpoint: -e tcp:port=8000:backlog=N' },
    leastWorkers: ONE_PROCESS,
    requestTimeout: { name: 'http_timeout' },
    workerTimeout: UNWATCHED,
    graceful: { name: 'application_close_timeout' },
    keepalive: { lacks: 'it has no setting for idle connections' },
    maxRequests: NEVER_REPLACED,
    maxRequestsJitter: NEVER_REPLACED,
    lifetime: NEVER_REPLACED,
    maxRss: NEVER_REPLACED,
    preload: ONE_PROCESS,
    address: { name: 'port', value: portOf, but: 'the address is --bind' },
    loop: { lacks: 'it runs on Twisted' },
  },
  alone: {
    bind: 'the address it listens at',
    access_log: 'a matter of the access log',
    endpoint: 'where it listens',
  },
});
