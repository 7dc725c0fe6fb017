import { APPLICATION, type Configuration, type Server, type Setting, type Wanted } from '../server.js';
import { commandLineOf, optionTable } from '../settings/option-table.js';
import { optionWords } from '../settings/option-words.js';
import { asgiKinds, loopDiscipline } from '../shapes/asgi.js';
import { version } from '../version.js';
import { MEASURED_ERRORS } from './measured-errors.js';

const APPLICATION_CLOSE_SECONDS = 30;

/** daphne/cli.py, daphne/server.py; the backlog is that of Twisted's endpoints (twisted/internet/endpoints.py). */
const DAPHNE_DEFAULTS = {
  workers: 1,
  threads: 1,
  workerConnections: null,
  backlog: 50,
  timeoutMs: 0,
  gracefulTimeoutMs: 10_000,
  keepaliveMs: 0,
} as const;

/** Twisted's reactor accepts as many as the last time (internet/tcp.py), and writes when it polls next (internet/abstract.py). */
const TWISTED = { acceptsAsBefore: true, answersLeave: 'after-next-turn' } as const;

const DAPHNE_LINE = commandLineOf(
  () =>
    optionTable({
      count: 'http-timeout,t application-close-timeout request-buffer-size port,p verbosity,v fd',
      text: 'endpoint,e bind,b unix-socket,u access-log log-fmt ping-interval ping-timeout ws-protocol root-path proxy-headers-host proxy-headers-port server-name websocket_timeout websocket_connect_timeout',
      switch: 'proxy-headers no-server-name',
    }),
  {
    sizing: ['http_timeout', 'endpoint'],
    config: null,
    idle: ['-h', '--help', '--version'],
    abbreviates: true,
  },
);

/** The settings that run a configuration: there is one process, so that little is left to set. */
function settingsOf(_is: Configuration, { backlog }: Wanted, whyWorkers: string): readonly Setting[] {
  return [
    {
      name: 'endpoint',
      value: `tcp:port=8000:interface=0.0.0.0:backlog=${backlog}`,
      why: `one process, whatever is asked for (${whyWorkers.replace(/\.$/, '')}); connections that may wait in the kernel, of which Twisted keeps 50 otherwise`,
    },
    {
      name: 'application_close_timeout',
      value: APPLICATION_CLOSE_SECONDS,
      why: 'time that a request gets to finish once its client has gone',
    },
  ];
}

export const daphne: Server = {
  name: 'daphne',
  title: 'Daphne',
  versions: { oldest: version(3), newest: version(4, 2) },
  kinds: asgiKinds('daphne', { isSingle: true, source: 'daphne/server.py' }),
  defaults: DAPHNE_DEFAULTS,
  spawns: true,
  programs: {
    name: /^daphne$/,
    modules: ['daphne'],
    python: { imports: ['daphne.server'], calls: ['daphne.server.Server'] },
  },
  commandLine: DAPHNE_LINE,
  measuredErrors: MEASURED_ERRORS,
  files: null,
  runs: (kind) => kind ?? daphne.kinds[0]!,
  discipline: (is, circumstances) =>
    loopDiscipline({ ...is, workers: 1 }, circumstances, {
      backlog: circumstances.backlog,
      acceptsAtOnce: Number.POSITIVE_INFINITY,
      ...TWISTED,
    }),
  settings: settingsOf,
  start: (settings) => ({
    program: 'daphne',
    words: optionWords(settings),
    onPort: (port) =>
      optionWords(settings).map((word) => word.replace(/^tcp:port=\d+:/, () => `tcp:port=${port}:`)),
    application: [APPLICATION],
    environment: null,
    gracefulSeconds: DAPHNE_DEFAULTS.gracefulTimeoutMs / 1000,
  }),
  configurationFile: null,
};
