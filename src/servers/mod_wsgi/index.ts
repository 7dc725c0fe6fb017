import type { Configuration, Server, Setting, Settings, Start, Wanted } from '../server.js';
import { commandLineOf, optionTable } from '../settings/option-table.js';
import { optionWords } from '../settings/option-words.js';
import { kindOf } from '../shapes/kind.js';
import { slotsDiscipline } from '../shapes/threaded.js';
import { version } from '../version.js';
import { apacheFragment } from './configuration-file.js';
import { MEASURED_ERRORS } from './measured-errors.js';

/** Of mod_wsgi-express; WSGIDaemonProcess has 15 threads (docs/configuration-directives/WSGIDaemonProcess.rst). */
const EXPRESS_DEFAULTS = {
  workers: 1,
  threads: 5,
  workerConnections: null,
  backlog: 100,
  timeoutMs: 0,
  gracefulTimeoutMs: 15_000,
  keepaliveMs: 2_000,
} as const;

export const DIRECTIVE_THREADS = 15;

const DAEMON = kindOf({
  server: 'mod_wsgi',
  note: 'daemon mode: a thread takes a request when it is free, from one queue for all; Apache itself reads slow clients',
  source: 'src/server/wsgi_daemon.c, docs/user-guides/request-pipeline.rst',
});

const QUEUE_TIMEOUT = 'queue_timeout';
/** Settings whose option is not their own name with dashes. */
const OPTION_NAMES = { listen_backlog: 'daemon-backlog' } as const;

/** Options of mod_wsgi-express (src/express/options.py) and of WSGIDaemonProcess that wcalc speaks of. */
const EXPRESS_LINE = commandLineOf(
  () => ({
    ...optionTable({
      count:
        'threads max-clients queue-timeout request-timeout deadlock-timeout inactivity-timeout graceful-timeout shutdown-timeout eviction-timeout maximum-requests restart-interval cpu-time-limit socket-timeout connect-timeout keep-alive-timeout max-keep-alive-requests memory-limit virtual-memory-limit port initial-workers minimum-spare-workers maximum-spare-workers',
      text: 'application-type callable-object entry-point host server-root document-root url-alias user group lang locale working-directory server-name python-path python-home home display-name socket-user',
      switch:
        'reload-on-changes access-log rotate-logs log-to-terminal startup-log compress-responses isatty',
    }),
    workers: { kind: 'count', flags: ['--processes'], argument: 'one' },
    // The directive's listen-backlog, that of the daemon group; --server-backlog is Apache's own.
    listen_backlog: { kind: 'count', flags: [`--${OPTION_NAMES.listen_backlog}`], argument: 'one' },
  }),
  {
    sizing: ['workers', 'threads', 'listen_backlog', 'max_clients', 'queue_timeout', 'request_timeout'],
    config: null,
    idle: ['--help', '-h', '--version'],
    abbreviates: true,
    isOpen: true,
  },
);

/** The settings that run a configuration, by the names of mod_wsgi-express's options. */
function settingsOf(is: Configuration, wanted: Wanted, whyWorkers: string): readonly Setting[] {
  const slots = is.workers * is.threads;
  const settings: (Setting | false)[] = [
    { name: 'processes', value: is.workers, why: whyWorkers },
    { name: 'threads', value: is.threads, why: 'requests that one process works on at once' },
    {
      name: 'max_clients',
      value: Math.ceil(1.5 * slots),
      why: 'clients that Apache holds at once; more than there are threads, so that some may wait',
    },
    {
      name: 'listen_backlog',
      value: wanted.backlog,
      why: 'connections that may wait in the kernel, which caps it at net.core.somaxconn',
    },
    wanted.queueTimeoutMs !== undefined && {
      name: QUEUE_TIMEOUT,
      value: wanted.queueTimeoutMs / 1000,
      why: 'who has waited for so many seconds gets 504 instead of a service that comes too late, as asked for',
    },
    {
      name: 'graceful_timeout',
      value: EXPRESS_DEFAULTS.gracefulTimeoutMs / 1000,
      why: 'time that requests in flight get to finish at a restart',
    },
    {
      name: 'port',
      value: 8000,
      why: 'where it listens',
    },
  ];
  return settings.filter((setting) => setting !== false);
}

function start(settings: Settings): Start {
  const words = (all: Settings): readonly string[] => ['start-server', ...optionWords(all, OPTION_NAMES)];
  return {
    program: 'mod_wsgi-express',
    words: words(settings),
    onPort: (port) => words({ ...settings, port }),
    application: ['--application-type', 'module', '--callable-object', 'app', 'app'],
    environment: null,
    gracefulSeconds: Number(settings.graceful_timeout ?? 15),
  };
}

export const modWsgi: Server = {
  name: 'mod_wsgi',
  title: 'mod_wsgi',
  versions: { oldest: version(4, 5), newest: version(6, 0) },
  kinds: [DAEMON],
  defaults: EXPRESS_DEFAULTS,
  spawns: true,
  queueTimeoutSetting: QUEUE_TIMEOUT,
  programs: { name: /^mod_wsgi-express(-3(\.\d+)?)?$/, modules: [], subcommand: 'start-server' },
  commandLine: EXPRESS_LINE,
  measuredErrors: MEASURED_ERRORS,
  files: null,
  runs: (kind) => kind ?? modWsgi.kinds[0]!,
  discipline: (is, circumstances) => ({
    ...slotsDiscipline(is, circumstances, { backlog: circumstances.backlog }),
    // src/server/wsgi_daemon.c: a thread that takes a request answers 504 at once where it has waited for longer.
    ...(circumstances.queueTimeoutMs !== undefined && { shedAfterMs: circumstances.queueTimeoutMs }),
  }),
  settings: settingsOf,
  start,
  configurationFile: apacheFragment,
};
