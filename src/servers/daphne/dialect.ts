import { type Dialect, means, ONE_PROCESS, portOf } from '../translation/dialect.js';

export const DAPHNE_DIALECT: Dialect = {
  means: {
    ...means({ http_timeout: 'requestTimeout', application_close_timeout: 'graceful' }),
    port: { meaning: 'address', value: (port) => `:${String(port)}` },
  },
  says: {
    interface: { name: 'interface', value: () => null },
    workers: ONE_PROCESS,
    threads: { lacks: 'Django gives each request in flight a thread of its own' },
    connections: { lacks: 'it has no limit of connections or requests' },
    backlog: { lacks: 'it is part of an endpoint: -e tcp:port=8000:backlog=N' },
    leastWorkers: ONE_PROCESS,
    requestTimeout: { name: 'http_timeout' },
    workerTimeout: { lacks: 'it does not watch itself; let the platform do so' },
    graceful: { name: 'application_close_timeout' },
    keepalive: { lacks: 'it has no setting for idle connections' },
    maxRequests: { lacks: 'it is never replaced; let the platform restart it' },
    maxRequestsJitter: { lacks: 'it is never replaced; let the platform restart it' },
    lifetime: { lacks: 'it is never replaced; let the platform restart it' },
    maxRss: { lacks: 'it is never replaced; let the platform restart it' },
    preload: ONE_PROCESS,
    address: { name: 'port', value: portOf, but: 'the address is --bind' },
    loop: { lacks: 'it runs on Twisted' },
  },
  alone: {
    bind: 'the address it listens at',
    access_log: 'a matter of the access log',
    endpoint: 'where it listens',
  },
};
