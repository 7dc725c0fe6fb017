import type { Deployment } from '../deployments/deployment.js';
import type { Running } from '../rule.js';
import { runningBy } from '../settings/running-by.js';
import { switchValue } from '../settings/setting-value.js';
import { uvicorn } from './index.js';

/** A Uvicorn as it will run by its settings: `--reload` runs one process, whatever `--workers` says. */
export function runningOf(deployment: Pick<Deployment, 'settings' | 'at'>): Running {
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
