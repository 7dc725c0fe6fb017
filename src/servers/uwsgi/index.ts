import type { Configuration, Server, Setting, Settings, Start, Wanted } from '../server.js';
import { variablesOf } from '../settings/environment-file.js';
import { optionWords } from '../settings/option-words.js';
import { kindOf } from '../shapes/kind.js';
import { recycleAfter, whyRecycled } from '../shapes/recycling.js';
import { slotsDiscipline } from '../shapes/threaded.js';
import { version } from '../version.js';
import { UWSGI_LINE } from './command-line.js';
import { uwsgiIni } from './configuration-file.js';
import { MEASURED_ERRORS } from './measured-errors.js';

/** 2.1 was never released. */
const UWSGI_VERSIONS = { oldest: version(2), newest: version(2) };

/** core/init.c, core/uwsgi.c, core/socket.c of 2.0.30. */
const UWSGI_DEFAULTS = {
  workers: 1,
  threads: 1,
  workerConnections: null,
  backlog: 100,
  timeoutMs: 0,
  /** A stop ends requests in flight (core/uwsgi.c: kill_them_all); `worker-reload-mercy` is of reloads. */
  gracefulTimeoutMs: 0,
  keepaliveMs: 0,
} as const;

const SLOTS = kindOf({
  server: 'uwsgi',
  needsProxy: true,
  timeoutEndsRequests: true,
  note: 'each thread of each process takes a connection itself when it is free, so that all share one kernel queue',
  source: 'core/loop.c, core/utils.c',
});

/** The settings that run a configuration, by uWSGI's names. */
function settingsOf(is: Configuration, wanted: Wanted, whyWorkers: string): readonly Setting[] {
  const after = recycleAfter(wanted, is);
  const settings: (Setting | false)[] = [
    { name: 'master', value: true, why: 'a process that starts the workers again and reaps them' },
    { name: 'processes', value: is.workers, why: whyWorkers },
    is.threads > 1 && {
      name: 'threads',
      value: is.threads,
      why: 'requests that one process works on at once',
    },
    {
      name: 'listen',
      value: wanted.backlog,
      why: 'connections that may wait in the kernel; uWSGI does not start where net.core.somaxconn is smaller',
    },
    wanted.timeoutMs > 0 && {
      name: 'harakiri',
      value: Math.ceil(wanted.timeoutMs / 1000),
      why: 'a request that takes longer is killed with its worker',
    },
    { name: 'die_on_term', value: true, why: 'without it SIGTERM reloads instead of stopping' },
    { name: 'max_requests', value: after, why: whyRecycled(wanted) },
    !wanted.preload && {
      name: 'lazy_apps',
      value: true,
      why: 'each worker loads the application by itself; without it pages are shared, and --preload says so',
    },
    { name: 'need_app', value: true, why: 'no server without its application' },
    {
      name: 'http_socket',
      value: ':8000',
      why: 'the workers accept HTTP themselves, so that listen is the real queue',
    },
  ];
  return settings.filter((setting) => setting !== false);
}

function start(settings: Settings): Start {
  return {
    program: 'uwsgi',
    words: optionWords(settings),
    onPort: (port) => optionWords({ ...settings, http_socket: `:${port}` }),
    application: ['--module', 'app:app'],
    environment: variablesOf('UWSGI_', settings),
    gracefulSeconds: UWSGI_DEFAULTS.gracefulTimeoutMs / 1000,
  };
}

export const uwsgi: Server = {
  name: 'uwsgi',
  title: 'uWSGI',
  versions: UWSGI_VERSIONS,
  kinds: [SLOTS],
  defaults: UWSGI_DEFAULTS,
  spawns: false,
  programs: { name: /^(py)?uwsgi(-core|_python3?\d*)?$/, modules: ['uwsgi', 'pyuwsgi'] },
  commandLine: UWSGI_LINE,
  measuredErrors: MEASURED_ERRORS,
  files: /^uwsgi.*\.(ini|ya?ml)$/,
  runs: (kind) => kind ?? uwsgi.kinds[0]!,
  discipline: (is, circumstances) =>
    slotsDiscipline(is, circumstances, {
      backlog: circumstances.backlog,
      ...(circumstances.timeoutMs > 0 ? { killAfterMs: circumstances.timeoutMs } : {}),
    }),
  settings: settingsOf,
  start,
  configurationFile: uwsgiIni,
};
