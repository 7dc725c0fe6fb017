import { expect, test } from 'vitest';
import { run } from '../../src/main.js';
import { canShowUnicode } from '../../src/output/deliver.js';
import { colorLevel } from '../../src/text/color.js';
import { madeUpHost } from '../made-up-host.js';

const MACHINE = ['--cores', '4', '--mem', '1024', '--per-worker', '256'];

test.each([
  ['a pipe has no colour', { asked: undefined, env: {}, isTerminal: false }, 0],
  ['a terminal has', { asked: undefined, env: { TERM: 'xterm' }, isTerminal: true }, 1],
  ['256 colours', { asked: undefined, env: { TERM: 'xterm-256color' }, isTerminal: true }, 2],
  ['24 bit', { asked: undefined, env: { COLORTERM: 'truecolor' }, isTerminal: true }, 3],
  [
    'NO_COLOR wins over a terminal',
    { asked: undefined, env: { NO_COLOR: '1', TERM: 'xterm' }, isTerminal: true },
    0,
  ],
  [
    'an empty NO_COLOR is not set',
    { asked: undefined, env: { NO_COLOR: '', TERM: 'xterm' }, isTerminal: true },
    1,
  ],
  [
    'FORCE_COLOR wins over NO_COLOR and a pipe',
    { asked: undefined, env: { FORCE_COLOR: '1', NO_COLOR: '1' }, isTerminal: false },
    1,
  ],
  ['FORCE_COLOR=0 is none', { asked: undefined, env: { FORCE_COLOR: '0' }, isTerminal: true }, 0],
  ['a dumb terminal has none', { asked: undefined, env: { TERM: 'dumb' }, isTerminal: true }, 0],
  ['--color wins over all', { asked: true, env: { NO_COLOR: '1' }, isTerminal: false }, 1],
  ['--no-color too', { asked: false, env: { FORCE_COLOR: '3' }, isTerminal: true }, 0],
] as const)('colour: %s', (_, situation, level) => {
  expect(colorLevel(situation)).toBe(level);
});

test.each([
  [{}, true],
  [{ LANG: 'en_US.UTF-8' }, true],
  [{ LANG: 'C' }, false],
  [{ LANG: 'C', LC_ALL: 'C.utf8' }, true],
  [{ LANG: 'en_US.UTF-8', TERM: 'linux' }, false],
])('unicode in %j: %s', (env, expected) => {
  expect(canShowUnicode(env)).toBe(expected);
});

test('several formats at once: one to stdout, others whole into files', async () => {
  const made = madeUpHost([
    ...MACHINE,
    '--format',
    'args',
    '--output',
    'json=plan.json',
    '--output',
    'markdown=plan.md',
  ]);
  expect(await run(made.host)).toBe(0);
  expect(made.out()).toMatch(/^--workers 4 /);
  expect(JSON.parse(made.host.files.readText('plan.json')).recommendation.workers).toBe(4);
  expect(made.host.files.readText('plan.md')).toMatch(/^## wcalc plan/);
});

test.each([
  [['--format', 'jsn'], /did you mean json/],
  [['--json', '--format', 'csv'], /contradict/],
  [['--output', 'json'], /FORMAT=PATH/],
  [['--output', 'json=-'], /--output: "json=-" names no file; --format json prints it/],
  [['--output', 'jsn=x'], /--output: "jsn" is not a format/],
])('%j is refused before anything is done', async (argv, message) => {
  const made = madeUpHost([...MACHINE, ...argv]);
  expect(await run(made.host)).toBe(2);
  expect(made.out()).toBe('');
  expect(made.err()).toMatch(message);
});
