import type { HttpAnswer } from '../../../src/host/host.js';
import { OPTIONS, type OptionName } from '../../../src/input/options.js';
import { optionOf } from '../../../src/input/value.js';
import { environmentNameOf, flagOf } from '../../../src/text/names.js';
import { hostileText, mutated } from './hostile.js';
import { type Random, randomOf } from './random.js';
import {
  BATCHES,
  CONFIG,
  DEPLOYMENT_FILES,
  FIT_PROFILE,
  LOAD_TESTS,
  LOGS,
  MACHINES,
  METRICS,
  METRICS_ASKED,
  PROJECT,
  PROMETHEUS_ANSWERS,
  RATES,
} from './seeds.js';

/** One run of the program: its arguments and everything that it may read. */
export interface FuzzCase {
  readonly kind: Kind;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  /** What comes in on standard input. */
  readonly stdin: string;
  /** A whole machine's `/proc` and `/sys` in place of files, as fixtures write them. */
  readonly machine: string | null;
  /** What a server on the network answers, one question after the other, and then anew. */
  readonly answers: readonly HttpAnswer[];
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
  'deployment file',
  'baseline',
  'load test',
  'metrics',
  'server',
  'rates',
  'merge',
  'machine',
] as const;
type Kind = (typeof KINDS)[number];

/** The case of a number; kinds take turns. */
export function caseOf(number: number): FuzzCase {
  const random = randomOf(number + 1);
  const kind = KINDS[number % KINDS.length]!;
  return { kind, env: {}, files: {}, stdin: '', machine: null, answers: [], ...MAKERS[kind](random) };
}

type Made = Pick<FuzzCase, 'argv'> & Partial<Omit<FuzzCase, 'kind' | 'argv'>>;

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
  'fleet',
  'page',
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
  'kubernetes-patch',
  'profile',
  ...['args', 'config', 'gunicorn', 'procfile', 'compose', 'helm', 'dockerfile', 'ansible', 'keda'],
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
  'rates',
  'loadTest',
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
      ...(random.chance(0.8) ? [random.pick(COMMANDS.slice(0, 10))] : [hostileText(random)]),
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
    const sound = name.endsWith('json') ? JSON.stringify({ cores: 2, mem: '1GiB', slo: ['p95<1s'] }) : CONFIG;
    const text = mutated(sound, random);
    const named = `${hostileText(random)}.yaml`;
    return random.chance(0.3)
      ? { argv: ['--config', named, ...format(random), '--explain'], files: { [named]: text } }
      : { argv: [...format(random), '--explain'], files: { [name]: text } };
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
    const text = mutated(random.pick(LOGS), random);
    const compared = random.chance(0.2)
      ? ['--compare', '--cores', '2', '--workers', '2', '--io-ratio', '0.5']
      : [];
    const rest = [...hint, ...compared, ...format(random)];
    return random.chance(0.1)
      ? { argv: ['fit', '-', ...rest], stdin: text }
      : { argv: ['fit', name, ...rest], files: { [name]: text } };
  },
  batch: (random) => {
    const command = random.pick(['plan', 'queue']);
    const lines = random.pick(BATCHES);
    const text = mutated(lines, random);
    return random.chance(0.2)
      ? { argv: [command, '--batch', '-'], stdin: text }
      : { argv: [command, '--batch', 'b.jsonl'], files: { 'b.jsonl': text } };
  },
  trace: (random) => ({
    argv: ['simulate', '--cores', '2', '--workers', '2', '--trace', 't.csv', ...format(random)],
    files: { 't.csv': mutated(`at_ms,cpu_ms,io_ms\n${'1,2,3\n5,1,9\n'.repeat(20)}`, random) },
  }),
  profile: (random) => {
    const text = mutated(random.pick([PROFILE, FIT_PROFILE]), random);
    return random.chance(0.2)
      ? { argv: [...MACHINE, '--profile', '-', ...format(random)], stdin: text }
      : { argv: [...MACHINE, '--profile', 'p.yaml', ...format(random)], files: { 'p.yaml': text } };
  },
  'deployment file': (random) => {
    const { name, text } = random.pick(DEPLOYMENT_FILES);
    const machine = random.chance(0.5) ? [...MACHINE, '--rate', '20', '--service-time', '50ms'] : [];
    const rules = random.chance(0.1) ? ['--rule', hostileText(random), '--env', hostileText(random)] : [];
    return {
      argv: ['check', name, ...machine, ...rules, ...format(random)],
      files: { [name]: mutated(text, random) },
    };
  },
  baseline: (random) => {
    const [name, text] = random.pick(Object.entries(PROJECT));
    const baseline = mutated(
      '{"schemaVersion":1,"findings":[{"rule":"timeout-off","file":"a","count":1}]}',
      random,
    );
    const argv = ['check', name, ...MACHINE, '--baseline', 'base.json', ...format(random)];
    return {
      argv: random.chance(0.2) ? [...argv, '--update-baseline'] : argv,
      files: { [name]: text, 'base.json': baseline },
    };
  },
  'load test': (random) => {
    const name = random.pick(['k6.json', 'wrk.txt', 'a.csv', hostileText(random)]);
    const compared = random.chance(0.3)
      ? ['--compare', '--cores', '2', '--workers', '2', '--cpu-time', '20ms']
      : [];
    return {
      argv: ['fit', '--load-test', name, ...compared, ...format(random)],
      files: { [name]: mutated(random.pick(LOAD_TESTS), random) },
    };
  },
  metrics: (random) => {
    const name = random.pick(['metrics.txt', 'answer.json', hostileText(random)]);
    const query = random.chance(0.1) ? ['--query', `durations=${hostileText(random)}`] : [];
    return {
      argv: ['fit', '--prometheus', name, ...query, ...format(random)],
      files: { [name]: mutated(random.pick(METRICS), random) },
    };
  },
  server: (random) => ({
    argv: [...METRICS_ASKED, ...format(random)],
    answers: PROMETHEUS_ANSWERS.map((text) => ({
      status: random.chance(0.9) ? 200 : random.pick([204, 301, 400, 401, 422, 500]),
      location: random.chance(0.1) ? hostileText(random) : null,
      text: random.chance(0.3) ? mutated(text, random) : text,
    })),
  }),
  rates: (random) => ({
    argv: [...FLEET, '--rates', 'day.csv', ...format(random)],
    files: { 'day.csv': mutated(RATES, random) },
  }),
  merge: (random) => ({
    argv: ['fit', '--merge', 'a.json', 'b.json', ...format(random)],
    files: { 'a.json': mutated(FIT_PROFILE, random), 'b.json': FIT_PROFILE },
  }),
  machine: (random) => ({
    argv: ['detect', ...(random.chance(0.2) ? ['--watch', '1s'] : []), ...format(random)],
    machine: mutated(random.pick(MACHINES), random),
  }),
};

const PROFILE = 'cpuTime: 5\nioTime: 20\nlaws:\n  cpu: [1, 2, 5, 9]\n';
const FLEET = [
  ...['fleet', '--per-worker', '200', '--service-time', '60ms', '--slo', 'p95<250ms'],
  ...['--shape', '2:4GiB:0.09/h', '--worker-class', 'sync'],
];
