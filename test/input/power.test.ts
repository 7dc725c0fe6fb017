import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/input/config/read.js';
import { readEnvironment } from '../../src/input/environment.js';
import { OPTIONS, type OptionName } from '../../src/input/options.js';
import { environmentNameOf, flagOf } from '../../src/text/names.js';
import { madeUpHost } from '../made-up-host.js';
import { ASK } from './specs.js';

/**
 * What each option could do in the hands of whoever wrote a file, a variable or a profile that nobody chose: it is
 * refused there, it is an option of the command line alone, or it describes or shows and a value is given as proof. A
 * new option fails here, and in the types, until somebody has thought about it.
 */
const REVIEW: Readonly<Record<OptionName, Verdict>> = {
  cores: describes('4'),
  mem: describes('1GiB'),
  perWorker: describes('256'),
  shared: describes('0'),
  perThread: describes('1'),
  memoryGrowth: describes('2MiB/1000req'),
  master: describes('30'),
  reserve: describes('10%'),
  ioRatio: describes('0.9'),
  serviceTime: describes('100ms'),
  cpuTime: describes('10'),
  ioTime: describes('90'),
  cv: describes('1'),
  cpuCv: describes('1'),
  ioCv: describes('1'),
  overhead: describes('1ms'),
  ioCalls: describes('3'),
  rate: describes('120/s'),
  slo: describes('p95<250ms'),
  maxUtilization: describes('0.8'),
  lean: describes('true'),
  workerClass: describes('gthread'),
  workers: describes('4'),
  threads: describes('4'),
  workerConnections: describes('1000'),
  backlog: describes('64'),
  timeout: describes('30'),
  keepalive: describes('2'),
  queueTimeout: describes('30'),
  preload: describes('true'),
  server: describes('uvicorn@0.51'),
  app: describes('asgi'),
  handlers: describes('threads:40'),
  loop: describes('uvloop'),
  gunicorn: describes('26'),
  gil: describes('false'),
  replicas: describes('3'),
  dbPool: describes('5'),
  dbTime: describes('40%'),
  dbMaxConnections: describes('100'),
  websockets: describes('true'),
  proxy: describes('false'),
  shape: describes('2:4GiB:0.05/h'),
  priceCore: describes('0.04/h'),
  priceMem: describes('0.005/h'),
  balancer: describes('random'),
  balancers: describes('2'),
  survive: describes('zone'),
  zones: describes('3'),
  surge: describes('25%'),
  maxUnavailable: describes('1'),
  growth: describes('20%'),
  reaction: describes('60s'),
  rates: refused('../rates.csv', 'it reads a file'),
  formula: refused('house=cores^2', 'it is a formula'),
  servers: describes('3'),
  arrivalCv: describes('1'),
  arrivalDistribution: describes('erlang:2'),
  serviceDistribution: describes('erlang:2'),
  capacity: describes('10'),
  population: describes('10'),
  thinkTime: describes('1s'),
  demand: describes('20ms@2'),
  cpuDistribution: refused('empirical:../secret', 'it reads a file', 'erlang:2'),
  ioDistribution: refused('empirical:../secret', 'it reads a file', 'erlang:2'),
  arrivals: describes('poisson'),
  cpuOrder: describes('even'),
  trace: refused('../secret', 'it reads a file'),
  accept: describes('even'),
  seed: describes('7'),
  requests: describes('1000'),
  replications: describes('4'),
  warmup: describes('10'),
  precision: describes('0.01'),
  machineCores: describes('8'),
  scheduler: describes('linux'),
  schedulerSlice: describes('3ms'),
  switchInterval: describes('5ms'),
  vary: describes('rate=1..2'),
  result: describes('p95'),
  find: describes('rate where p95=250ms'),
  uncertain: describes('rate=1..2'),
  sensitivity: describes('true'),
  // It can only make a check stricter than it is.
  failOn: describes('warning'),
  rule: 'command line only',
  allowUnknown: 'command line only',
  baseline: refused('accepted.json', 'it changes what a check accepts'),
  updateBaseline: 'command line only',
  diff: 'command line only',
  to: 'command line only',
  listRules: 'command line only',
  env: 'command line only',
  slowest: describes('10s'),
  proxyIdleTimeout: describes('10s'),
  proxyConnections: describes('10'),
  somaxconn: describes('4096'),
  root: 'command line only',
  watch: 'command line only',
  pid: 'command line only',
  logFormat: 'command line only',
  column: 'command line only',
  merge: 'command line only',
  loadTest: refused('../secret', 'it reads a file'),
  generator: 'command line only',
  prometheus: refused('http://somewhere', 'it asks a server or reads a file'),
  query: 'command line only',
  since: 'command line only',
  step: 'command line only',
  tokenFile: 'command line only',
  compare: 'command line only',
  batch: 'command line only',
  config: 'command line only',
  profile: refused('../secret', 'it reads a file'),
  detect: 'command line only',
  json: describes('true'),
  format: describes('json'),
  output: refused('text=../.bashrc', 'it writes a file'),
  explain: describes('true'),
  chart: describes('true'),
  quiet: describes('true'),
  color: describes('true'),
  width: describes('80'),
};

type Verdict = 'command line only' | Reviewed;

interface Reviewed {
  readonly value: string;
  /** Why this value is refused where nobody gave it on purpose; null where it may be given everywhere. */
  readonly because: string | null;
  /** Another value of the same option that may be given everywhere. */
  readonly harmless?: string;
}

function describes(value: string): Reviewed {
  return { value, because: null };
}

function refused(value: string, because: string, harmless?: string): Reviewed {
  return { value, because, ...(harmless !== undefined && { harmless }) };
}

type Way = (name: OptionName, value: string) => unknown;

const file =
  (from: 'named' | 'found' | 'profile'): Way =>
  (name, value) => {
    const { host } = madeUpHost([], { files: { 'c.yaml': `${name}: ${JSON.stringify(value)}\n` } });
    return readConfig(host, 'c.yaml', from).values[name];
  };

const variable: Way = (name, value) =>
  readEnvironment({ ...ASK, options: [name] }, { [environmentNameOf(name)]: value }).values[name];

const WAYS: Readonly<Record<string, Way>> = {
  'a file that was found': file('found'),
  'a profile': file('profile'),
  'the environment': variable,
};

describe.each(Object.keys(OPTIONS) as OptionName[])('the option %s', (name) => {
  const verdict = REVIEW[name];

  test('was reviewed', () => {
    expect(verdict).toBeDefined();
  });

  if (verdict === undefined) return;

  if (verdict === 'command line only') {
    test('is taken from the command line only', () => {
      for (const from of ['named', 'found', 'profile'] as const)
        expect(() => file(from)(name, 'x')).toThrow(
          `c.yaml:1: ${name} can be given on the command line only`,
        );
      expect(variable(name, 'x')).toBeUndefined();
    });
    return;
  }

  const { value, because, harmless } = verdict;

  test.each(Object.entries(WAYS))('in %s', (_, way) => {
    if (because === null) expect(way(name, value)).toBeDefined();
    else expect(() => way(name, value)).toThrow(because);
    if (harmless !== undefined) expect(way(name, harmless)).toBeDefined();
  });

  test('may be given in a file that the user named', () => {
    expect(file('named')(name, value)).toBeDefined();
  });
});

describe('the sentence', () => {
  test('names file, line, key, reason and the way to give it', () => {
    expect(() => file('found')('output', 'text=x')).toThrow(
      'c.yaml:1: output is refused here, since it writes a file: give --output on the command line, or name this file with --config',
    );
    expect(() => variable('output', 'text=x')).toThrow(
      'WCALC_OUTPUT is refused here, since it writes a file: give --output on the command line, or in a file named with --config',
    );
    expect(() => file('profile')('output', 'text=x')).toThrow(
      /^c\.yaml:1: output is refused here, since it writes a file: give --output on the command line$/,
    );
  });

  test('is the same for a flag-like key and for one of a list', () => {
    const { host } = madeUpHost([], {
      files: { 'c.yaml': 'cores: 4\ncpu-distribution: empirical:/etc/passwd\noutput: [json=a, text=b]\n' },
    });
    expect(() => readConfig(host, 'c.yaml', 'found')).toThrow(
      /^c\.yaml:2: cpu-distribution is refused here, since it reads a file.*\nc\.yaml:3: output is refused/,
    );
  });
});

test('SECURITY.md reviews every option', () => {
  const page = readFileSync(new URL('../../SECURITY.md', import.meta.url), 'utf8');
  const rows = new Set(
    [...page.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell]) => cell!.match(/--[a-z-]+/g) ?? []),
  );
  expect((Object.keys(OPTIONS) as OptionName[]).map(flagOf).filter((flag) => !rows.has(flag))).toEqual([]);
});
