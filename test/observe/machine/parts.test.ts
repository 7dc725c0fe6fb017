import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roleOf } from '../../../src/observe/machine/command-line.js';
import {
  cpuListLength,
  kilobyteField,
  nulSeparated,
  processStat,
  statField,
  statusField,
} from '../../../src/observe/machine/proc-text.js';
import { environmentOf } from '../../../src/observe/machine/processes.js';
import { treeAt } from '../../../src/observe/machine/tree.js';
import { commonSlope } from '../../../src/observe/machine/watch.js';
import { machineFiles } from './made-up-machine.js';

test.each([
  [['python2.7', '/usr/bin/gunicorn3', 'app:app'], 'gunicorn'],
  [['pypy3', '/opt/gunicorn-script.py', 'app:app'], 'gunicorn'],
  [['python', '/opt/uvicorn.py', 'app:app'], 'uvicorn'],
  [['python', '-m', 'gunicorn.app.wsgiapp', 'app:app'], 'gunicorn'],
  [['python', '-m'], undefined],
  [['python', '-c'], undefined],
  [['python', '-W', 'gunicorn', 'app.py'], undefined],
  [['pythonic', 'gunicorn'], undefined],
  [['mypython', 'gunicorn'], undefined],
  [['gunicorn: arbiter [app]'], undefined],
  [['my gunicorn: master [app]'], undefined],
  [['gunicorn: masters [app]'], undefined],
  [['vim: master [app]'], undefined],
  [['mygunicorn', 'app:app'], undefined],
  [[], undefined],
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

test.each([
  ['0-3,8,10-11', 7],
  ['5', 1],
  ['0-0\n', 1],
  ['', null],
  ['3-1', null],
  ['a', null],
  ['0-3,3-1', null],
  ['2-2,4', 2],
  ['0, 2-3 ,5', 4],
  ['1-', null],
  ['1,,2', null],
  ['x0-1', null],
  ['0-1x', null],
])('the CPU list %j has %s CPUs', (text, length) => {
  expect(cpuListLength(text)).toBe(length);
});

test('what stands behind the program is its arguments, without its subcommand; of a title the name', () => {
  const argumentsOf = (...command: string[]) => {
    const role = roleOf(command);
    return role?.kind === 'server' ? { title: role.title, arguments: role.arguments } : null;
  };
  const app = { title: null, arguments: ['app:app', '-w', '2'] };
  expect(argumentsOf('gunicorn', 'app:app', '-w', '2')).toEqual(app);
  expect(argumentsOf('python', '-u', '-X', 'dev', '/bin/gunicorn', 'app:app', '-w', '2')).toEqual(app);
  expect(argumentsOf('python', '-m', 'uvicorn', 'app:app', '-w', '2')).toEqual(app);
  expect(argumentsOf('mod_wsgi-express', 'start-server', 'app:app', '-w', '2')).toEqual(app);
  expect(argumentsOf('gunicorn: master [my app]  ')).toEqual({ title: 'master', arguments: ['my app'] });
  expect(argumentsOf('gunicorn: worker [a] b')).toEqual({ title: 'worker', arguments: [] });
  expect(argumentsOf('gunicorn: worker []')).toEqual({ title: 'worker', arguments: [] });
});

test('fields are found by their whole name at the beginning of a line, and nowhere else', () => {
  const text = 'VmRSSx:\t9 kB\n VmRSS:\t8 kB\nVmRSS:\t  1536 kB\nVmHWM:\t7 MB\nName: VmSwap: 3 kB\n';
  expect(kilobyteField(text, 'VmRSS')).toBe(1.5);
  expect(kilobyteField(text, 'VmHWM')).toBeNull();
  expect(kilobyteField(text, 'VmSwap')).toBeNull();
  expect(kilobyteField('Pss: 0 kB\nPss: 2048 kB\nPss: 1024 kB', 'Pss')).toBe(3);
  expect(statusField('Name:\t a b \nState:\tS', 'Name')).toBe('a b');
  expect(statusField('xName: a', 'Name')).toBeNull();
  expect(statField('nr_periods_x 4\nnr_periods 3\nold nr_bursts 2', 'nr_periods')).toBe(3);
  expect(statField('old nr_bursts 2', 'nr_bursts')).toBeNull();
  expect(statField('a 3 kB', 'a')).toBeNull();
});

test('NULs part words, empty ones included; those at the end are padding', () => {
  expect(nulSeparated('a\0\0b\0\0\0')).toEqual(['a', '', 'b']);
  expect(nulSeparated('')).toEqual(['']);
});

test('an environment has names and values, line ends and equal signs included; what has no name is left out', () => {
  const files = { '/proc/7/environ': 'A=1\\0B=x=y\nz\\0=no\\0\\0_c1=\\01D=no\\0A.B=no\\0title' };
  expect([...environmentOf(treeAt(machineFiles(files), '/'), 7)]).toEqual([
    ['A', '1'],
    ['B', 'x=y\nz'],
    ['_c1', ''],
  ]);
});

test('a command name with blanks and brackets does not shift the fields of stat', () => {
  const fields = 'S 7 8 9 0 -1 4 0 0 0 0 30 12 0 0 20 0 5 0 4321 0 0';
  expect(processStat(`42 (a) b (c) ${fields}`)).toEqual({
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
