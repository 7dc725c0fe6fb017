import type { Topic } from '../../text/topic.js';
import type { WorkerClass } from './worker-class.js';

const kind = 'class' as const;

export const CLASS_TOPICS = {
  sync: {
    id: 'sync',
    kind,
    title: 'Worker class sync',
    what: 'One request at a time per process, no keep-alive. A worker accepts only when it is free, so all processes share one queue, the kernel’s listen backlog: a true M/G/w.',
    formula: 'slots = workers',
    holds: 'Behind a buffering proxy, for requests that mostly compute or wait briefly.',
    fails:
      'Without a proxy: a slow client holds a worker for its whole transfer. No WebSockets. Each slot costs a whole process of memory.',
    source: 'gunicorn/workers/sync.py',
    seeAlso: ['gthread', 'mgc'],
  },
  gthread: {
    id: 'gthread',
    kind,
    title: 'Worker class gthread',
    what: 'Each process runs requests in threads. The threads of a process share its interpreter lock, so they compute one at a time and wait side by side. By default a process accepts up to worker_connections (1000) connections into a queue of its own, whether a thread is free or not, while its siblings may be idle.',
    formula: 'slots = workers × threads; capacity ≤ workers / CPU time under the lock',
    holds:
      'For requests that wait on I/O, with worker_connections = threads, which makes the queue one again.',
    fails:
      'With the default worker_connections at high load: queues are split and uneven. With worker_connections = threads keep-alive is off. Several processes on several CPUs pass their locks from CPU to CPU and wait more than plan predicts (simulate --overhead has it): keep each to one CPU (os.sched_setaffinity in post_fork).',
    source: 'gunicorn/workers/gthread.py; measured',
    seeAlso: ['split-queues', 'gil'],
  },
  gevent: {
    id: 'gevent',
    kind,
    title: 'Worker class gevent',
    what: 'One event loop per process serves up to worker_connections requests as greenlets: their waiting overlaps, their computing is first come first served on one core.',
    formula: 'capacity ≤ min(cores, workers) / CPU time',
    holds: 'For I/O-heavy WSGI applications whose libraries cooperate with gevent.',
    fails:
      'For CPU-heavy requests, which hold up every other request of their loop, and for C libraries that block.',
    source: 'gunicorn/workers/ggevent.py',
    seeAlso: ['event-loop', 'split-queues'],
  },
  eventlet: {
    id: 'eventlet',
    kind,
    title: 'Worker class eventlet',
    what: 'As gevent, with eventlet’s greenlets. Deprecated in Gunicorn 25 and removed in 26.',
    formula: 'capacity ≤ min(cores, workers) / CPU time',
    holds: 'On Gunicorn up to 25, for applications that already use it.',
    fails: 'On Gunicorn 26 it does not exist; move to gevent or gthread.',
    source: 'gunicorn/workers/geventlet.py; Gunicorn’s changelog',
    seeAlso: ['gevent'],
  },
  tornado: {
    id: 'tornado',
    kind,
    title: 'Worker class tornado',
    what: 'A Tornado loop. A WSGI application blocks the loop, so one request at a time per process; the loop accepts only between requests, which comes near one shared queue.',
    formula: 'slots = workers (for WSGI applications)',
    holds: 'For Tornado applications.',
    fails: 'For WSGI applications it is a sync worker with more parts. worker_connections is not used.',
    source: 'gunicorn/workers/gtornado.py; measured',
    seeAlso: ['sync'],
  },
  asgi: {
    id: 'asgi',
    kind,
    title: 'Worker class asgi',
    what: 'Gunicorn’s own ASGI worker: one event loop per process without a limit of requests. worker_connections is read and never enforced, and the listen backlog is 100 whatever backlog says.',
    formula: 'capacity ≤ min(cores, workers) / CPU time',
    holds: 'For ASGI applications on Gunicorn 24 and later (stable from 25.1).',
    fails: 'For WSGI applications. Bursts pile up on one worker; there is no ceiling that refuses work.',
    source: 'gunicorn/workers/gasgi.py; measured',
    seeAlso: ['event-loop', 'uvicorn'],
  },
  uvicorn: {
    id: 'uvicorn',
    kind,
    title: 'Worker class uvicorn',
    what: 'Uvicorn’s worker for Gunicorn (package uvicorn-worker): one event loop per process without a limit of requests.',
    formula: 'capacity ≤ min(cores, workers) / CPU time',
    holds: 'For ASGI applications.',
    fails: 'For WSGI applications. `def` endpoints of FastAPI run in 40 threads per process.',
    source: 'uvicorn_worker; Starlette',
    seeAlso: ['event-loop', 'asgi'],
  },
} as const satisfies Record<WorkerClass, Topic>;
