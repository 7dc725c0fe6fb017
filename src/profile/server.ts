import type { Values } from '../input/options.js';
import { NEWEST_GUNICORN } from '../servers/gunicorn/defaults.js';
import type { WorkerClass } from '../servers/gunicorn/worker-class.js';
import { SERVERS, serverNamed } from '../servers/index.js';
import type { Assumptions } from './assume.js';
import { ANY, kindsFor, serverAsked } from './server-asked.js';
import type { FixedConfiguration, ServerOptions } from './types.js';

/** Settings apart from class, workers and threads. Gunicorn's own defaults are taken silently; the rest is listed. */
export function resolveServer(values: Values, assumptions: Assumptions): ServerOptions {
  const shared = values.shared ?? 0;
  const asked = serverAsked(values);
  const defaults = serverNamed(asked.name === ANY ? SERVERS[0]!.name : asked.name).defaults;
  const named = asked.name === SERVERS[0]!.name || asked.name === ANY;
  const gunicorn = named
    ? assumptions.orElse(
        values.gunicorn ?? asked.version ?? undefined,
        'gunicorn',
        'gunicorn',
        NEWEST_GUNICORN,
        'the newest major version',
      )
    : NEWEST_GUNICORN;
  return {
    name: asked.name,
    kinds: kindsFor(values, asked.name),
    versions: {
      ...Object.fromEntries(SERVERS.map(({ name, versions }) => [name, versions.newest])),
      [SERVERS[0]!.name]: gunicorn,
      ...(asked.version !== null && !named ? { [asked.name]: asked.version } : {}),
    },
    loop: values.loop ?? null,
    typed: {
      backlog: values.backlog ?? null,
      timeoutMs: values.timeout ?? null,
      keepaliveMs: values.keepalive ?? null,
    },
    gunicorn,
    gil: assumptions.orElse(values.gil, 'gil', 'gil', true, 'CPython has the lock unless built without it'),
    backlog: values.backlog ?? defaults.backlog,
    timeoutMs: values.timeout ?? defaults.timeoutMs,
    keepaliveMs: values.keepalive ?? defaults.keepaliveMs,
    preload:
      shared > 0
        ? assumptions.orElse(
            values.preload,
            'preload',
            'preload',
            true,
            'workers share memory only where the application is loaded before the fork',
          )
        : (values.preload ?? false),
    workerConnections: values.workerConnections ?? null,
    replicas: values.replicas ?? 1,
    dbPool: values.dbPool ?? null,
    dbMaxConnections: values.dbMaxConnections ?? null,
    websockets: values.websockets ?? false,
    proxy: assumptions.orElse(
      values.proxy,
      'proxy',
      'proxy',
      true,
      'a buffering proxy such as nginx keeps slow clients away from the workers',
    ),
  };
}

/** What the user fixed of class, workers and threads; what Gunicorn then takes for the rest is listed. */
export function resolveFixed(values: Values, assumptions?: Assumptions): FixedConfiguration {
  if (values.workers !== undefined && assumptions) listDefaults(values, assumptions);
  return {
    workerClass:
      values.workerClass === undefined || values.workerClass === 'auto' ? null : values.workerClass,
    workers: values.workers ?? null,
    threads: values.threads ?? null,
  };
}

function listDefaults(values: Values, assumptions: Assumptions): void {
  const { workerClass, threads } = values;
  const { name } = serverAsked(values);
  if (name !== SERVERS[0]!.name) return;
  const runs = classThatRuns(null, threads ?? 1);
  if (workerClass === undefined || workerClass === 'auto')
    assumptions.add({
      input: 'workerClass',
      value: runs,
      flag: '--worker-class',
      why:
        runs === 'sync'
          ? "Gunicorn's default, for the workers as given"
          : 'what Gunicorn makes of its default with several threads, for the workers as given',
    });
  if (threads === undefined && workerClass === 'gthread')
    assumptions.add({
      input: 'threads',
      value: 1,
      flag: '--threads',
      why: "Gunicorn's default, for the workers as given",
    });
}

/** The class that Gunicorn runs: it turns `sync` with several threads into `gthread` by itself. */
function classThatRuns(workerClass: WorkerClass | null, threads: number): WorkerClass {
  if (workerClass === null || workerClass === 'sync') return threads > 1 ? 'gthread' : 'sync';
  return workerClass;
}
