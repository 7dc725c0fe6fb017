import {
  BY_KIND,
  dialectOf,
  IN_THREADS,
  NEVER_REPLACED,
  ONE_PROCESS,
  PORT,
  UNWATCHED,
} from '../translation/dialect.js';

export const WAITRESS_DIALECT = dialectOf({
  means: { port: PORT },
  says: {
    interface: BY_KIND,
    workers: ONE_PROCESS,
    threads: { name: 'threads' },
    connections: { name: 'connection_limit', but: 'it counts idle connections, too' },
    backlog: { name: 'backlog' },
    leastWorkers: ONE_PROCESS,
    requestTimeout: { lacks: 'it ends no request, and a thread that hangs is never ended' },
    workerTimeout: UNWATCHED,
    graceful: { lacks: 'it waits 5 s for requests in flight' },
    keepalive: { name: 'channel_timeout' },
    maxRequests: NEVER_REPLACED,
    maxRequestsJitter: NEVER_REPLACED,
    lifetime: NEVER_REPLACED,
    maxRss: NEVER_REPLACED,
    preload: ONE_PROCESS,
    address: { name: 'listen', value: (address: string) => address.replace(/^:/, '*:') },
    loop: IN_THREADS,
  },
  alone: {
    host: 'the address it listens at',
    url_scheme: 'what the proxy speaks',
    ident: 'its name in answers',
  },
});
