import type { Kind } from '../server.js';
import { kindOf } from '../shapes/kind.js';
import type { WorkerClass } from './worker-class.js';

/** A worker class. */
export interface ClassFacts extends Kind {
  readonly name: WorkerClass;
  /** Value of Gunicorn's `worker_class`. */
  readonly setting: string;
}

const own = (
  name: WorkerClass,
  said: Pick<ClassFacts, 'note' | 'source'> & Partial<ClassFacts>,
): ClassFacts => ({
  ...kindOf({ server: 'gunicorn', label: name, workerClass: name, ...said }),
  name,
  setting: said.setting ?? name,
});

export const CLASS_FACTS: Readonly<Record<WorkerClass, ClassFacts>> = {
  sync: own('sync', {
    concurrency: 'one',
    needsProxy: true,
    timeoutEndsRequests: true,
    note: 'one request per process; accepts only when free, so all processes share one queue; no keep-alive',
    source: 'gunicorn/workers/sync.py',
  }),
  gthread: own('gthread', {
    sharesByLimit: true,
    note: 'the application must be thread-safe; each process accepts up to worker_connections into a queue of its own',
    source: 'gunicorn/workers/gthread.py',
  }),
  gevent: own('gevent', {
    asks: 'cooperation',
    concurrency: 'connections',
    websockets: true,
    package: 'gevent',
    note: 'every library that waits must cooperate with gevent, or it blocks the whole process',
    source: 'gunicorn/workers/ggevent.py',
  }),
  eventlet: own('eventlet', {
    asks: 'cooperation',
    concurrency: 'connections',
    until: 25,
    package: 'eventlet',
    note: 'deprecated in Gunicorn 25 and removed in 26',
    source: 'gunicorn/workers/geventlet.py, docs/content/2026-news.md',
  }),
  tornado: own('tornado', {
    asks: 'cooperation',
    concurrency: 'one',
    package: 'tornado',
    note: 'a WSGI application blocks its loop, so one request per process',
    source: 'gunicorn/workers/gtornado.py',
  }),
  asgi: own('asgi', {
    asks: 'asgi',
    concurrency: 'unlimited',
    application: 'asgi',
    websockets: true,
    since: 24,
    note: 'needs an ASGI application; worker_connections is not enforced and the listen backlog is 100',
    source: 'gunicorn/workers/gasgi.py',
  }),
  uvicorn: own('uvicorn', {
    asks: 'asgi',
    concurrency: 'unlimited',
    application: 'asgi',
    websockets: true,
    package: 'uvicorn-worker',
    setting: 'uvicorn_worker.UvicornWorker',
    note: 'needs an ASGI application; requests in flight per process have no limit',
    source: 'uvicorn-worker: uvicorn_worker/_workers.py',
  }),
};

export const factsOf = (workerClass: WorkerClass): ClassFacts => CLASS_FACTS[workerClass];
