import { expect, test } from 'vitest';
import { route } from '../../src/input/route.js';
import { SPECS } from './specs.js';

const where = (...argv: string[]) => {
  const found = route(argv, SPECS);
  return found.kind === 'version' ? 'version' : [found.command.name, ...found.argv];
};

test.each([
  [[], ['ask']],
  [
    ['--cores', '4'],
    ['ask', '--cores', '4'],
  ],
  [
    ['ask', '--cores', '4'],
    ['ask', '--cores', '4'],
  ],
  [
    ['read', 'bash', '--json'],
    ['read', 'bash', '--json'],
  ],
  [
    ['--', 'read'],
    ['ask', '--', 'read'],
  ],
  [['--help'], ['help']],
  [['-h'], ['help']],
  [
    ['read', '--help'],
    ['help', 'read'],
  ],
  [
    ['read', 'bash', '-h', '--nonsense'],
    ['help', 'read'],
  ],
  [
    ['read', '--', '--help'],
    ['read', '--', '--help'],
  ],
  [
    ['help', 'read'],
    ['help', 'read'],
  ],
  [['--version'], 'version'],
  [['-V'], 'version'],
  [['read', '--version'], 'version'],
  [['--version', '--help'], ['help']],
])('%j leads to %j', (argv, found) => {
  expect(where(...argv)).toEqual(found);
});

test.each([
  ['raed', 'unknown command "raed" (did you mean read?); commands: ask, read, note, help'],
  ['4', 'unknown command "4"; commands: ask, read, note, help'],
])('%s is no command', (word, message) => {
  expect(() => where(word)).toThrow(message);
});
