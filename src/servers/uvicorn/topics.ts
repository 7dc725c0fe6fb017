import type { Topic } from '../../text/topic.js';

export const UVICORN_TOPICS: Readonly<Record<string, Topic>> = {
  'server-uvicorn': {
    id: 'server-uvicorn',
    kind: 'server',
    title: 'Uvicorn, without Gunicorn',
    what: 'An event loop in each of --workers processes, started afresh by a supervisor, so that they share no memory. All wait on one listener; which of them takes a connection depends on the loop: asyncio takes all that wait at once, uvloop one at a time. Requests in flight have no limit unless --limit-concurrency sets one, which answers 503 beyond it.',
    formula: 'capacity ≤ min(cores, workers) / CPU time; memory = parent + workers × application',
    holds: 'For ASGI applications whose endpoints are async.',
    fails:
      'Where requests compute for long: everything else in their loop waits. Endpoints written with def run in 40 threads per process (--handlers threads). Before 0.30 a worker that died was not replaced.',
    source: 'uvicorn/config.py, server.py, supervisors/multiprocess.py; docs/server-behavior.md',
    seeAlso: ['event-loop', 'uvicorn'],
  },
};
