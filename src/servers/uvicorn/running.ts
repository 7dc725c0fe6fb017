import type { Deployment } from '../deployments/deployment.js';
import type { Running } from '../rule.js';
import { countValue, switchValue } from '../settings/setting-value.js';
import { UVICORN_DEFAULTS } from './facts.js';
import { uvicorn } from './index.js';

/** A Uvicorn as it will run by its settings: `--reload` runs one process, whatever `--workers` says. */
export function runningOf(deployment: Pick<Deployment, 'settings' | 'at'>): Running {
  const { at } = deployment;
  const of = <T>(value: T | null) => ({ value, at, layer: null, cpuCount: false });
  const reload = switchValue(deployment, 'reload', false);
  const workers = countValue(deployment, 'workers', UVICORN_DEFAULTS.workers);
  return {
    workers: reload.value ? { ...reload, value: 1 } : workers,
    threads: of(UVICORN_DEFAULTS.threads),
    kind: of(uvicorn.kinds[0]!),
    writtenKind: null,
    connections: countValue(deployment, 'limit_concurrency', 0),
    backlog: countValue(deployment, 'backlog', UVICORN_DEFAULTS.backlog),
    timeoutSeconds: of(0),
    gracefulTimeoutSeconds: countValue(deployment, 'timeout_graceful_shutdown', 0),
    keepalive: {
      name: '--timeout-keep-alive',
      seconds: countValue(deployment, 'timeout_keep_alive', UVICORN_DEFAULTS.keepaliveMs / 1000),
    },
  };
}
