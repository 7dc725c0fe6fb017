import { dialectOf, FIXED_NUMBER } from '../translation/dialect.js';

export const GUNICORN_DIALECT = dialectOf({
  says: {
    interface: {
      name: 'worker_class',
      value: (spoken: 'wsgi' | 'asgi') => (spoken === 'asgi' ? 'uvicorn_worker.UvicornWorker' : null),
      but: 'the package uvicorn-worker must be installed',
    },
    workers: { name: 'workers' },
    threads: { name: 'threads', value: (threads: number) => (threads > 1 ? threads : null) },
    connections: { name: 'worker_connections' },
    backlog: { name: 'backlog' },
    leastWorkers: FIXED_NUMBER,
    requestTimeout: {
      name: 'timeout',
      value: wholeSeconds,
      but: 'it ends a request only where one worker serves one (sync); with threads it ends a worker that hangs as a whole',
    },
    workerTimeout: { name: 'timeout', value: wholeSeconds },
    graceful: { name: 'graceful_timeout', value: wholeSeconds },
    keepalive: { name: 'keepalive', value: wholeSeconds },
    maxRequests: { name: 'max_requests' },
    maxRequestsJitter: { name: 'max_requests_jitter' },
    lifetime: { lacks: 'it replaces workers after a number of requests (max_requests), not by age' },
    maxRss: { lacks: 'it watches no memory of workers; max_requests bounds slow growth' },
    preload: { name: 'preload_app', value: (is: boolean) => (is ? true : null) },
    address: { name: 'bind', value: (address: string) => address.replace(/^:/, '0.0.0.0:') },
    loop: { lacks: 'its uvicorn class takes uvloop where that is installed' },
  },
  alone: {
    worker_class: 'said by what the application speaks and the threads',
    worker_tmp_dir: 'where its own heartbeat is kept',
    config: 'its own file',
  },
});

function wholeSeconds(seconds: number): number {
  return Math.ceil(seconds);
}
