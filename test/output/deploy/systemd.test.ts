import { expect, test } from 'vitest';
import { systemdDropIn } from '../../../src/output/deploy/systemd.js';
import type { Target } from '../../../src/output/deploy/target.js';

const target: Target = {
  server: 'gunicorn',
  title: 'Gunicorn',
  settings: {},
  program: 'gunicorn',
  words: ['--workers', '4'],
  application: ['app:app'],
  environment: { GUNICORN_CMD_ARGS: '--threads 8' },
  hints: { WEB_CONCURRENCY: '4' },
  gracefulSeconds: 30,
  cores: 2,
  memoryMiB: 1024,
  replicas: 1,
  head: ['Made by wcalc.', 'Because.'],
};

test('a server that reads variables is given them, those that other programs look for first, and the limits', () => {
  expect(systemdDropIn(target)).toBe(`# Made by wcalc.
# Because.
[Service]
Environment="WEB_CONCURRENCY=4"
Environment="GUNICORN_CMD_ARGS=--threads 8"
CPUQuota=200%
MemoryMax=1024M`);
});

test('any other is given its command in place of the one that the unit has: an empty ExecStart takes that away', () => {
  const daphne = { ...target, environment: null, program: 'daphne', words: ['--port', '$PORT', 'a"b\\c'] };
  expect(
    systemdDropIn({ ...daphne, memoryMiB: null })
      .split('\n')
      .slice(2),
  ).toEqual([
    '[Service]',
    'ExecStart=',
    'ExecStart="daphne" "--port" "$$PORT" "a\\"b\\\\c" "app:app"',
    'CPUQuota=200%',
  ]);
});

test('what unit files read as a specifier or the end of a line is written so that they do not', () => {
  const line = (value: string) =>
    systemdDropIn({ ...target, hints: {}, environment: { NAME: value } }).split('\n')[3];
  expect(line('100%h')).toBe('Environment="NAME=100%%h"');
  expect(line('a\nb\u0001\u007f')).toBe('Environment="NAME=a\\x0ab\\x01\\x7f"');
  // Variables are only read in commands.
  expect(line('$HOME')).toBe('Environment="NAME=$HOME"');
});
