import { spawnSync } from 'node:child_process';
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const bin = resolve('bin/wcalc.cjs');
let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'wcalc-files-'));
});
afterEach(() => rmSync(place, { recursive: true }));

const wcalc = (...argv: readonly string[]) =>
  spawnSync(
    process.execPath,
    [bin, '--cores', '4', '--mem', '1024', '--per-worker', '256', '--quiet', ...argv],
    {
      cwd: place,
      encoding: 'utf8',
      timeout: 20_000,
    },
  );

test('an output that is no file, such as a pipe or a device, is written to and stays what it is', () => {
  spawnSync('mkfifo', [join(place, 'pipe')]);
  const reader = spawnSync(
    'sh',
    [
      '-c',
      `cat pipe & '${process.execPath}' '${bin}' --cores 4 --mem 1024 --per-worker 256 --quiet --output args=pipe > other; wait`,
    ],
    { cwd: place, encoding: 'utf8', timeout: 20_000 },
  );
  expect(reader.stdout).toMatch(/^--workers 4 /);
  expect(lstatSync(join(place, 'pipe')).isFIFO()).toBe(true);
  const { status, stderr } = wcalc('--output', 'args=/dev/full');
  expect([status, stderr]).toEqual([3, 'wcalc: /dev/full: cannot write (the disk is full)\n']);
  expect(lstatSync('/dev/full').isCharacterDevice()).toBe(true);
});

test('an output that is a link is written where it leads, with the permissions of what was there', () => {
  writeFileSync(join(place, 'settings'), 'old', { mode: 0o600 });
  symlinkSync('settings', join(place, 'link'));
  expect(wcalc('--output', 'args=link').status).toBe(0);
  expect(lstatSync(join(place, 'link')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(place, 'settings'), 'utf8')).toMatch(/^--workers 4 /);
  expect(statSync(join(place, 'settings')).mode & 0o777).toBe(0o600);
  expect(readdirSync(place).sort()).toEqual(['link', 'settings']);
});

test('a source without end is refused once it is too long', () => {
  const { status, stderr } = wcalc('--config', '/dev/zero');
  expect([status, stderr]).toEqual([
    3,
    'wcalc: /dev/zero: has more than 65536 bytes; at most 65536 are read\n',
  ]);
});

test('a configuration comes through a pipe', () => {
  const { stdout } = spawnSync(
    'bash',
    [
      '-c',
      `'${process.execPath}' '${bin}' --config <(echo 'cores: 4'; echo 'mem: 1024') --per-worker 256 --quiet --format args`,
    ],
    { encoding: 'utf8' },
  );
  expect(stdout).toMatch(/^--workers 4 /);
});
