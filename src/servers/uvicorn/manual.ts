import type { Topic } from '../../text/topic.js';
import type { Deployment } from '../deployments/deployment.js';
import type { Manual } from '../manual.js';
import type { Running, ServerRule } from '../rule.js';
import { runningBy } from '../settings/running-by.js';
import { switchValue } from '../settings/setting-value.js';
import { UVICORN_DIALECT } from './dialect.js';
import { uvicorn } from './index.js';
import { readStart } from './read.js';
import { extraCopy } from './rules/extra-copy.js';
import { healthcheckQuota } from './rules/healthcheck-quota.js';
import { limitConcurrencyLow } from './rules/limit-concurrency-low.js';
import { noUvloop } from './rules/no-uvloop.js';
import { recyclingEndsIt } from './rules/recycling-ends-it.js';
import { reloadInProduction } from './rules/reload-in-production.js';
import { restartTogether } from './rules/restart-together.js';

const UVICORN_TOPICS: Readonly<Record<string, Topic>> = {
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

const UVICORN_RULES: Readonly<Record<string, ServerRule>> = {
  'uvicorn-limit-concurrency': limitConcurrencyLow,
  'uvicorn-recycling-ends': recyclingEndsIt,
  'uvicorn-restart-together': restartTogether,
  'uvicorn-healthcheck': healthcheckQuota,
  'uvicorn-asyncio': noUvloop,
  'uvicorn-reload': reloadInProduction,
  'uvicorn-extra-copy': extraCopy,
};

export const uvicornManual: Manual = {
  server: uvicorn,
  read: readStart,
  owns: () => false,
  readAlone: () => [],
  dialect: UVICORN_DIALECT,
  running: runningOf,
  rules: UVICORN_RULES,
  topics: UVICORN_TOPICS,
};

/** A Uvicorn as it will run by its settings: `--reload` runs one process, whatever `--workers` says. */
function runningOf(deployment: Pick<Deployment, 'settings' | 'at'>): Running {
  const running = runningBy(uvicorn, deployment, {
    workers: 'workers',
    connections: 'limit_concurrency',
    backlog: 'backlog',
    graceful: 'timeout_graceful_shutdown',
    keepalive: { setting: 'timeout_keep_alive', name: '--timeout-keep-alive' },
  });
  const reload = switchValue(deployment, 'reload', false);
  return reload.value ? { ...running, workers: { ...reload, value: 1 } } : running;
}
