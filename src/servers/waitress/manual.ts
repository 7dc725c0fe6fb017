import { keyValues } from '../../files/key-values.js';
import { known, type Reading, type Scalar, unknown } from '../../files/reading.js';
import type { Source } from '../../files/text-file.js';
import { plain } from '../../text/sentences.js';
import type { Lookup, Manual, StartReading } from '../manual.js';
import type { ServerRule } from '../rule.js';
import { readFile, readLine } from '../settings/read-line.js';
import { runningBy } from '../settings/running-by.js';
import { WAITRESS_DIALECT } from './dialect.js';
import { NOT_CLIENTS, waitress } from './index.js';

const idleConnections: ServerRule = {
  severity: 'warning',
  title: 'connections run out before threads do',
  summary: 'the connection limit is not above the threads, or the connections that the proxy keeps open',
  why: 'The limit counts every open connection, idle kept-alive ones, the listener and an internal trigger included. Where it is reached Waitress stops accepting, though threads are free.',
  fix: 'Set --connection-limit well above the threads and the connections that the proxy keeps.',
  source: 'src/waitress/server.py: connection_limit',
  check({ threads, connections, question }) {
    if (threads.value === null || connections.value === null) return null;
    const kept = question.proxyConnections ?? 0;
    if (connections.value - NOT_CLIENTS > Math.max(threads.value, kept)) return null;
    return {
      at: connections.layer === null ? threads.at : connections.at,
      message: `a connection limit of ${plain(connections.value)} leaves room for ${plain(Math.max(0, connections.value - NOT_CLIENTS))} clients, and ${kept > threads.value ? `the proxy keeps ${plain(kept)} connections open` : `there are ${plain(threads.value)} threads`}`,
      fix: `set --connection-limit ${Math.max(threads.value * 4, kept * 2) + NOT_CLIENTS} or more`,
      numbers: {
        connectionLimit: connections.value,
        threads: threads.value,
        proxyConnections: question.proxyConnections,
      },
    };
  },
};

/** A PasteDeploy file whose `[server:main]` is Waitress, as `pserve` reads it. */
const isPasteFile = ({ text }: Source): boolean =>
  /^\[server:main\]/m.test(text) && /^[ \t]*use\s*=\s*egg:waitress(#|\s*$)/m.test(text);

/** What `[server:main]` sets, by the names of Waitress's arguments. */
function readPaste(source: Source, _outer: unknown, lookup: Lookup): readonly StartReading[] {
  if (!isPasteFile(source)) return [];
  lookup.used(source);
  const settings = new Map<string, Reading<Scalar>>();
  for (const { section, key, value, at } of keyValues(source))
    if (section === SECTION && Object.hasOwn(waitress.commandLine.settings, key))
      settings.set(
        key,
        value.includes('%(') ? unknown('what is filled in is not read', at) : known<Scalar>(value, at),
      );
  return [readFile(source, settings)];
}

export const waitressManual: Manual = {
  server: waitress,
  read: (start) => readLine(waitress.commandLine, start),
  owns: isPasteFile,
  readAlone: readPaste,
  dialect: WAITRESS_DIALECT,
  running: (deployment) =>
    runningBy(waitress, deployment, {
      threads: 'threads',
      connections: 'connection_limit',
      backlog: 'backlog',
      keepalive: { setting: 'channel_timeout', name: 'channel_timeout' },
    }),
  rules: { 'waitress-connections': idleConnections },
  topics: {
    waitress: {
      id: 'waitress',
      kind: 'server',
      title: 'Waitress',
      what: 'One process, whatever is asked for: a thread that reads and writes for all clients, and --threads (4) that run the application, with a queue between them. Slow clients hold no thread. It holds about 98 connections (connection_limit 100) and stops accepting beyond.',
      formula: 'slots = threads; capacity ≤ 1 / CPU time under the interpreter lock',
      holds: 'For small WSGI applications, also on Windows. On several cores, run several behind a proxy.',
      fails: 'For requests that compute, beyond one core. A thread that hangs is never ended.',
      source: 'docs/arguments.rst, docs/design.rst; src/waitress/task.py, server.py',
      seeAlso: ['gthread', 'gil'],
    },
  },
};

const SECTION = 'server:main';
