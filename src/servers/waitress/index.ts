import {
  APPLICATION,
  type Configuration,
  type Server,
  type Setting,
  type Settings,
  type Wanted,
} from '../server.js';
import { commandLineOf, optionTable } from '../settings/option-table.js';
import { kindOf } from '../shapes/kind.js';
import { poolDiscipline } from '../shapes/threaded.js';
import { version } from '../version.js';
import { MEASURED_ERRORS } from './measured-errors.js';

/** docs/arguments.rst, src/waitress/adjustments.py. */
const WAITRESS_DEFAULTS = {
  workers: 1,
  threads: 4,
  workerConnections: 100,
  backlog: 1024,
  timeoutMs: 0,
  gracefulTimeoutMs: 5_000,
  keepaliveMs: 120_000,
} as const;

/** The limit counts the map of sockets, in which the listener and the trigger stand too (src/waitress/server.py). */
export const NOT_CLIENTS = 2;

const THREADS = kindOf({
  server: 'waitress',
  isSingle: true,
  note: 'one process; a thread of its own reads and writes, so that slow clients hold no thread; the application must be thread-safe',
  source: 'src/waitress/server.py, src/waitress/task.py',
});

const WAITRESS_LINE = commandLineOf(
  () =>
    optionTable({
      count:
        'threads backlog connection-limit channel-timeout cleanup-interval recv-bytes send-bytes outbuf-overflow outbuf-high-watermark inbuf-overflow max-request-header-size max-request-body-size asyncore-loop-timeout trusted-proxy-count channel-request-lookahead port',
      text: 'listen host unix-socket unix-socket-perms url-scheme url-prefix ident trusted-proxy trusted-proxy-headers server-name app',
      switch: 'call',
      toggle:
        'ipv4 ipv6 expose-tracebacks log-socket-errors log-untrusted-proxy-headers clear-untrusted-proxy-headers asyncore-use-poll',
    }),
  {
    sizing: ['threads', 'backlog', 'connection_limit', 'channel_timeout'],
    config: null,
    idle: ['--help', '-h'],
    abbreviates: true,
  },
);

/** The settings that run a configuration, by the names of Waitress's arguments. */
function settingsOf(is: Configuration, wanted: Wanted, whyWorkers: string): readonly Setting[] {
  return [
    {
      name: 'threads',
      value: is.threads,
      why: `requests that are worked on at once; there is one process (${whyWorkers.replace(/\.$/, '')})`,
    },
    {
      name: 'connection_limit',
      value:
        is.workerConnections ?? Math.max(WAITRESS_DEFAULTS.workerConnections, is.threads * 4 + NOT_CLIENTS),
      why: 'connections held at once, idle ones included; beyond, it stops accepting',
    },
    {
      name: 'backlog',
      value: wanted.backlog,
      why: 'connections that may wait in the kernel, which caps it at net.core.somaxconn',
    },
    {
      name: 'channel_timeout',
      value: Math.max(1, Math.ceil(wanted.keepaliveMs / 1000)),
      why: 'seconds that an idle connection is kept; behind a proxy, longer than its own idle timeout',
    },
  ];
}

export const waitress: Server = {
  name: 'waitress',
  title: 'Waitress',
  versions: { oldest: version(2), newest: version(3, 0) },
  kinds: [THREADS],
  defaults: WAITRESS_DEFAULTS,
  spawns: false,
  connectionSetting: 'connection_limit',
  programs: {
    name: /^waitress-serve$/,
    modules: ['waitress'],
    python: {
      imports: ['waitress', 'waitress.server'],
      calls: ['waitress.serve', 'waitress.create_server', 'waitress.server.create_server'],
    },
  },
  commandLine: WAITRESS_LINE,
  measuredErrors: MEASURED_ERRORS,
  files: null,
  runs: (kind) => kind ?? waitress.kinds[0]!,
  discipline: (is, circumstances) =>
    poolDiscipline({ ...is, workers: 1 }, circumstances, {
      backlog: circumstances.backlog,
      connections: Math.max(
        1,
        (is.workerConnections ?? WAITRESS_DEFAULTS.workerConnections) - NOT_CLIENTS,
        is.threads,
      ),
    }),
  settings: settingsOf,
  start: (settings) => ({
    program: 'waitress-serve',
    words: wordsOf(settings),
    onPort: (port) => [...wordsOf(settings), `--port=${port}`],
    application: [APPLICATION],
    environment: null,
    gracefulSeconds: WAITRESS_DEFAULTS.gracefulTimeoutMs / 1000,
  }),
  configurationFile: null,
};

function wordsOf(settings: Settings): readonly string[] {
  return Object.entries(settings).map(([name, value]) => `--${name.replaceAll('_', '-')}=${value}`);
}
