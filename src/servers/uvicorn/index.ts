import { APPLICATION, type Server, type Settings, type Start } from '../server.js';
import { environmentFile, variablesOf } from '../settings/environment-file.js';
import { optionWords } from '../settings/option-words.js';
import { acceptedByLoop, asgiKinds, loopDiscipline } from '../shapes/asgi.js';
import { UVICORN_LINE } from './command-line.js';
import { EXTRA_COPY, NEWEST_UVICORN, OLDEST_UVICORN, UVICORN_DEFAULTS } from './facts.js';
import { MEASURED_ERRORS } from './measured-errors.js';
import { settingsOf } from './settings.js';

const PREFIX = 'UVICORN_';

function start(settings: Settings): Start {
  const words = optionWords(settings);
  return {
    program: 'uvicorn',
    words,
    listens: ['--host', '0.0.0.0', '--port', '8000'],
    onPort: (port) => [...words, '--host', '0.0.0.0', '--port', port],
    application: [APPLICATION],
    environment: variablesOf(PREFIX, settings),
    gracefulSeconds: Number(settings.timeout_graceful_shutdown ?? 30),
  };
}

export const uvicorn: Server = {
  name: 'uvicorn',
  title: 'Uvicorn',
  versions: { oldest: OLDEST_UVICORN, newest: NEWEST_UVICORN },
  kinds: asgiKinds('uvicorn', { source: 'uvicorn/server.py, uvicorn/supervisors/multiprocess.py' }),
  defaults: UVICORN_DEFAULTS,
  spawns: true,
  parentCopies: EXTRA_COPY,
  connectionSetting: 'limit_concurrency',
  programs: {
    name: /^(uvicorn|fastapi)$/,
    modules: ['uvicorn', 'fastapi'],
    python: {
      imports: ['uvicorn'],
      calls: ['uvicorn.run', 'uvicorn.main.run'],
      // A Config is served by Server in its own process; only run() starts workers (uvicorn/main.py, uvicorn/server.py).
      callsOfOneProcess: ['uvicorn.Config', 'uvicorn.config.Config'],
    },
    variables: PREFIX,
  },
  commandLine: UVICORN_LINE,
  measuredErrors: MEASURED_ERRORS,
  files: null,
  runs: (kind) => kind ?? uvicorn.kinds[0]!,
  discipline: (is, circumstances) => ({
    ...loopDiscipline(is, circumstances, {
      backlog: circumstances.backlog,
      acceptsAtOnce: acceptedByLoop(circumstances.loop),
    }),
    // The connection that is refused counts too (uvicorn/protocols/http: len(connections) >= limit_concurrency).
    ...(is.workerConnections !== null && {
      connections: Math.max(1, is.workerConnections - 1),
      refuses: true,
    }),
  }),
  settings: settingsOf,
  start,
  configurationFile: environmentFile('uvicorn', PREFIX),
};
