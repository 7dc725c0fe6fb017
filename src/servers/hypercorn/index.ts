import {
  APPLICATION,
  type Configuration,
  type Server,
  type Setting,
  type Settings,
  type Start,
  type Wanted,
} from '../server.js';
import { optionWords } from '../settings/option-words.js';
import { acceptedByLoop, asgiKinds, loopDiscipline } from '../shapes/asgi.js';
import { recycleAfter, whyRecycled } from '../shapes/recycling.js';
import { HYPERCORN_LINE } from './command-line.js';
import { hypercornToml } from './configuration-file.js';
import { HYPERCORN_DEFAULTS, HYPERCORN_VERSIONS, JITTER_SINCE, RECYCLES_SINCE } from './facts.js';
import { MEASURED_ERRORS } from './measured-errors.js';

const GRACEFUL_SECONDS = 30;

/** The settings that run a configuration, by the names of Hypercorn's options. */
function settingsOf(is: Configuration, wanted: Wanted, whyWorkers: string): readonly Setting[] {
  const after = recycleAfter(wanted, is);
  const settings: (Setting | false)[] = [
    { name: 'workers', value: is.workers, why: whyWorkers },
    {
      name: 'worker_class',
      value: wanted.loop ?? 'asyncio',
      why: 'asyncio lets one worker take up to a hundred connections that wait; uvloop takes one at a time',
    },
    {
      name: 'backlog',
      value: wanted.backlog,
      why: 'connections that may wait in the kernel, which caps it at net.core.somaxconn',
    },
    {
      name: 'keep_alive',
      value: Math.ceil(wanted.keepaliveMs / 1000),
      why: 'seconds that an idle connection is kept; behind a load balancer, longer than its own idle timeout',
    },
    {
      name: 'graceful_timeout',
      value: GRACEFUL_SECONDS,
      why: 'time that requests in flight get to finish; the default of 3 s cancels slow ones',
    },
    wanted.version >= RECYCLES_SINCE && {
      name: 'max_requests',
      value: after,
      why: whyRecycled(wanted),
    },
    wanted.version >= JITTER_SINCE && {
      name: 'max_requests_jitter',
      value: after / 10,
      why: 'spreads those restarts, so that the workers do not all stop together',
    },
  ];
  return settings.filter((setting) => setting !== false);
}

/** Hypercorn reads no variables. */
function start(settings: Settings): Start {
  const words = optionWords(settings);
  return {
    program: 'hypercorn',
    words,
    listens: ['--bind', '0.0.0.0:8000'],
    onPort: (port) => [...words, '--bind', `0.0.0.0:${port}`],
    application: [APPLICATION],
    environment: null,
    gracefulSeconds: Number(settings.graceful_timeout ?? 3),
  };
}

export const hypercorn: Server = {
  name: 'hypercorn',
  title: 'Hypercorn',
  versions: HYPERCORN_VERSIONS,
  kinds: asgiKinds('hypercorn', { source: 'src/hypercorn/run.py, src/hypercorn/asyncio/run.py' }),
  defaults: HYPERCORN_DEFAULTS,
  spawns: true,
  programs: {
    name: /^hypercorn$/,
    modules: ['hypercorn'],
    python: {
      imports: ['hypercorn', 'hypercorn.asyncio', 'hypercorn.trio', 'hypercorn.run', 'hypercorn.config'],
      calls: [],
      // They serve on the loop that calls them, and start no workers (src/hypercorn/asyncio/__init__.py).
      callsOfOneProcess: ['hypercorn.asyncio.serve', 'hypercorn.trio.serve'],
    },
  },
  commandLine: HYPERCORN_LINE,
  measuredErrors: MEASURED_ERRORS,
  files: /^hypercorn.*\.toml$|^hypercorn[._-]?conf(ig)?\.py$/,
  runs: (kind) => kind ?? hypercorn.kinds[0]!,
  discipline: (is, circumstances) =>
    loopDiscipline(is, circumstances, {
      backlog: circumstances.backlog,
      acceptsAtOnce: Math.min(circumstances.backlog, acceptedByLoop(circumstances.loop)),
    }),
  settings: settingsOf,
  start,
  configurationFile: hypercornToml,
};
