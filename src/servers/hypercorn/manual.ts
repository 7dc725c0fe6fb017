import type { Manual } from '../manual.js';
import type { ServerRule } from '../rule.js';
import { misspeltName } from '../settings/ignored-names.js';
import { runningBy } from '../settings/running-by.js';
import { CONFIGURED_NAMES } from './configured-names.js';
import { HYPERCORN_DIALECT } from './dialect.js';
import { hypercorn } from './index.js';
import { isHypercornFile, readAlone, readStart } from './read.js';
import { oneDeathEndsAll } from './rules/one-death-ends-all.js';

const HYPERCORN_RULES: Readonly<Record<string, ServerRule>> = {
  'hypercorn-one-death': oneDeathEndsAll,
  'hypercorn-misspelt-name': misspeltName(
    'Hypercorn',
    CONFIGURED_NAMES,
    'src/hypercorn/config.py: from_mapping',
  ),
};

export const hypercornManual: Manual = {
  server: hypercorn,
  read: readStart,
  owns: isHypercornFile,
  readAlone,
  dialect: HYPERCORN_DIALECT,
  running: (deployment) =>
    runningBy(hypercorn, deployment, {
      workers: 'workers',
      backlog: 'backlog',
      graceful: 'graceful_timeout',
      keepalive: { setting: 'keep_alive', name: 'keep_alive_timeout' },
    }),
  rules: HYPERCORN_RULES,
  topics: {
    hypercorn: {
      id: 'hypercorn',
      kind: 'server',
      title: 'Hypercorn',
      what: 'An event loop in each of --workers processes, started afresh, so that they share no memory; all wait on one listener with a backlog of 100. It has no limit on concurrency, no health check and reads no variables. A worker that ends with an error ends the whole server.',
      formula: 'capacity ≤ min(cores, workers) / CPU time; memory = parent + workers × application',
      holds: 'For ASGI applications whose endpoints are async, and for HTTP/2 and HTTP/3.',
      fails:
        'A WSGI application runs in a pool whose size follows the CPUs of the machine, not the quota. max_app_queue_size counts events of one request, not requests.',
      source: 'src/hypercorn/config.py, run.py, asyncio/run.py, app_wrappers.py',
      seeAlso: ['event-loop', 'server-uvicorn'],
    },
  },
};
