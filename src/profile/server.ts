import type { Values } from '../input/options.js';
import { DEFAULT_SERVER, kindOfClass, SERVERS, serverNamed } from '../servers/index.js';
import type { Assumptions } from './assume.js';
import { ANY, kindsFor, serverAsked } from './server-asked.js';
import type { FixedConfiguration, ServerOptions } from './types.js';

/** Settings apart from class, workers and threads. The server's own defaults are taken silently; the rest is listed. */
export function resolveServer(values: Values, assumptions: Assumptions): ServerOptions {
  const shared = values.shared ?? 0;
  const asked = serverAsked(values);
  const defaults = serverNamed(asked.name === ANY ? DEFAULT_SERVER.name : asked.name).defaults;
  const named = asked.name === DEFAULT_SERVER.name || asked.name === ANY;
  const { newest } = DEFAULT_SERVER.versions;
  const version = named
    ? assumptions.orElse(
        values.gunicorn ?? asked.version ?? undefined,
        'gunicorn',
        'gunicorn',
        newest,
        'the newest major version',
      )
    : newest;
  return {
    name: asked.name,
    kinds: kindsFor(values, asked.name),
    versions: {
      ...Object.fromEntries(SERVERS.map(({ name, versions }) => [name, versions.newest])),
      [DEFAULT_SERVER.name]: version,
      ...(asked.version !== null && !named ? { [asked.name]: asked.version } : {}),
    },
    loop: values.loop ?? null,
    typed: {
      backlog: values.backlog ?? null,
      timeoutMs: values.timeout ?? null,
      keepaliveMs: values.keepalive ?? null,
      // 0 is off.
      queueTimeoutMs: values.queueTimeout || null,
    },
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

/** What the user fixed of class, workers and threads; what the server then takes for the rest is listed. */
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
  const { name, title, runs } = DEFAULT_SERVER;
  if (serverAsked(values).name !== name) return;
  const { workerClass = 'auto', threads } = values;
  const usual = runs(null, 1);
  const kind = workerClass === 'auto' ? runs(null, threads ?? 1) : kindOfClass(workerClass);
  if (workerClass === 'auto')
    assumptions.add({
      input: 'workerClass',
      value: kind.name,
      flag: '--worker-class',
      why:
        kind === usual
          ? `${title}'s default, for the workers as given`
          : `what ${title} makes of its default with several threads, for the workers as given`,
    });
  else if (threads === undefined && kind.concurrency === 'threads')
    assumptions.add({
      input: 'threads',
      value: 1,
      flag: '--threads',
      why: `${title}'s default, for the workers as given`,
    });
}
