import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../src/main.js';
import { hostIn } from './project-host.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wcalc-found-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);

async function check(...argv: string[]) {
  const machine = ['--cores', '2', '--mem', '1GiB', '--per-worker', '200'];
  const made = hostIn(folder, ['check', ...machine, ...argv]);
  const code = await run(made.host);
  return { code, out: made.out(), err: made.err() };
}

describe('what wcalc check comes across in a directory', () => {
  test('a link that leads nowhere, or in a circle, fails the check as a file that cannot be read', async () => {
    put('Procfile', 'web: gunicorn -w 2 app:app\n');
    symlinkSync('gone.py', join(folder, 'gunicorn.conf.py'));
    symlinkSync('compose.yaml', join(folder, 'compose.yaml'));
    const { code, err } = await check();
    expect(code).toBe(3);
    expect(err).toContain('wcalc: gunicorn.conf.py: is a link that leads to no file\n');
    expect(err).toContain('wcalc: compose.yaml: is a link that leads to no file\n');
  });

  test('a directory of a known name is passed by, and so is an .env that is elsewhere', async () => {
    put('Procfile', 'web: gunicorn -w 2 app:app\n');
    mkdirSync(join(folder, 'gunicorn.conf.py'));
    symlinkSync('/nowhere/.env', join(folder, '.env'));
    expect(await check()).toMatchObject({ code: 0, err: '' });
  });

  test('a Compose file that is no YAML fails the check, whatever its text looks like', async () => {
    put('gunicorn.conf.py', 'workers = 2\n');
    for (const text of ['a: [b\n', 'services:\n\tweb:\n', 'services: {web: {image: x}\n']) {
      put('compose.yaml', text);
      const { code, err } = await check();
      expect(code, text).toBe(3);
      expect(err).toMatch(/^wcalc: compose\.yaml:\d+:\d+: this is not valid YAML/);
    }
  });

  test('an empty Compose file starts nothing', async () => {
    put('gunicorn.conf.py', 'workers = 2\n');
    put('compose.yaml', '');
    expect(await check()).toMatchObject({ code: 0, err: '' });
  });

  test('what is skipped is named once, at its place', async () => {
    put('gunicorn.conf.py', 'workers = 2\n');
    put('compose.yaml', 'services:\n  web:\n    image: {{ image }}\n');
    put('deploy.yaml', 'hosts: all\n');
    const { code, out } = await check('--width', '200');
    expect(code).toBe(0);
    expect(out).toContain('compose.yaml:3:12: skipped: this is a template');
    expect(out).toContain('deploy.yaml:1:1: skipped: this kind of file is not known');
  });
});

test('an objective without a rate is refused by the place where it was given', async () => {
  put('gunicorn.conf.py', 'workers = 2\n');
  expect((await check('--slo', 'p95<1s')).err).toMatch(/^wcalc: --slo: an objective needs --rate/);
  put('wcalc.yaml', 'cores: 2\nslo: p95<1s\n');
  expect((await check()).err).toMatch(/^wcalc: wcalc\.yaml:2: slo: an objective needs --rate/);
});
