import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const bin = resolve('bin/wcalc.cjs');
const folder = mkdtempSync(join(tmpdir(), 'wcalc-emit-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MACHINE = ['--cores', '2', '--mem', '1GiB', '--per-worker', '180', '--master', '30'];
const REQUEST = ['--cpu-time', '12', '--io-time', '60', '--rate', '50/s', '--slo', 'p95<250ms'];

const wcalc = (cwd: string, ...argv: string[]) =>
  spawnSync(process.execPath, [bin, ...argv], { cwd, encoding: 'utf8' });

/** What an emitted piece is put into, as its user would. */
const FILES: Readonly<
  Record<
    string,
    {
      readonly name: string;
      readonly around?: (text: string) => string;
      readonly beside?: Readonly<Record<string, string>>;
      readonly check?: string;
    }
  >
> = {
  gunicorn: { name: 'gunicorn.conf.py' },
  procfile: { name: 'Procfile' },
  // systemd reads a drop-in as if it stood at the end of its unit.
  systemd: {
    name: 'web.service',
    around: (text) => `[Service]\nExecStart=/usr/bin/gunicorn app:app\n\n${text}`,
  },
  compose: {
    name: 'compose.yaml',
    around: (text) =>
      text.replace('    environment:', '    image: web\n    command: gunicorn app:app\n    environment:'),
  },
  kubernetes: { name: 'deployment.yaml' },
  dockerfile: { name: 'Dockerfile', around: (text) => `FROM python:3.13\n${text}` },
  // Variables start nothing by themselves.
  env: {
    name: '.env',
    around: (text) => text.replace(/^export .*\n/m, ''),
    beside: {
      'compose.yaml':
        'services:\n  web:\n    image: web\n    command: gunicorn app:app\n    env_file: .env\n    stop_grace_period: 40s\n',
    },
    check: 'compose.yaml',
  },
};

test.each(Object.entries(FILES))(
  'what --format %s emits passes wcalc check without a finding',
  (format, { name, around, beside = {}, check = name }) => {
    const place = join(folder, format);
    mkdirSync(place);
    const emitted = wcalc(place, ...MACHINE, ...REQUEST, '--quiet', '--format', format);
    expect(emitted.stderr).toBe('');
    writeFileSync(join(place, name), around ? around(emitted.stdout) : emitted.stdout);
    for (const [other, text] of Object.entries(beside)) writeFileSync(join(place, other), text);
    const checked = wcalc(place, 'check', check, ...MACHINE, ...REQUEST, '--json');
    expect(checked.stderr).toBe('');
    expect(JSON.parse(checked.stdout).findings).toEqual([]);
    expect(checked.status).toBe(0);
  },
);
