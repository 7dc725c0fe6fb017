import { UsageError } from '../host/errors.js';
import { type Handlers, handlers as handlersType } from '../input/handlers/handlers.js';
import type { Values } from '../input/options.js';
import { DEFAULT_SERVER, SERVERS, serverNamed } from '../servers/index.js';
import { hasWorkerClasses, isMixed, type Kind } from '../servers/server.js';
import { listed } from '../text/sentences.js';

/** Stands for every server that suits. */
export const ANY = 'any';

/** The server that was asked for, and its version where that was said; the default one where none was. */
export function serverAsked({ server }: Values): { readonly name: string; readonly version: number | null } {
  if (server === undefined) return { name: DEFAULT_SERVER.name, version: null };
  return server === 'any' ? { name: ANY, version: null } : server;
}

/** The kinds that are compared: those of the server, or of all, that speak what the application does and run its handlers. */
export function kindsFor(values: Values, name: string): readonly Kind[] {
  const servers = name === ANY ? SERVERS : [serverNamed(name)];
  refuseOthers(values, name);
  const { app } = values;
  const kinds = servers
    .flatMap((server) => server.kinds)
    .filter((kind) => app === undefined || kind.application === app)
    .flatMap((kind) => withHandlers(kind, values.handlers) ?? []);
  if (kinds.length > 0) return kinds;
  const { title, kinds: all } = serverNamed(name);
  const speaks = [...new Set(all.map(({ application }) => application))];
  throw new UsageError(
    app !== undefined && !speaks.includes(app)
      ? `--app: ${title} does not run ${app.toUpperCase()} applications; accepted with --server ${name}: ${speaks.join(', ')}`
      : `--handlers: ${title} has no such handlers; ${acceptedHandlers(all)}`,
  );
}

/** A kind with the pool that was asked for; null where the application's code runs otherwise. Without a word it runs on the loop. */
function withHandlers(kind: Kind, asked: Handlers | undefined): Kind | null {
  if (kind.handlers === null) return asked === undefined || kind.application === 'asgi' ? kind : null;
  if (kind.handlers !== (asked?.kind ?? 'async')) return null;
  return kind.fixedThreads === null ? kind : { ...kind, fixedThreads: asked!.threads };
}

const acceptedHandlers = (kinds: readonly Kind[]): string => {
  const names = [...new Set(kinds.flatMap(({ handlers }) => handlers ?? []))].filter(
    (kind) => !isMixed(kind),
  );
  return names.length > 0 ? `accepted: ${listed(names, 'or')}` : 'its applications are WSGI, leave it out';
};

/** Options that only one server, or one kind of server, has. */
function refuseOthers(values: Values, name: string): void {
  if (name === ANY) return;
  const { title, kinds } = serverNamed(name);
  const hasClasses = hasWorkerClasses(kinds);
  if (values.workerClass !== undefined && values.workerClass !== 'auto' && !hasClasses)
    throw new UsageError(
      `--worker-class: ${title} has no worker classes; leave it out, or give --server ${DEFAULT_SERVER.name}`,
    );
  if (values.gunicorn !== undefined && name !== DEFAULT_SERVER.name)
    throw new UsageError(
      `--${DEFAULT_SERVER.name}: is the version of another server; say --server ${name}@VERSION`,
    );
  if (values.workerConnections !== undefined && !hasClasses && !serverNamed(name).connectionSetting)
    throw new UsageError(
      `--worker-connections: ${title} has no such limit; leave it out, or give --server ${listed(limitedServers(), 'or')}`,
    );
  if (values.queueTimeout && !serverNamed(name).queueTimeoutSetting)
    throw new UsageError(
      `--queue-timeout: ${title} ends no request for its time in the queue; leave it out, or give --server ${listed(shedding(), 'or')}`,
    );
  if (serverNamed(name).spawns && (values.preload || values.shared))
    throw new UsageError(
      `${values.preload ? '--preload' : '--shared'}: ${title} starts its workers afresh instead of forking them, so that they share no memory; leave it out and count all of a worker in --per-worker`,
    );
  if (values.handlers !== undefined && values.handlers.kind !== 'async' && hasClasses)
    throw new UsageError(
      `--handlers: ${handlersType.format(values.handlers)} is not planned for ${title}'s worker classes; accepted: async, or another server such as ${asgiServers()}`,
    );
  if (values.handlers?.mix && values.workerConnections !== undefined)
    throw new UsageError(
      '--worker-connections: what a limit refuses is not predicted of mixed handlers; leave it out, or give one kind of --handlers',
    );
  if (values.loop === 'uvloop' && !kinds.some(({ handlers, isSingle }) => handlers !== null && !isSingle))
    throw new UsageError(
      `--loop: ${title} does not run on uvloop; accepted: asyncio, or --server ${asgiServers()}`,
    );
}

/** Servers whose workers have a limit on their connections. */
const limitedServers = (): string[] =>
  SERVERS.filter(({ kinds, connectionSetting }) => connectionSetting || hasWorkerClasses(kinds)).map(
    ({ name }) => name,
  );

const shedding = (): string[] =>
  SERVERS.filter(({ queueTimeoutSetting }) => queueTimeoutSetting).map(({ name }) => name);

const asgiServers = (): string =>
  listed(
    SERVERS.filter(({ kinds }) => kinds.some(({ handlers, isSingle }) => handlers !== null && !isSingle)).map(
      ({ name }) => name,
    ),
    'or',
  );
