import type { Discipline } from '../../model/discipline.js';
import {
  APPLICATION,
  type Circumstances,
  type Configuration,
  type Kind,
  type Server,
  type Setting,
  type Settings,
  type Start,
  type Wanted,
} from '../server.js';
import { environmentFile, variablesOf } from '../settings/environment-file.js';
import { optionWords } from '../settings/option-words.js';
import { asgiKinds, loopDiscipline } from '../shapes/asgi.js';
import { kindOf } from '../shapes/kind.js';
import { poolDiscipline } from '../shapes/threaded.js';
import { GRANIAN_LINE } from './command-line.js';
import { backpressureOf, GRANIAN_DEFAULTS, GRANIAN_VERSIONS, LEAST_BACKLOG, listensAlone } from './facts.js';

const SOURCE = 'granian/server/common.py, src/workers.rs, src/serve.rs';

const WSGI = kindOf({
  server: 'granian',
  name: 'wsgi',
  note: 'a pool of blocking threads in each process behind a queue of its own; the application must be thread-safe',
  source: `${SOURCE}, src/blocking.rs`,
});

export const GRANIAN_KINDS: readonly Kind[] = [WSGI, ...asgiKinds('granian', { source: SOURCE })];

/** The Rust side takes connections whatever Python does, up to the backpressure: from its own listener or from a common one. */
function disciplineOf(is: Configuration, circumstances: Circumstances): Discipline {
  const backlog = Math.max(LEAST_BACKLOG, circumstances.backlog);
  const held = is.workerConnections ?? backpressureOf(backlog, is.workers);
  const connections = listensAlone(circumstances.version) ? Number.POSITIVE_INFINITY : held;
  if (is.kind.handlers === null) return poolDiscipline(is, circumstances, { backlog, connections });
  const loop = loopDiscipline(is, circumstances, { backlog, acceptsAtOnce: 1 });
  return { ...loop, slots: Math.min(loop.slots, held), connections, accepts: 'eagerly' };
}

/** The settings that run a configuration, by the names of Granian's options. */
function settingsOf(is: Configuration, wanted: Wanted, whyWorkers: string): readonly Setting[] {
  const settings: (Setting | false)[] = [
    { name: 'interface', value: is.kind.application, why: is.kind.note },
    { name: 'workers', value: is.workers, why: whyWorkers },
    is.kind.handlers === null && {
      name: 'blocking_threads',
      value: is.threads,
      why: 'requests that one process works on at once; the default is half of the backpressure, hundreds of threads',
    },
    is.kind.handlers !== null &&
      wanted.loop !== null && { name: 'loop', value: wanted.loop, why: 'the event loop' },
    {
      name: 'backlog',
      value: Math.max(LEAST_BACKLOG, wanted.backlog),
      why: 'connections that may wait in the kernel, which caps it at net.core.somaxconn; also divides into the backpressure',
    },
    is.workerConnections !== null && {
      name: 'backpressure',
      value: is.workerConnections,
      why: 'connections that a worker holds at a time, as asked for; more wait in the kernel',
    },
    {
      name: 'respawn_failed_workers',
      value: true,
      why: 'without it one worker that ends badly ends the server',
    },
    {
      name: 'workers_kill_timeout',
      value: 30,
      why: 'time that requests in flight get to finish; without it a worker waits for ever',
    },
  ];
  return settings.filter((setting) => setting !== false);
}

const PREFIX = 'GRANIAN_';

function start(settings: Settings): Start {
  const words = optionWords(settings);
  return {
    program: 'granian',
    words,
    listens: ['--host', '0.0.0.0', '--port', '8000'],
    onPort: (port) => [...words, '--host', '0.0.0.0', '--port', port],
    application: [APPLICATION],
    environment: variablesOf(PREFIX, settings),
    gracefulSeconds: Number(settings.workers_kill_timeout ?? 30),
  };
}

export const granian: Server = {
  name: 'granian',
  title: 'Granian',
  versions: GRANIAN_VERSIONS,
  kinds: GRANIAN_KINDS,
  defaults: GRANIAN_DEFAULTS,
  spawns: true,
  // granian/server/common.py: a fresh worker starts, and after `--respawn-interval` the old one is stopped.
  startsSuccessorFirst: true,
  connectionSetting: 'backpressure',
  programs: {
    name: /^granian$/,
    modules: ['granian'],
    python: {
      imports: ['granian', 'granian.server'],
      calls: ['granian.Granian', 'granian.server.Granian'],
      parameters: ['address', 'port'],
    },
    variables: PREFIX,
  },
  commandLine: GRANIAN_LINE,
  measuredErrors: {},
  files: null,
  runs: (kind) => kind ?? granian.kinds[0]!,
  discipline: disciplineOf,
  settings: settingsOf,
  start,
  configurationFile: environmentFile('granian', PREFIX),
};
