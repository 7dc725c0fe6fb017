import type { Deployment } from '../deployments/deployment.js';
import type { Running } from '../rule.js';
import { countValue, textValue } from '../settings/setting-value.js';
import { backpressureOf, blockingThreadsOf, GRANIAN_DEFAULTS } from './facts.js';
import { GRANIAN_KINDS } from './kinds.js';

type Settings = Pick<Deployment, 'settings' | 'at'>;

/** A Granian as it will run by its settings; RSGI runs as ASGI does. */
export function runningOf(deployment: Settings): Running {
  const { at } = deployment;
  const interfaceValue = textValue(deployment, 'interface', 'rsgi');
  const isWsgi = interfaceValue.value === 'wsgi';
  const kind = GRANIAN_KINDS.find(({ handlers }) => handlers === (isWsgi ? null : 'async')) ?? null;
  const workers = countValue(deployment, 'workers', GRANIAN_DEFAULTS.workers);
  const backlog = countValue(deployment, 'backlog', GRANIAN_DEFAULTS.backlog);
  const known = (backlog.value ?? GRANIAN_DEFAULTS.backlog) as number;
  const threads = countValue(
    deployment,
    'blocking_threads',
    isWsgi ? blockingThreadsOf(known, workers.value ?? 1) : 1,
  );
  return {
    workers,
    threads,
    kind: { ...interfaceValue, value: interfaceValue.value === null ? null : kind },
    writtenKind: null,
    connections: countValue(deployment, 'backpressure', backpressureOf(known, workers.value ?? 1)),
    backlog,
    timeoutSeconds: { value: 0, at, layer: null, cpuCount: false },
    gracefulTimeoutSeconds: countValue(deployment, 'workers_kill_timeout', 0),
    // It has no idle timer of its own.
    keepalive: null,
  };
}
