import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands/index.js';
import type { CommandSpec } from '../../src/input/command.js';
import type { Option } from '../../src/input/option.js';
import { OPTIONS, type OptionName } from '../../src/input/options.js';
import { optionOf } from '../../src/input/value.js';
import { run } from '../../src/main.js';
import { flagOf } from '../../src/text/names.js';
import { madeUpHost } from '../made-up-host.js';

/** Commands that only read their arguments and memory, and answer within milliseconds. */
const FUZZED = COMMANDS.filter(({ name }) =>
  ['plan', 'queue', 'explain', 'help', 'completion'].includes(name),
);

const junk = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      '0',
      '-1',
      '1',
      '2',
      '4',
      '0.5',
      '500m',
      '1e309',
      '1e-309',
      'NaN',
      'Infinity',
      '-0',
      '1e9',
      '1,5',
    ],
    ...[
      '1GiB',
      '512Mi',
      '1.5G',
      '1.5g',
      '100m',
      '256',
      '1024',
      '10%',
      '90%',
      '9:1',
      '0:0',
      '1:0',
      '100%',
      '0%',
    ],
    ...['100ms', '0.1s', '5M', '1h', '1us', '120/s', '7200/min', '10M/day', '1e12', '1e-9', '99.9%', '1e6'],
    ...['p95<250ms', 'mean<100ms', 'wait<5%', 'p99.9<1us', 'wait<50ms', 'p95Wait<0s', 'p50<1e-9'],
    ...[
      'auto',
      'sync',
      'gthread',
      'gevent',
      'eventlet',
      'tornado',
      'asgi',
      'uvicorn',
      'json',
      'table',
      'csv',
    ],
    ...[
      'yaml',
      'markdown',
      'env',
      'args',
      'gunicorn',
      'M/M/c',
      'M/M/c/K',
      'M/G/1',
      'M/D/c',
      'M/M/c//N',
      'closed',
    ],
    ...['a=2*cores+1', 'b=1/0', 'c=f(', 'd=x', 'erlang:3', 'lognormal:2', 'hyperexponential:4', '200ms@4'],
    ...[
      '--',
      '-',
      '-x',
      '--help',
      'true',
      'false',
      '__proto__',
      'constructor',
      '💥',
      '\u0000',
      '19',
      '26',
      '99',
    ],
  ),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
  fc.integer({ min: 1, max: 5000 }).map(String),
  fc.string({ maxLength: 12 }),
);

/** Values that an option accepts, small, large and at the edges of what is accepted. */
const SOUND: Readonly<Record<string, fc.Arbitrary<string>>> = {
  cpu: fc.constantFrom('1', '4', '0.5', '500m', '64', '1m', '1e6', '2.75'),
  memory: fc.constantFrom('64', '256', '1024', '1GiB', '512Mi', '1.5G', '8192TiB', '1B', '3TB'),
  'memory-or-share': fc.constantFrom('0', '64', '10%', '100%', '0%', '1GiB', '8192TiB'),
  duration: fc.constantFrom('0', '1', '100ms', '0.1s', '2min', '1h', '1us', '1e12', '1e-9', '12.5'),
  'whole-seconds': fc.constantFrom('0', '1', '30', '2min', '1e9'),
  rate: fc.constantFrom('1', '10', '120/s', '7200/min', '10M/day', '1e12', '1e-9', '1000', '79.99'),
  share: fc.constantFrom('0', '0.5', '90%', '1', '1e-12'),
  'positive-share': fc.constantFrom('0.5', '90%', '1', '1e-300'),
  'io-ratio': fc.constantFrom(
    '0',
    '0.5',
    '90%',
    '1',
    '9:1',
    '1e-309',
    '99.99999%',
    '1e12:1',
    '0.999999999999',
  ),
  count: fc.oneof(
    fc.constantFrom('1', '2', '4', '9', '26', '1e6', '1e9', '0'),
    fc.integer({ min: 1, max: 300 }).map(String),
  ),
  number: fc.constantFrom('0', '0.5', '1', '2', '10', '1e6', '1e-300'),
  objective: fc.constantFrom(
    ...[
      'p95<250ms',
      'mean<100ms',
      'wait<5%',
      'p99.9<1us',
      'p95Wait<0s',
      'meanWait<50ms',
      'p50<1e-9',
      'p99<1h',
    ],
  ),
  distribution: fc.constantFrom(
    'deterministic',
    'exponential',
    'erlang:3',
    'erlang:10000',
    'lognormal:2',
    'gamma:1000',
  ),
  demand: fc.constantFrom('200ms', '400ms@8', '1s@delay', '0'),
};

/** Texts whose form only the command knows. */
const TEXTS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  format: fc.constantFrom(
    'json',
    'table',
    'csv',
    'yaml',
    'markdown',
    'env',
    'args',
    'gunicorn',
    'systemd',
    'compose',
  ),
  formula: fc.constantFrom(
    'a=2*cores+1',
    'b=1/0',
    'c=f(',
    'd=x',
    'e=memory/perWorker',
    'f=9^9^9',
    'g=0/0',
    'h=0.5',
  ),
};

function soundValue(name: OptionName): fc.Arbitrary<string> {
  const { type }: Option<unknown> = OPTIONS[name];
  if (type.choices) return fc.constantFrom(...type.choices);
  return TEXTS[name] ?? SOUND[type.name] ?? junk;
}

/** Not what would read files or standard input, or write files, or take its time. */
const fuzzedOptions = (options: readonly OptionName[]): readonly OptionName[] =>
  options.filter((name) => !['batch', 'config', 'profile', 'detect', 'output', 'trace'].includes(name));

/** An option as it should be mostly, nearly so, or not at all. */
function wordsOf(command: CommandSpec): fc.Arbitrary<readonly string[]> {
  const options = fuzzedOptions(command.options);
  if (options.length === 0) return junk.map((value) => [value]);
  const name = fc.constantFrom(...options);
  const flag = name.map(flagOf);
  const sound = name.chain(
    (one): fc.Arbitrary<readonly string[]> =>
      optionOf(one).type.isSwitch
        ? fc.constantFrom([flagOf(one)], [`--no-${flagOf(one).slice(2)}`])
        : soundValue(one).map((value) => [`${flagOf(one)}=${value}`]),
  );
  return fc.oneof<fc.WeightedArbitrary<readonly string[]>[]>(
    { weight: 40, arbitrary: sound },
    { weight: 1, arbitrary: fc.tuple(flag, junk).map(([word, value]) => [word, value]) },
    { weight: 1, arbitrary: fc.tuple(flag, junk).map(([word, value]) => [`${word}=${value}`]) },
    { weight: 1, arbitrary: flag.map((word) => [word]) },
    { weight: 1, arbitrary: flag.map((word) => [word.slice(0, -1), '4']) },
    { weight: 1, arbitrary: junk.map((value) => [value]) },
  );
}

const MODELS = [
  'M/M/c',
  'M/M/c/K',
  'M/G/1',
  'M/D/c',
  'M/G/c',
  'G/G/c',
  'M/G/1-PS',
  'M/M/c//N',
  'closed',
  'M/M/1',
];

/** What a command needs, so that many lists get past the first check. */
const START: Readonly<Record<string, fc.Arbitrary<readonly string[]>>> = {
  plan: fc.constantFrom(
    ['--cores', '4', '--mem', '1024', '--per-worker', '256'],
    ['--cores=500m', '--mem=512Mi', '--per-worker=120'],
    ['--cores', '2', '--workers', '4', '--threads', '2'],
    [],
  ),
  queue: fc
    .constantFrom(...MODELS)
    .map((model) => [model, '--servers', '4', '--rate', '3', '--service-time', '1s']),
};

const argumentLists = fc
  .constantFrom(...FUZZED, FUZZED[0]!, FUZZED[0]!, FUZZED[0]!)
  .chain((command) =>
    fc.tuple(
      fc.constantFrom([command.name], command === COMMANDS[0] ? [] : [command.name]),
      START[command.name] ?? fc.constant<readonly string[]>([]),
      fc.uniqueArray(wordsOf(command), { maxLength: 5, selector: ([word]) => word?.split('=')[0] }),
    ),
  )
  .map(([command, start, rest]) => {
    // An option given twice is refused; the ones from the start make way.
    const flags = new Set(rest.flat().map((word) => word.split('=')[0]));
    const kept = start.filter((word, at) => !flags.has(word.split('=')[0]) && !flags.has(start[at - 1]));
    return [...command, ...kept, ...rest.flat()];
  });

test('10,000 random argument lists end with exit code 0, 1 or 2, and say nothing that is no answer', {
  timeout: 300_000,
}, async () => {
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(argumentLists, async (argv) => {
      const { host, out, err } = madeUpHost(argv);
      const code = await run(host);
      seen.set(code, (seen.get(code) ?? 0) + 1);
      expect([0, 1, 2]).toContain(code);
      const typed = new Set(argv.flatMap((word) => [word, ...word.split('=')]));
      const shown =
        out() + err().replace(/"(?:[^"\\]|\\.)*"/g, (text) => (typed.has(text.slice(1, -1)) ? '""' : text));
      expect(shown).not.toMatch(/\bat .*:\d+:\d+\)|NaN|Infinity|undefined|\[object /);
      if (code === 2) expect(err()).toMatch(/^wcalc: \S/);
      else expect(out()).not.toBe('');
    }),
    { seed: 7_041_776, numRuns: 10_000 },
  );
  // Both good and bad lists were among them.
  expect(seen.get(0)).toBeGreaterThan(1000);
  expect(seen.get(2)).toBeGreaterThan(1000);
});
