import { type Dialect, means, ONE_PROCESS } from '../translation/dialect.js';

export const WAITRESS_DIALECT: Dialect = {
  means: {
    ...means({
      threads: 'threads',
      backlog: 'backlog',
      connection_limit: 'connections',
      channel_timeout: 'keepalive',
      listen: 'address',
    }),
    port: { meaning: 'address', value: (port) => `:${String(port)}` },
  },
  says: {
    interface: { name: 'interface', value: () => null },
    workers: ONE_PROCESS,
    threads: { name: 'threads' },
    connections: { name: 'connection_limit', but: 'it counts idle connections, too' },
    backlog: { name: 'backlog' },
    leastWorkers: ONE_PROCESS,
    requestTimeout: { lacks: 'it ends no request, and a thread that hangs is never ended' },
    workerTimeout: { lacks: 'it does not watch itself; let the platform do so' },
    graceful: { lacks: 'it waits 5 s for requests in flight' },
    keepalive: { name: 'channel_timeout' },
    maxRequests: { lacks: 'it is never replaced; let the platform restart it' },
    maxRequestsJitter: { lacks: 'it is never replaced; let the platform restart it' },
    lifetime: { lacks: 'it is never replaced; let the platform restart it' },
    maxRss: { lacks: 'it is never replaced; let the platform restart it' },
    preload: ONE_PROCESS,
    address: { name: 'listen', value: (address: string) => address.replace(/^:/, '*:') },
    loop: { lacks: 'it runs WSGI applications in threads' },
  },
  alone: {
    host: 'the address it listens at',
    url_scheme: 'what the proxy speaks',
    ident: 'its name in answers',
  },
};
