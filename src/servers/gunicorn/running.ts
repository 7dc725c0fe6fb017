import type { Deployment } from '../deployments/deployment.js';
import type { Running } from '../rule.js';
import type { Kind } from '../server.js';
import { countValue, settingValue, type Value } from '../settings/setting-value.js';
import { classNamed } from './class-name.js';
import { GUNICORN_DEFAULTS } from './defaults.js';
import { factsOf } from './kinds.js';

type Settings = Pick<Deployment, 'settings' | 'at'>;

/** A Gunicorn as it will run by its settings. */
export function runningOf(deployment: Settings): Running {
  const count = (name: string, fallback: number) => countValue(deployment, name, fallback);
  const threads = count('threads', GUNICORN_DEFAULTS.threads);
  const written = writtenClass(deployment);
  const kind = runningClass(written, threads);
  const connections = count('worker_connections', GUNICORN_DEFAULTS.workerConnections);
  return {
    workers: count('workers', GUNICORN_DEFAULTS.workers),
    threads,
    kind,
    writtenKind: written.value,
    connections,
    backlog: count('backlog', GUNICORN_DEFAULTS.backlog),
    timeoutSeconds: count('timeout', GUNICORN_DEFAULTS.timeoutMs / 1000),
    gracefulTimeoutSeconds: count('graceful_timeout', GUNICORN_DEFAULTS.gracefulTimeoutMs / 1000),
    keepalive: keepsIdle(kind.value, connections.value, threads.value)
      ? { name: 'keepalive', seconds: count('keepalive', GUNICORN_DEFAULTS.keepaliveMs / 1000) }
      : null,
  };
}

/** A class of one request closes its connection; so does gthread where connections are no more than threads. */
const keepsIdle = (kind: Kind | null, connections: number | null, threads: number | null): boolean =>
  kind !== null &&
  kind.concurrency !== 'one' &&
  !(kind.concurrency === 'threads' && connections !== null && connections <= (threads ?? 1));

/** The class as it is written. */
export const writtenClass = (deployment: Settings): Value<string> =>
  settingValue(deployment, 'worker_class', 'sync', (value) => (typeof value === 'string' ? value : null));

/** Gunicorn makes gthread of sync with more than one thread (gunicorn/config.py, worker_class_str). */
function runningClass(written: Value<string>, threads: Value<number>): Value<Kind> {
  const workerClass = written.value === null ? null : classNamed(written.value);
  if (workerClass === null) return { ...written, value: null };
  if (workerClass !== 'sync') return { ...written, value: factsOf(workerClass) };
  if (threads.value === null) return { ...written, value: null };
  return { ...written, value: factsOf(threads.value > 1 ? 'gthread' : 'sync') };
}
