import type { Deployment } from '../deployments/deployment.js';
import type { Running } from '../rule.js';
import { runningBy } from '../settings/running-by.js';
import { countValue, textValue } from '../settings/setting-value.js';
import { backpressureOf, blockingThreadsOf, GRANIAN_DEFAULTS } from './facts.js';
import { granian } from './index.js';
import { GRANIAN_KINDS } from './kinds.js';

/** A Granian as it will run by its settings; RSGI runs as ASGI does. It has no idle timer of its own. */
export function runningOf(deployment: Pick<Deployment, 'settings' | 'at'>): Running {
  const spoken = textValue(deployment, 'interface', 'rsgi');
  const isWsgi = spoken.value === 'wsgi';
  const kind = GRANIAN_KINDS.find(({ handlers }) => handlers === (isWsgi ? null : 'async')) ?? null;
  const running = runningBy(granian, deployment, {
    workers: 'workers',
    backlog: 'backlog',
    graceful: 'workers_kill_timeout',
  });
  const workers = running.workers.value ?? 1;
  const backlog = running.backlog.value ?? GRANIAN_DEFAULTS.backlog;
  const threads = isWsgi ? blockingThreadsOf(backlog, workers) : 1;
  return {
    ...running,
    threads: countValue(deployment, 'blocking_threads', threads),
    kind: { ...spoken, value: spoken.value === null ? null : kind },
    connections: countValue(deployment, 'backpressure', backpressureOf(backlog, workers)),
  };
}
