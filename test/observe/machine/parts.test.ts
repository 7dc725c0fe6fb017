import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roleOf } from '../../../src/observe/machine/command-line.js';
import { cpuListLength, processStat } from '../../../src/observe/machine/proc-text.js';
import { serverArguments } from '../../../src/observe/machine/server-arguments.js';
import { commonSlope } from '../../../src/observe/machine/watch.js';

test.each([
  [['/usr/bin/python3', '/usr/bin/gunicorn', 'app:app'], 'gunicorn'],
  [['/venv/bin/gunicorn', 'app:app'], 'gunicorn'],
  [['python', '-m', 'gunicorn', 'app:app'], 'gunicorn'],
  [['python3.14t', '-u', '-X', 'gil=0', '-W', 'ignore', '/opt/x/bin/gunicorn', 'app:app'], 'gunicorn'],
  [['gunicorn: master [app]'], 'gunicorn'],
  [['gunicorn: worker [app]'], 'gunicorn'],
  [['/venv/bin/uvicorn', 'app:app'], 'uvicorn'],
  [['python', '-c', 'from multiprocessing.spawn import spawn_main; spawn_main()'], 'spawned'],
  [['sh', '-c', 'gunicorn app:app'], undefined],
  [['vim', 'gunicorn.conf.py'], undefined],
  [['python', 'manage.py', 'gunicorn'], undefined],
  [['python', '-c', 'import gunicorn'], undefined],
  [['grep', 'gunicorn'], undefined],
  [['python'], undefined],
  [[''], undefined],
])('%j is %s', (command, kind) => {
  const role = roleOf(command);
  expect(role?.kind === 'server' ? role.server.name : role?.kind).toBe(kind);
});

test('options are split as argparse splits them, the last of a name winning', () => {
  const { options, positionals } = serverArguments([
    '-w',
    '4',
    '-w8',
    '--threads=2',
    '--preload',
    '--bind',
    ':80',
    '-k',
    'gthread',
    'app:app',
    '--timeout',
    '60',
  ]);
  expect(Object.fromEntries(options)).toEqual({
    workers: '8',
    threads: '2',
    preload: 'true',
    bind: ':80',
    'worker-class': 'gthread',
    timeout: '60',
  });
  expect(positionals).toEqual(['app:app']);
});

test.each([
  ['0-3,8,10-11', 7],
  ['5', 1],
  ['0-0\n', 1],
  ['', null],
  ['3-1', null],
  ['a', null],
])('the CPU list %j has %s CPUs', (text, length) => {
  expect(cpuListLength(text)).toBe(length);
});

test('a command name with blanks and brackets does not shift the fields of stat', () => {
  const fields = 'S 7 8 9 0 -1 4 0 0 0 0 30 12 0 0 20 0 5 0 4321 0 0';
  expect(processStat(`42 (a) b (c) ${fields}`)).toEqual({
    state: 'S',
    parent: 7,
    cpuTicks: 42,
    threads: 5,
    startTicks: 4321,
  });
  expect(processStat('42 (cut')).toBeNull();
  expect(processStat('')).toBeNull();
});

test('growth is the common slope, whatever sizes and lives the workers have', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.array(fc.tuple(fc.double({ min: 10, max: 900, noNaN: true }), fc.nat(50)), {
        minLength: 1,
        maxLength: 6,
      }),
      (slope, workers) => {
        const series = workers.map(([level, begin]) =>
          [0, 1, 2, 3].map((n) => ({ seconds: begin + n, memoryMiB: level + slope * n })),
        );
        expect(commonSlope(series)).toBeCloseTo(slope, 6);
      },
    ),
    { seed: 42 },
  );
  expect(commonSlope([])).toBe(0);
  expect(commonSlope([[{ seconds: 1, memoryMiB: 5 }]])).toBe(0);
});
