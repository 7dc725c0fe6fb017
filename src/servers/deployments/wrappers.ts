import { baseName } from '../../files/text-file.js';
import { lookUp } from '../../text/lookup.js';

/** How a program that only starts another takes its own arguments. */
interface Wrapper {
  /** Options that take a word of their own. */
  readonly values?: readonly string[];
  /** Words before the command, such as the user of gosu. */
  readonly before?: number;
  /** A word that must follow: `poetry run`. */
  readonly command?: string;
  /** A word that stands before the command, which there is none without. */
  readonly until?: string;
  /** It may set variables that no file of the project holds. */
  readonly adds?: string;
}

/** `wait-for-it db:5432 -t 30 -- gunicorn …`. */
const WAIT: Wrapper = { until: '--' };

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  exec: {},
  command: {},
  nohup: {},
  setsid: {},
  time: {},
  catatonit: {},
  unbuffer: {},
  'with-contenv': {},
  env: { values: ['-u', '-C', '-S'] },
  nice: { values: ['-n'] },
  ionice: { values: ['-c', '-n'] },
  stdbuf: { values: ['-i', '-o', '-e'] },
  timeout: { values: ['-k', '-s'], before: 1 },
  tini: { values: ['-p', '-e'] },
  'tini-static': { values: ['-p', '-e'] },
  'docker-init': {},
  'dumb-init': { values: ['-r', '--rewrite'] },
  pid1: {},
  gosu: { before: 1 },
  'su-exec': { before: 1 },
  setuidgid: { before: 1 },
  's6-setuidgid': { before: 1 },
  's6-notifyoncheck': { values: ['-s', '-T', '-t', '-w', '-n', '-c', '-3'] },
  's6-envdir': { before: 1, adds: 's6-envdir' },
  envdir: { before: 1, adds: 'envdir' },
  // A chain of programs that end in others, as s6's.
  cd: { before: 1 },
  chroot: { values: ['--userspec'], before: 1 },
  setpriv: {},
  sudo: { values: ['-u', '-g', '-C', '-D'] },
  runuser: { values: ['-u', '-g'] },
  chpst: { values: ['-u', '-U', '-e', '-n', '-o', '-m'] },
  'xvfb-run': { values: ['-s', '-n'] },
  'newrelic-admin': { command: 'run-program' },
  'ddtrace-run': {},
  'opentelemetry-instrument': {},
  'elasticapm-run': {},
  'sentry-wrapper': {},
  'scout-apm': {},
  poetry: { values: ['-C', '--directory', '-P'], command: 'run' },
  pipenv: { command: 'run' },
  pdm: { values: ['-p'], command: 'run' },
  rye: { command: 'run' },
  pixi: { values: ['-e'], command: 'run' },
  hatch: { values: ['-e'], command: 'run' },
  uv: {
    values: [
      '--directory',
      '--project',
      '--with',
      '--extra',
      '--group',
      '--only-group',
      '--no-group',
      '-p',
      '--python',
      '--env-file',
      '--package',
    ],
    command: 'run',
  },
  conda: { values: ['-n', '--name', '-p', '--prefix'], command: 'run' },
  mamba: { values: ['-n', '-p'], command: 'run' },
  micromamba: { values: ['-n', '-p'], command: 'run' },
  coverage: { values: ['--rcfile', '--source'], command: 'run' },
  dotenv: { values: ['-f', '--file', '-e', '-q'], command: 'run' },
  honcho: { values: ['-e', '-f'], command: 'run', adds: 'the .env file of honcho' },
  doppler: { values: ['-p', '-c', '-t'], command: 'run', adds: 'doppler' },
  infisical: { command: 'run', adds: 'infisical' },
  op: { command: 'run', adds: 'op run' },
  chamber: { command: 'exec', adds: 'chamber' },
  'aws-vault': { command: 'exec', adds: 'aws-vault' },
  'vault-env': { adds: 'vault-env' },
  envconsul: { adds: 'envconsul' },
  envkey: { adds: 'envkey' },
  berglas: { command: 'exec', adds: 'berglas' },
  dockerize: { values: ['-wait', '-timeout', '-template', '-stdout', '-stderr'] },
  launcher: {},
  'wait-for-it.sh': WAIT,
  'wait-for-it': WAIT,
  'wait_for_it.sh': WAIT,
  'wait-for.sh': WAIT,
  'wait-for': WAIT,
};

export interface Unwrapped {
  /** Index of the first word that is no wrapper's; past the end where nothing is left. */
  readonly head: number;
  /** `A=1` of env and of the words themselves, by index. */
  readonly assignments: readonly number[];
  /** What may set further variables. */
  readonly adds: string | null;
}

const ASSIGNMENT = /^[A-Za-z_]\w*=/;

/** Passes over programs that only start another one, and over what they are given. */
export function unwrap(words: readonly (string | undefined)[]): Unwrapped {
  const assignments: number[] = [];
  let adds: string | null = null;
  let at = 0;
  for (;;) {
    while (at < words.length && ASSIGNMENT.test(words[at] ?? '')) assignments.push(at++);
    const name = baseName(words[at] ?? '');
    const wrapper = lookUp(WRAPPERS, name);
    if (!wrapper) return { head: at, assignments, adds };
    const next = afterOwn(words, at + 1, wrapper);
    if (next === null) return { head: at, assignments, adds };
    const own = words.slice(at + 1, next);
    if (name === 'dotenv' || own.some((word) => word?.startsWith('--env-file'))) adds ??= dotenvFile(own);
    adds ??= wrapper.adds ?? null;
    at = next;
  }
}

const dotenvFile = (own: readonly (string | undefined)[]): string => {
  const named = own.find((_word, i) => i > 0 && /^(-f|--file|-e|--env-file)$/.test(own[i - 1] ?? ''));
  return `${named ?? '.env'}, which was not given`;
};

/** Where the command of a wrapper begins; null where its own command is another one. */
function afterOwn(
  words: readonly (string | undefined)[],
  from: number,
  { values = [], before = 0, command, until }: Wrapper,
): number | null {
  if (until !== undefined) {
    const end = words.indexOf(until, from);
    return end < 0 ? null : end + 1;
  }
  let at = from;
  let left = before;
  let wanted = command;
  for (; at < words.length; at += 1) {
    const word = words[at];
    if (word === '--') return at + 1;
    if (word?.startsWith('-')) {
      if (values.includes(word)) at += 1;
    } else if (wanted !== undefined) {
      if (word !== wanted) return null;
      wanted = undefined;
    } else if (left > 0) left -= 1;
    else return at;
  }
  return wanted === undefined ? at : null;
}
