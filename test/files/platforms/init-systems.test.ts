import { describe, expect, test } from 'vitest';
import { readFormation, readProcfile } from '../../../src/files/platforms/procfile.js';
import { readSupervisor } from '../../../src/files/platforms/supervisor.js';
import { isDropIn, readSystemd } from '../../../src/files/platforms/systemd.js';
import { sourceOf } from '../../../src/files/text-file.js';
import { commandTold, contextOf, environmentTold, told } from './told.js';

describe('a systemd unit', () => {
  const units = (files: Readonly<Record<string, string>>, beside = {}) => {
    const [unit, ...dropIns] = Object.entries(files).map(([path, text]) => sourceOf(path, text));
    return readSystemd(unit!, dropIns, contextOf(beside));
  };
  const unit = (text: string, beside = {}) => units({ 'web.service': `[Service]\n${text}` }, beside)[0]!;

  test.each([
    ['CPUQuota=150%', 'cpuLimit', '1.5@3:10'],
    ['CPUQuota=1.5', 'cpuLimit', '? CPUQuota=1.5 is not read'],
    ['CPUQuota=', 'cpuLimit', '-'],
    ['MemoryMax=1073741824', 'memoryLimitMiB', '1024@3:11'],
    ['MemoryMax=512K', 'memoryLimitMiB', '0.5@3:11'],
    ['MemoryMax=512M', 'memoryLimitMiB', '512@3:11'],
    ['MemoryMax=1.5G', 'memoryLimitMiB', '1536@3:11'],
    ['MemoryMax=1T', 'memoryLimitMiB', '1048576@3:11'],
    ['MemoryLimit=64MB', 'memoryLimitMiB', '64@3:13'],
    ['MemoryHigh=64M', 'memoryLimitMiB', '64@3:12'],
    ['MemoryMax=infinity', 'memoryLimitMiB', '-'],
    ['MemoryMax=50%', 'memoryLimitMiB', '? MemoryMax=50% is not read'],
    ['MemoryHigh=64M\nMemoryMax=32M', 'memoryLimitMiB', '32@4:11'],
    ['MemoryMax=32M\nMemoryMax=16M', 'memoryLimitMiB', '16@4:11'],
    ['  MemoryMax = 32M  ', 'memoryLimitMiB', '32@3:15'],
    ['#MemoryMax=32M\n;MemoryMax=32M', 'memoryLimitMiB', '-'],
  ] as const)('%j: %s is %s', (text, name, value) => {
    expect(told(unit(`ExecStart=x\n${text}`).resources[name])).toBe(value);
  });

  test.each([
    ['TimeoutStopSec=90', '90@3:16'],
    ['TimeoutStopSec=1min 30s', '90@3:16'],
    ['TimeoutStopSec=1.5h', '5400@3:16'],
    ['TimeoutStopSec=500ms', '0.5@3:16'],
    ['TimeoutStopSec=2m', '120@3:16'],
    ['TimeoutStopSec=2sec', '2@3:16'],
    ['TimeoutSec=7', '7@3:12'],
    ['TimeoutStopSec=1d', '? TimeoutStopSec=1d is not read'],
    ['TimeoutStopSec=soon', '? TimeoutStopSec=soon is not read'],
    ['TimeoutStopSec=infinity', '-'],
  ])('%s is stopped after %s', (text, value) => {
    expect(told(unit(`ExecStart=x\n${text}`).stopGraceSeconds)).toBe(value);
  });

  test('starts its last ExecStart, without prefixes, also over several lines; without one it is no server', () => {
    expect(commandTold(unit('ExecStart=-@:+!gunicorn app:app').command)).toBe('> gunicorn app:app');
    expect(commandTold(unit('ExecStart=a\nExecStart=\nExecStart=b').command)).toBe('> b');
    const long = unit('ExecStart=gunicorn \\\n  -w 2\nMemoryMax=1M');
    expect(commandTold(long.command)).toBe('> gunicorn \\\n  -w 2');
    expect(told(long.resources.memoryLimitMiB)).toBe('1@4:11');
    expect(units({ 'web.service': '[Unit]\nExecStart=x\n[Install]\nExecStart=y\n' })).toEqual([]);
    expect(units({ 'web.service': '[Service]\nExecStart=x\nExecStart= \n' })).toEqual([]);
    expect(units({ 'web.service': 'ExecStart=x' })).toHaveLength(1);
  });

  test('has variables by words, quotes taken off; a file of them is read where it is there', () => {
    const text =
      'ExecStart=x\nEnvironment=A=1 "B=b c" \'C=d\' D\nEnvironment=E=%h\nEnvironmentFile=-/etc/web.env';
    const found = unit(text, { 'web.env': 'F=6' });
    expect(environmentTold(found)).toEqual([
      'A=1',
      'B=b c',
      'C=d',
      'E? its % specifiers are not filled in',
      'F=6',
    ]);
    expect(found.environment.slice(0, 3).map(({ value }) => told(value))).toEqual([
      '1@3:15',
      'b c@3:20',
      'd@3:28',
    ]);
    expect(found.environmentIncomplete).toBeNull();
    expect(unit(text).environmentIncomplete).toBe('EnvironmentFile=/etc/web.env, which was not given');
  });

  test('takes its own drop-ins and those of its template, each over what came before', () => {
    const found = units({
      'web@blue.service': '[Service]\nExecStart=gunicorn --name %i -b %I app:app\nMemoryMax=1G\n',
      'x/web@.service.d/a.conf': '[Service]\nMemoryMax=2G\n',
      'x/web@blue.service.d/b.conf': '[Service]\nCPUQuota=50%\n',
      'x/other.service.d/c.conf': '[Service]\nCPUQuota=10%\n',
    })[0]!;
    expect([found.resources.memoryLimitMiB, found.resources.cpuLimit].map(told)).toEqual([
      '2048@2:11',
      '0.5@2:10',
    ]);
    expect(commandTold(found.command)).toBe('gunicorn|--name|blue|-b|blue|app:app');
    expect(['a/web.service.d/x.conf', 'web.service', 'web.service.d/x.txt'].map(isDropIn)).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('that is a template leaves its instance open, and one with escapes its unescaped form', () => {
    const words = (name: string) => {
      const { command } = units({ [name]: '[Service]\nExecStart=gunicorn -n %i %I\nEnvironment=A=%i\n' })[0]!;
      return command?.kind === 'words'
        ? command.words
            .slice(2)
            .map(({ parts }) => parts.map((part) => (part.kind === 'text' ? part.text : '?')).join(''))
        : null;
    };
    expect(words('web@.service')).toEqual(['?', '?']);
    expect(words('web@a-b.service')).toEqual(['a-b', '?']);
    expect(words('web@ab.service')).toEqual(['ab', 'ab']);
  });
});

describe('a program of supervisord', () => {
  const programs = (text: string) => readSupervisor(sourceOf('supervisord.conf', text));

  test('has command, copies, grace and variables; those of supervisord first', () => {
    const text = [
      '[supervisord]',
      'environment=A="x,y",B=2',
      '[program:web]',
      'command=gunicorn -b %(ENV_BIND)s -n %(program_name)s_%(process_num)02d --x 5%% app:app',
      'numprocs=3',
      'stopwaitsecs = 30 ; words',
      "environment=B='3', C=%(here)s",
      '[fcgi-program:api]',
      'command=x',
      '[group:g]',
      'command=z',
      '[program:none]',
      'numprocs=1',
    ].join('\n');
    const [web, api, ...others] = programs(text);
    expect(others).toEqual([]);
    expect(commandTold(web!.command).replace('$', '')).toBe(
      '> gunicorn -b {BIND} -n %(program_name)s_0 --x 5% app:app',
    );
    expect([web!.name, told(web!.copies.replicas), told(web!.stopGraceSeconds)]).toEqual([
      'web',
      '3@5:10',
      '30@6:16',
    ]);
    expect(environmentTold(web!)).toEqual(['A=x,y', 'B=2', 'B=3', 'C? its %(…)s are not filled in']);
    expect([api!.name, told(api!.copies.replicas), told(api!.stopGraceSeconds)]).toEqual(['api', '-', '-']);
    expect(environmentTold(api!)).toEqual(['A=x,y', 'B=2']);
  });

  test('whose numbers are none is not read, and says so', () => {
    const [web] = programs('[program:web]\ncommand=x\nnumprocs=many\nstopwaitsecs=1234567');
    expect(told(web!.copies.replicas)).toBe('? numprocs = many is not read');
    expect(told(web!.stopGraceSeconds)).toBe('? stopwaitsecs = 1234567 is not read');
  });
});

describe('a Procfile', () => {
  const procfile = (text: string, app = '{}') =>
    readProcfile(sourceOf('Procfile', text), readFormation(sourceOf('app.json', app)));

  test('has a process type a line, each a line of a shell', () => {
    const found = procfile('web: gunicorn app:app  \r\n# x: y\nworker-1:celery\nrelease:\n web2: x\n');
    expect(found.map(({ name, command }) => `${name} ${commandTold(command)}`)).toEqual([
      'web $ gunicorn app:app',
      'worker-1 $ celery',
    ]);
    expect(found[1]!.at).toMatchObject({ line: 3, column: 10, endColumn: 16 });
  });

  test.each([
    ['eco', '512', '2'],
    ['Standard-2X', '1024', '4'],
    ['performance-m', '2560', '5'],
    ['performance-l', '14336', '17'],
  ])('on a dyno %s has %s MiB, and the buildpack starts %s workers', (size, mib, workers) => {
    const [web] = procfile('web: x', `{"formation": {"web": {"size": "${size}", "quantity": 3}}}`);
    expect(told(web!.resources.memoryLimitMiB).split('@')[0]).toBe(mib);
    expect(environmentTold(web!)).toEqual([`WEB_CONCURRENCY=${workers}`]);
    expect(told(web!.copies.replicas).split('@')[0]).toBe('3');
  });

  test('on a dyno that is not told, or not known, has as many as the buildpack says', () => {
    const why =
      "WEB_CONCURRENCY? Heroku's buildpack sets WEB_CONCURRENCY by the size of the dyno where nothing else does";
    for (const app of [
      '{}',
      '{"formation": {"worker": {"size": "eco"}}}',
      '{"formation": {"web": {"size": "huge"}}}',
    ]) {
      const [web] = procfile('web: x', app);
      expect(environmentTold(web!)).toEqual([why]);
      expect(told(web!.resources.memoryLimitMiB)).toBe('-');
    }
    expect(told(procfile('web: x', '{"formation": {"web": {"quantity": "x"}}}')[0]!.copies.replicas)).toMatch(
      /^\? this number/,
    );
  });
});
