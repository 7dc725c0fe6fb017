import { OPTIONS, type OptionName } from '../../../src/input/options.js';
import { optionOf } from '../../../src/input/value.js';
import { environmentNameOf, flagOf } from '../../../src/text/names.js';
import { hostileText, mutated } from './hostile.js';
import { type Random, randomOf } from './random.js';

/** One run of the program: its arguments and everything that it may read. */
export interface FuzzCase {
  readonly kind: Kind;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
}

export const KINDS = [
  'arguments',
  'environment',
  'config',
  'project',
  'log',
  'batch',
  'trace',
  'profile',
] as const;
type Kind = (typeof KINDS)[number];

/** The case of a number; kinds take turns. */
export function caseOf(number: number): FuzzCase {
  const random = randomOf(number + 1);
  const kind = KINDS[number % KINDS.length]!;
  return { kind, env: {}, files: {}, ...MAKERS[kind](random) };
}

type Made = Pick<FuzzCase, 'argv'> & Partial<Pick<FuzzCase, 'env' | 'files'>>;

const MACHINE = ['--cores', '2', '--mem', '1GiB', '--per-worker', '200'];
const NAMES = Object.keys(OPTIONS) as OptionName[];
const COMMANDS = [
  'plan',
  'queue',
  'sweep',
  'check',
  'fit',
  'explain',
  'completion',
  'help',
  'simulate',
  'detect',
];
const FORMATS = [
  'table',
  'text',
  'json',
  'yaml',
  'csv',
  'markdown',
  'html',
  'svg',
  'github',
  'sarif',
  'junit',
  'env',
  'systemd',
  'kubernetes',
];
const format = (random: Random): string[] => (random.chance(0.6) ? ['--format', random.pick(FORMATS)] : []);

/** Options whose sound values decide how long the mathematics takes; that is for the fuzzing of the mathematics. */
const LONG: ReadonlySet<string> = new Set([
  'requests',
  'population',
  'watch',
  'detect',
  'root',
  'batch',
  'trace',
]);

const junkOption = (random: Random): string[] => {
  const name = random.pick(NAMES);
  if (LONG.has(name)) return [];
  return optionOf(name).type.isSwitch && random.chance(0.8)
    ? [flagOf(name)]
    : [flagOf(name), hostileText(random)];
};

const MAKERS: Readonly<Record<Kind, (random: Random) => Made>> = {
  arguments: (random) => ({
    argv: [
      ...(random.chance(0.8) ? [random.pick(COMMANDS.slice(0, 8))] : [hostileText(random)]),
      ...(random.chance(0.5) ? [hostileText(random)] : []),
      ...(random.chance(0.5) ? MACHINE : []),
      ...junkOption(random),
      ...junkOption(random),
      ...format(random),
    ],
  }),
  environment: (random) => ({
    argv: [...MACHINE, ...format(random)],
    env: {
      [environmentNameOf(random.pick(NAMES))]: hostileText(random),
      [`WCALC_${hostileText(random)}`]: hostileText(random),
      ...(random.chance(0.2) && { COLUMNS: hostileText(random), LC_ALL: hostileText(random) }),
    },
  }),
  config: (random) => {
    const name = random.pick(['wcalc.yaml', 'wcalc.json']);
    const text = name.endsWith('json') ? JSON.stringify({ cores: 2, mem: '1GiB', slo: ['p95<1s'] }) : CONFIG;
    return { argv: [...format(random), '--explain'], files: { [name]: mutated(text, random) } };
  },
  project: (random) => {
    const chosen = Object.entries(PROJECT).filter(() => random.chance(0.5));
    const files = Object.fromEntries(chosen.map(([name, text]) => [name, mutated(text, random)]));
    const odd = hostileText(random);
    if (random.chance(0.3)) files[`${odd}.py`] = mutated(PROJECT['gunicorn.conf.py']!, random);
    const names = Object.keys(files);
    return { argv: ['check', ...names, ...(random.chance(0.5) ? MACHINE : []), ...format(random)], files };
  },
  log: (random) => {
    const name = random.pick(['a.log', 'a.json', 'a.csv', hostileText(random)]);
    const hint = random.chance(0.3) ? ['--log-format', mutated('%h %l %u %t "%r" %s %b %D', random)] : [];
    const files = { [name]: mutated(random.pick(LOGS), random) };
    return { argv: ['fit', name, ...hint, ...format(random)], files };
  },
  batch: (random) => {
    const command = random.pick(['plan', 'queue']);
    const lines = random.pick(BATCHES);
    return { argv: [command, '--batch', 'b.jsonl'], files: { 'b.jsonl': mutated(lines, random) } };
  },
  trace: (random) => ({
    argv: ['simulate', '--cores', '2', '--workers', '2', '--trace', 't.csv', ...format(random)],
    files: { 't.csv': mutated(`at_ms,cpu_ms,io_ms\n${'1,2,3\n5,1,9\n'.repeat(20)}`, random) },
  }),
  profile: (random) => ({
    argv: [...MACHINE, '--profile', 'p.yaml', ...format(random)],
    files: { 'p.yaml': mutated('cpuTime: 5\nioTime: 20\nlaws:\n  cpu: [1, 2, 5, 9]\n', random) },
  }),
};

const CONFIG =
  'cores: 2\nmem: 1GiB\nperWorker: 200\nrate: 20\ncpu-time: 10ms\nslo:\n  - p95<250ms\nrules:\n  timeout-off: off\nlaws:\n  cpu: [1, 2, 3]\n';

const PROJECT: Readonly<Record<string, string>> = {
  'gunicorn.conf.py':
    'import os, multiprocessing\nworkers = int(os.environ.get("WEB_CONCURRENCY", multiprocessing.cpu_count() * 2 + 1))\nthreads = 4 if workers > 2 else 1\nworker_class = "gthread"\ntimeout = 30\nbind = f"0.0.0.0:{os.getenv(\'PORT\', 8000)}"\ndef f(x):\n    return [x, x]\na = f(f(1))\nif a == [1]:\n    backlog = 64\nmax_requests = 1000\n',
  Procfile: 'web: gunicorn -w $WEB_CONCURRENCY --threads 2 app:app --timeout 60\nworker: celery -A app\n',
  Dockerfile:
    'ARG N=2\nFROM python:3.12 AS base\nENV WEB_CONCURRENCY=$N A="b c"\nFROM base\nCOPY start.sh /start.sh\nCMD ["gunicorn", "-w", "4", "app:app"]\n',
  'compose.yaml':
    'x-base: &base\n  image: app\nservices:\n  web:\n    <<: *base\n    command: gunicorn -w $W app:app\n    env_file: .env\n    environment: {WEB_CONCURRENCY: "3"}\n    deploy:\n      replicas: 2\n      resources: {limits: {cpus: "1.5", memory: 512M}}\n',
  'k8s.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  replicas: 2\n  template:\n    spec:\n      containers:\n        - name: web\n          command: [gunicorn, app:app, -w, "4"]\n          env: [{name: WEB_CONCURRENCY, value: "2"}]\n          resources: {limits: {cpu: 500m, memory: 512Mi}}\n---\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  gunicorn.conf.py: |\n    workers = 3\n',
  'web.service':
    '[Service]\nEnvironment="WEB_CONCURRENCY=3" A=1\nExecStart=/usr/bin/gunicorn app:app \\\n  -w 2\nCPUQuota=150%\nMemoryMax=1G\nTimeoutStopSec=1min\n',
  'start.sh':
    '#!/bin/bash\nset -e\nif [ "$A" = b ]; then export WEB_CONCURRENCY=4; else W=2; fi\nfor i in 1 2; do X="$X$i"; done\nexec gunicorn -w "$WEB_CONCURRENCY" app:app "$@"\n',
  '.env': 'WEB_CONCURRENCY=4 # four\nexport A="b"\nGUNICORN_CMD_ARGS="--threads 2"\n',
};

const many = (line: (n: number) => string): string =>
  Array.from({ length: 30 }, (_, n) => line(n)).join('\n');

const LOGS: readonly string[] = [
  many(
    (n) =>
      `10.0.0.1 - - [28/Jul/2025:10:00:${10 + n} +0000] "GET /a${n % 3} HTTP/1.1" 200 5 "-" "x" ${900 + n * 70}`,
  ),
  many((n) =>
    JSON.stringify({ time: `2025-07-28T10:00:${10 + n}Z`, duration_ms: 5 + n, path: `/a${n}`, status: 200 }),
  ),
  `time,duration,status\n${many((n) => `2025-07-28T10:00:${10 + n}Z,0.0${10 + n},200`)}`,
  many(
    (n) =>
      `[pid: 12|app: 0|req: ${n}/${n}] 10.0.0.1 () {1 vars in 2 bytes} [Mon Jul 28 10:00:${10 + n} 2025] GET /a => generated 5 bytes in ${5 + n} msecs (HTTP/1.1 200) 1 headers in 2 bytes (1 switches on core 0)`,
  ),
];

const BATCHES: readonly string[] = [
  '{"cores":2,"mem":"1GiB","perWorker":200,"rate":20,"cpuTime":"10ms"}\n{"cores":1,"workers":2,"mem":512,"perWorker":100}\n\n',
  '{"model":"M/M/c","servers":3,"rate":2,"serviceTime":"1s"}\n{"model":"M/D/c","servers":2,"rate":1,"serviceTime":1000}\n{"model":"M/M/c/K","servers":2,"capacity":5,"rate":3,"serviceTime":900}\n',
];
