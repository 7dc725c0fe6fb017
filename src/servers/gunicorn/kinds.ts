import type { Kind } from '../server.js';
import type { WorkerClass } from './worker-class.js';

/** A worker class. */
export interface ClassFacts extends Kind {
  readonly name: WorkerClass;
  /** Value of Gunicorn's `worker_class`. */
  readonly setting: string;
}

const own = <Name extends WorkerClass>(name: Name) =>
  ({
    name,
    server: 'gunicorn',
    label: name,
    workerClass: name,
    handlers: null,
    fixedThreads: null,
    isSingle: false,
    sharesByLimit: name === 'gthread',
    timeoutEndsRequests: name === 'sync',
  }) as const;
const ALL = Number.POSITIVE_INFINITY;

export const CLASS_FACTS = {
  sync: {
    ...own('sync'),
    asks: 'nothing',
    concurrency: 'one',
    application: 'wsgi',
    websockets: false,
    needsProxy: true,
    since: 0,
    until: ALL,
    package: null,
    setting: 'sync',
    note: 'one request per process; accepts only when free, so all processes share one queue; no keep-alive',
    source: 'gunicorn/workers/sync.py',
  },
  gthread: {
    ...own('gthread'),
    asks: 'nothing',
    concurrency: 'threads',
    application: 'wsgi',
    websockets: false,
    needsProxy: false,
    since: 0,
    until: ALL,
    package: null,
    setting: 'gthread',
    note: 'the application must be thread-safe; each process accepts up to worker_connections into a queue of its own',
    source: 'gunicorn/workers/gthread.py',
  },
  gevent: {
    ...own('gevent'),
    asks: 'cooperation',
    concurrency: 'connections',
    application: 'wsgi',
    websockets: true,
    needsProxy: false,
    since: 0,
    until: ALL,
    package: 'gevent',
    setting: 'gevent',
    note: 'every library that waits must cooperate with gevent, or it blocks the whole process',
    source: 'gunicorn/workers/ggevent.py',
  },
  eventlet: {
    ...own('eventlet'),
    asks: 'cooperation',
    concurrency: 'connections',
    application: 'wsgi',
    websockets: false,
    needsProxy: false,
    since: 0,
    until: 25,
    package: 'eventlet',
    setting: 'eventlet',
    note: 'deprecated in Gunicorn 25 and removed in 26',
    source: 'gunicorn/workers/geventlet.py, docs/content/2026-news.md',
  },
  tornado: {
    ...own('tornado'),
    asks: 'cooperation',
    concurrency: 'one',
    application: 'wsgi',
    websockets: false,
    needsProxy: false,
    since: 0,
    until: ALL,
    package: 'tornado',
    setting: 'tornado',
    note: 'a WSGI application blocks its loop, so one request per process',
    source: 'gunicorn/workers/gtornado.py',
  },
  asgi: {
    ...own('asgi'),
    asks: 'asgi',
    concurrency: 'unlimited',
    application: 'asgi',
    websockets: true,
    needsProxy: false,
    since: 24,
    until: ALL,
    package: null,
    setting: 'asgi',
    note: 'needs an ASGI application; worker_connections is not enforced and the listen backlog is 100',
    source: 'gunicorn/workers/gasgi.py',
  },
  uvicorn: {
    ...own('uvicorn'),
    asks: 'asgi',
    concurrency: 'unlimited',
    application: 'asgi',
    websockets: true,
    needsProxy: false,
    since: 0,
    until: ALL,
    package: 'uvicorn-worker',
    setting: 'uvicorn_worker.UvicornWorker',
    note: 'needs an ASGI application; requests in flight per process have no limit',
    source: 'uvicorn-worker: uvicorn_worker/_workers.py',
  },
} as const satisfies Record<WorkerClass, ClassFacts>;

export const factsOf = (workerClass: WorkerClass): ClassFacts => CLASS_FACTS[workerClass];
