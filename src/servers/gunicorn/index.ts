import { shellWord } from '../../text/quote/shell.js';
import { APPLICATION, type Server, type Settings, type Start } from '../server.js';
import { GUNICORN_LINE } from './command-line.js';
import { gunicornConf } from './conf-text.js';
import { GUNICORN_DEFAULTS, NEWEST_GUNICORN, OLDEST_GUNICORN } from './defaults.js';
import { disciplineOf } from './discipline.js';
import { CLASS_FACTS, factsOf } from './kinds.js';
import { MEASURED_ERRORS } from './measured-errors.js';
import { settingsOf } from './settings.js';
import { argumentWords } from './start.js';
import type { WorkerClass } from './worker-class.js';

/** `GUNICORN_CMD_ARGS` beats a configuration file, of which WEB_CONCURRENCY is only a default. */
function start(settings: Settings): Start {
  const words = argumentWords(settings);
  return {
    program: 'gunicorn',
    words,
    listens: ['--bind', '0.0.0.0:8000'],
    application: [APPLICATION],
    environment: { GUNICORN_CMD_ARGS: words.map(shellWord).join(' ') },
    hints: { WEB_CONCURRENCY: String(settings.workers) },
    gracefulSeconds: Number(settings.graceful_timeout ?? 30),
  };
}

export const gunicorn: Server = {
  name: 'gunicorn',
  title: 'Gunicorn',
  versions: { oldest: OLDEST_GUNICORN, newest: NEWEST_GUNICORN },
  kinds: Object.values(CLASS_FACTS),
  defaults: GUNICORN_DEFAULTS,
  spawns: false,
  programs: {
    name: /^gunicorn(3|\.exe)?$/,
    modules: ['gunicorn', 'gunicorn.app.wsgiapp'],
    python: { imports: ['gunicorn.app.base', 'gunicorn.app.wsgiapp'], calls: [] },
  },
  commandLine: GUNICORN_LINE,
  measuredErrors: MEASURED_ERRORS,
  files: /^gunicorn([._-]?(conf|config|cfg|settings))?(\.conf)?\.py$/,
  runs(kind, threads) {
    const asked = kind ?? factsOf('sync');
    return asked.name === 'sync' && threads > 1 ? factsOf('gthread') : asked;
  },
  discipline: (is, { version, gil, backlog, timeoutMs }) =>
    disciplineOf({
      workerClass: is.kind.name as WorkerClass,
      gunicorn: version,
      workers: is.workers,
      threads: is.threads,
      workerConnections: is.workerConnections ?? GUNICORN_DEFAULTS.workerConnections,
      backlog,
      gil,
      timeoutMs,
    }),
  settings: settingsOf,
  start,
  configurationFile: gunicornConf,
};
