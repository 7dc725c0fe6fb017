import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const BIN = resolve('bin/wcalc.cjs');
const PLAN = ['--cores', '4', '--mem', '1GiB', '--per-worker', '100'];
const folder = mkdtempSync(join(tmpdir(), 'wcalc-surroundings-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const wcalc = (argv: readonly string[], env: Record<string, string> = {}, cwd = folder) =>
  spawnSync(process.execPath, [BIN, ...argv], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    encoding: 'utf8',
  });

test('a working directory that is gone is told in one sentence', () => {
  const gone = mkdtempSync(join(tmpdir(), 'wcalc-gone-'));
  const script = `cd ${gone} && rmdir ${gone} && exec ${process.execPath} ${BIN} ${PLAN.join(' ')}`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  expect([status, stdout]).toEqual([3, '']);
  expect(stderr).toBe('wcalc: the working directory is gone; change to one that is there\n');
});

test.runIf(existsSync('/dev/full'))('a full standard error leaves the exit code as it is', () => {
  for (const [argv, code] of [
    ['--cores x', 2],
    ['--config none.yaml', 3],
    [`${PLAN.join(' ')} --workers 99`, 0],
  ] as const) {
    const script = `exec ${process.execPath} ${BIN} ${argv} 2> /dev/full > /dev/null`;
    const plain = `exec ${process.execPath} ${BIN} ${argv} 2> /dev/null > /dev/null`;
    const status = spawnSync('sh', ['-c', script], { cwd: folder }).status;
    expect(status).toBe(spawnSync('sh', ['-c', plain], { cwd: folder }).status);
    if (code !== 0) expect(status).toBe(code);
  }
});

describe('an output that cannot be written', () => {
  test.each([
    ['gone/', 'gone/: cannot write (it names a folder, not a file)'],
    ['gone/plan.json', 'gone/plan.json: cannot write (there is no such folder)'],
    ['dangling.json', 'dangling.json: cannot write (it is a link that leads to no file)'],
    ['.', '.: cannot write (it is a directory)'],
  ])('as %s leaves nothing and is told', (path, sentence) => {
    rmSync(join(folder, 'dangling.json'), { force: true });
    symlinkSync(join(folder, 'elsewhere.json'), join(folder, 'dangling.json'));
    const { status, stdout, stderr } = wcalc([...PLAN, '--output', `json=${path}`]);
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr).toBe(`wcalc: ${sentence}\n`);
    expect(existsSync(join(folder, 'gone'))).toBe(false);
    expect(existsSync(join(folder, 'elsewhere.json'))).toBe(false);
    expect(lstatSync(join(folder, 'dangling.json')).isSymbolicLink()).toBe(true);
  });

  test('a link to a file that is there is followed', () => {
    writeFileSync(join(folder, 'there.json'), 'old');
    symlinkSync('there.json', join(folder, 'link.json'));
    expect(wcalc([...PLAN, '--output', 'json=link.json']).status).toBe(0);
    expect(readFileSync(join(folder, 'there.json'), 'utf8')).toMatch(/^\{/);
    expect(lstatSync(join(folder, 'link.json')).isSymbolicLink()).toBe(true);
  });
});

describe('Ctrl-C ends within a second', () => {
  test.each([
    ['simulate', '--cores 4 --workers 8 --cpu-time 5ms --io-time 20ms --rate 200 --requests 900000000'],
    ['simulate', '--cores 0.5 --workers 4 --cpu-time 2s --rate 0.075 --requests 900000000 --replications 1'],
    ['sweep', `${PLAN.join(' ')} --cpu-time 5ms --io-time 20ms --vary rate=1..4000 --vary workers=1..60`],
  ])(
    '%s %s',
    async (command, options) => {
      const child = spawn(process.execPath, [BIN, command, ...options.split(' ')], {
        cwd: folder,
        stdio: 'ignore',
      });
      await new Promise((done) => setTimeout(done, 3000));
      const asked = performance.now();
      const ended = new Promise<number>((done) => child.on('exit', () => done(performance.now() - asked)));
      if (child.exitCode !== null) return;
      child.kill('SIGINT');
      // Twice a second: other tests run on the same cores.
      expect(await ended).toBeLessThan(2000);
    },
    20_000,
  );
});

describe('the same input gives the same bytes', () => {
  const PLACES = [
    { LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8', TZ: 'Asia/Kathmandu' },
    { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'America/St_Johns' },
    { LC_ALL: 'ar_EG.UTF-8', LANG: 'ar_EG.UTF-8', TZ: 'Pacific/Apia' },
  ];
  const LOG = Array.from(
    { length: 60 },
    (_, n) =>
      `10.0.0.1 - - [30/Mar/2025:0${1 + (n % 3)}:30:${10 + (n % 50)} +0100] "GET /a${n % 3} HTTP/1.1" 200 5 "-" "x" ${n * 7 + 900}`,
  ).join('\n');

  test.each([
    [[...PLAN, '--rate', '20', '--explain']],
    [[...PLAN, '--rate', '20', '--json']],
    [[...PLAN, '--format', 'csv']],
    [['check', 'Procfile', '--cores', '2', '--mem', '1GiB', '--per-worker', '100']],
    [['queue', 'M/D/c', '--servers', '3', '--rate', '2', '--service-time', '1s']],
    [
      [
        'simulate',
        '--cores',
        '2',
        '--workers',
        '4',
        '--cpu-time',
        '10',
        '--rate',
        '50',
        '--requests',
        '3000',
        '--json',
      ],
    ],
    [['fit', 'access.log', '--log-format', '%h %l %u %t "%r" %s %b "%f" "%a" %D']],
  ])('whatever the locale and time zone: %j', (argv) => {
    writeFileSync(join(folder, 'Procfile'), 'web: gunicorn a:b -w 99\n');
    writeFileSync(join(folder, 'access.log'), `${LOG}\n`);
    const [first, ...others] = PLACES.map((env) => wcalc(argv, env));
    expect(first!.stdout).not.toBe('');
    for (const other of others) {
      expect(other.stdout).toBe(first!.stdout);
      expect(other.stderr).toBe(first!.stderr);
    }
  });
});
