import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/host/errors.js';
import { parseArguments } from '../../../src/input/arguments/arguments.js';
import { slo } from '../../support/slo.js';
import { ASK, NOTE, READ, SPECS } from '../specs.js';

const parse = (...argv: string[]) => parseArguments(ASK, argv, SPECS);

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return expect.fail('nothing was refused');
}

describe('accepted', () => {
  test.each([
    [['--cores', '4'], { cores: 4 }],
    [['--cores=4', '--mem=1GiB'], { cores: 4, mem: 1024 }],
    [['--per-worker', '256'], { perWorker: 256 }],
    [['--slo', 'p95<250ms', '--slo=wait<5%'], { slo: slo('p95<250ms', 'wait<5%') }],
    [['--slo', 'mean<1s'], { slo: slo('mean<1s') }],
    [['--formula', 'a=b=c'], { formula: ['a=b=c'] }],
    [['--formula', '"quoted"'], { formula: ['"quoted"'] }],
    [['--workers', '007'], { workers: 7 }],
    [['--batch', '-'], { batch: '-' }],
    [['--json'], { json: true }],
    [['--json', '--json'], { json: true }],
    [['--json=true'], { json: true }],
    [['--json=false'], { json: false }],
    [['--json', 'false'], { json: false }],
    [['--no-json'], { json: false }],
    [
      ['--no-gil', '--no-proxy', '--no-color', '--preload'],
      { gil: false, proxy: false, color: false, preload: true },
    ],
    [['--no-gil=false'], { gil: true }],
    [['--gil'], { gil: true }],
    [['--'], {}],
    [[], {}],
  ] as const)('%j', (argv, values) => {
    expect(parse(...argv).values).toEqual(values);
  });

  test('each value remembers the flag it came from', () => {
    expect(parse('--cores', '4', '--no-gil').origins).toEqual({
      cores: { source: 'flag', where: '--cores' },
      gil: { source: 'flag', where: '--no-gil' },
    });
  });

  test('positionals may stand anywhere; after -- everything is one', () => {
    expect(parseArguments(READ, ['fish', '--json', 'a b', '-', '--', '--json', '-x'])).toMatchObject({
      positionals: ['fish', 'a b', '-', '--json', '-x'],
      values: { json: true },
    });
  });
});

describe('refused, in one sentence', () => {
  test.each([
    [['--core', '4'], 'unknown option --core (did you mean --cores?); wcalc help ask lists all'],
    [['--memory', '4'], 'unknown option --memory (did you mean --mem?); wcalc help ask lists all'],
    [['--worker', '4'], 'unknown option --worker (did you mean --workers?); wcalc help ask lists all'],
    [['--perworker=4'], 'unknown option --perworker (did you mean --per-worker?); wcalc help ask lists all'],
    [['--perWorker=4'], 'unknown option --perWorker (did you mean --per-worker?); wcalc help ask lists all'],
    [['--CORES', '4'], 'unknown option --CORES (did you mean --cores?); wcalc help ask lists all'],
    [['--zzz'], 'unknown option --zzz; wcalc help ask lists all'],
    [['-c', '4'], 'unknown option -c; wcalc help ask lists all'],
    [['-cores', '4'], 'unknown option -cores (did you mean --cores?); wcalc help ask lists all'],
    [['---cores', '4'], 'unknown option ---cores (did you mean --cores?); wcalc help ask lists all'],
    [['--no-gill'], 'unknown option --no-gill (did you mean --no-gil?); wcalc help ask lists all'],
    [['--no-cores'], '--no-cores: --cores takes a value and has no "no" form; leave it out instead'],
    [['--constructor', '3'], 'unknown option --constructor; wcalc help ask lists all'],
    [['--__proto__=3'], 'unknown option --__proto__; wcalc help ask lists all'],
    [['--_=x'], 'unknown option --_; wcalc help ask lists all'],
    [['--$0=x'], 'unknown option --$0; wcalc help ask lists all'],
    [['--\n\u001b[31m'], 'unknown option --\\n\\u001b[31m; wcalc help ask lists all'],
    [
      ['--servers', '4'],
      'unknown option --servers of wcalc ask; it belongs to wcalc read (did you mean --workers?)',
    ],
    [['--cores'], '--cores needs a value: cores, such as 4, 0.5 or 500m'],
    [['--cores', '--json'], '--cores needs a value: cores, such as 4, 0.5 or 500m'],
    [
      ['--cores', '-x'],
      '--cores needs a value: cores, such as 4, 0.5 or 500m\nunknown option -x; wcalc help ask lists all',
    ],
    [['--cores='], '--cores: is empty; accepted: cores, such as 4, 0.5 or 500m'],
    [['--cores', '-1'], '--cores: must be greater than 0, got "-1"; accepted: cores, such as 4, 0.5 or 500m'],
    [
      ['--cores', '-.5'],
      '--cores: must be greater than 0, got "-.5"; accepted: cores, such as 4, 0.5 or 500m',
    ],
    [['--cores', '4', '--cores', '5'], '--cores was given twice (4, 5); give it once'],
    [['--cores=4', '--cores=4', '--cores=4'], '--cores was given 3 times (4, 4, 4); give it once'],
    [['--json=yes'], '--json is a switch and takes no value, got "yes"'],
    [['--json='], '--json is a switch and takes no value, got ""'],
    [['--gil', '--no-gil'], '--no-gil and --gil contradict each other; give one of them'],
    [['--no-gil', '--gil'], '--gil and --no-gil contradict each other; give one of them'],
    [['4'], 'unexpected argument "4": wcalc ask takes options only'],
    [['-4'], 'unexpected argument "-4": wcalc ask takes options only'],
    [['-5mm'], 'unknown option -5mm; wcalc help ask lists all'],
    [['-1e5'], 'unknown option -1e5; wcalc help ask lists all'],
    [
      ['--cores', '-5mm'],
      '--cores: "-5mm" has an unknown unit "mm"; accepted: cores, such as 4, 0.5 or 500m',
    ],
    [['--json', 'yes'], 'unexpected argument "yes": wcalc ask takes options only'],
    [
      ['--worker-class', 'gthreads'],
      '--worker-class: "gthreads" is not known (did you mean gthread?); accepted: sync, gthread, gevent, eventlet, tornado, asgi, uvicorn, auto',
    ],
  ] as const)('%j', (argv, message) => {
    expect(refusal(() => parse(...argv)).split('\n')).toEqual(message.split('\n'));
  });

  test('several mistakes are told at once, one line each', () => {
    expect(refusal(() => parse('--cores', 'four', '--mem', '1g', 'stray')).split('\n')).toEqual([
      '--cores: "four" is not a number; accepted: cores, such as 4, 0.5 or 500m',
      '--mem: "1g" can be read in more than one way; write 1G or 1Gi',
      'unexpected argument "stray": wcalc ask takes options only',
    ]);
  });

  test('of a great many mistakes, ten are told', () => {
    const lines = refusal(() => parse(...Array.from({ length: 500 }, (_, n) => `--zzz${n}`))).split('\n');
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe('and 490 more mistakes');
  });

  test.each([
    [[], 'wcalc read needs SHELL: the shell; accepted: bash, fish'],
    [['zsh'], 'SHELL: "zsh" is not known; accepted: bash, fish'],
    [['fsh', 'a'], 'SHELL: "fsh" is not known (did you mean fish?); accepted: bash, fish'],
  ])('arguments %j of a command that takes a shell and files', (argv, message) => {
    expect(refusal(() => parseArguments(READ, argv))).toBe(message);
  });

  test('too many arguments name those that are taken', () => {
    const one = { ...READ, positionals: READ.positionals.slice(0, 1) };
    expect(refusal(() => parseArguments(one, ['bash', 'more']))).toBe(
      'unexpected argument "more": wcalc read takes SHELL',
    );
    expect(refusal(() => parseArguments(NOTE, ['more']))).toBe(
      'unexpected argument "more": wcalc note takes options only',
    );
  });
});
