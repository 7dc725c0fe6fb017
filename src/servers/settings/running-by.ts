import type { Deployment } from '../deployments/deployment.js';
import type { Running } from '../rule.js';
import type { Server } from '../server.js';
import { countValue, type Value } from './setting-value.js';

/** Names of the settings that the running server is read from; left out where it has none. */
interface RunningNames {
  readonly workers?: string;
  readonly threads?: string;
  readonly connections?: string;
  readonly backlog?: string;
  readonly timeout?: string;
  readonly graceful?: string;
  /** How long an idle connection is kept: the setting, and the name that people write. */
  readonly keepalive?: { readonly setting: string; readonly name: string };
}

/** A server as it will run by its settings, where each is a number and the kind is the server's first. */
export function runningBy(
  { kinds, defaults, queueTimeoutSetting }: Server,
  deployment: Pick<Deployment, 'settings' | 'at'>,
  names: RunningNames,
): Running {
  const count = (name: string | undefined, fallback: number): Value<number> =>
    name === undefined
      ? { value: fallback, at: deployment.at, layer: null, cpuCount: false }
      : countValue(deployment, name, fallback);
  return {
    workers: count(names.workers, defaults.workers),
    threads: count(names.threads, defaults.threads),
    kind: { value: kinds[0]!, at: deployment.at, layer: null, cpuCount: false },
    writtenKind: null,
    connections: count(names.connections, defaults.workerConnections ?? 0),
    backlog: count(names.backlog, defaults.backlog),
    timeoutSeconds: count(names.timeout, defaults.timeoutMs / 1000),
    gracefulTimeoutSeconds: count(names.graceful, defaults.gracefulTimeoutMs / 1000),
    ...(queueTimeoutSetting && { queueTimeoutSeconds: count(queueTimeoutSetting, 0) }),
    keepalive: names.keepalive
      ? { name: names.keepalive.name, seconds: count(names.keepalive.setting, defaults.keepaliveMs / 1000) }
      : null,
  };
}
