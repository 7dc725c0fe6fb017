import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../src/commands/index.js';
import { run } from '../../../src/main.js';
import { hostIn } from '../../check/project-host.js';
import { madeUpHost } from '../../made-up-host.js';
import { treeFiles } from '../../observe/machine/tree-files.js';
import { watchesWeb } from '../../observe/prometheus/fake-server.js';

/** An access log of Gunicorn with the time of each request in microseconds, over two minutes. */
const LOG = Array.from({ length: 120 }, (_, n) => {
  const at = `30/Nov/2026:10:0${Math.floor(n / 60)}:${String(n % 60).padStart(2, '0')} +0000`;
  return `10.0.0.1 - - [${at}] "GET /items/${n} HTTP/1.1" 200 512 "-" "curl" ${20_000 + 500 * (n % 40)}`;
}).join('\n');

const K6 = (rate: number, seconds: number): string =>
  JSON.stringify({
    metrics: {
      http_reqs: { type: 'counter', contains: 'default', values: { count: rate * 60, rate } },
      http_req_duration: {
        type: 'trend',
        contains: 'time',
        values: { avg: seconds * 1000, med: seconds * 900, 'p(90)': seconds * 2000, 'p(95)': seconds * 2500 },
      },
      http_req_failed: {
        type: 'rate',
        contains: 'default',
        values: { rate: 0, passes: 0, fails: rate * 60 },
      },
    },
    state: { testRunDurationMs: 60_000 },
  });

const TRACE = ['at_ms,cpu_ms,io_ms', ...Array.from({ length: 200 }, (_, n) => `${n * 50},10,40`)].join('\n');

const CONF = "workers = 2\nthreads = 4\nworker_class = 'gthread'\n";

const PROMETHEUS = watchesWeb(() => 5);

/** Everything that the examples name, by path. */
async function allFiles(): Promise<Record<string, string>> {
  const profile = madeUpHost(['fit', 'access.log', '--format', 'profile'], { files: { 'access.log': LOG } });
  await run(profile.host);
  return {
    'access.log': LOG,
    'k6-10.json': K6(10, 0.085),
    'k6-20.json': K6(20, 0.09),
    'k6-30.json': K6(30, 0.1),
    'web-1.json': profile.out(),
    'web-2.json': profile.out(),
    'requests.csv.gz': TRACE,
    'uwsgi.ini': '[uwsgi]\nmodule = app:app\nmaster = true\nprocesses = 4\n',
    'main/gunicorn.conf.py': CONF,
    'branch/gunicorn.conf.py': CONF.replace('2', '3'),
    'compose.yaml':
      'services:\n  web:\n    build: .\n    cpus: 16\n    mem_limit: 4g\n    command: gunicorn --workers 16 --max-requests 0 app:app\n',
    Dockerfile:
      'FROM python:3.13\nRUN pip install gunicorn\nCMD ["gunicorn", "--workers", "16", "app:app"]\n',
  };
}

const folder = mkdtempSync(join(tmpdir(), 'wcalc-examples-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A folder with what a command names, or with a configuration file where it names nothing. */
async function folderFor(
  command: string,
): Promise<{ readonly root: string; readonly names: readonly string[] }> {
  const root = mkdtempSync(join(folder, 'one-'));
  const typed = command.split(' ');
  const isNamed = (path: string) =>
    typed.some(
      (word) => word === path || (word.endsWith('/') && path.startsWith(word)) || matches(word, path),
    );
  const named = Object.entries(await allFiles()).filter(([path]) => isNamed(path));
  const files = named.length > 0 ? named : [['gunicorn.conf.py', CONF] as const];
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path.endsWith('.gz') ? gzipSync(text) : text);
  }
  return { root, names: files.map(([path]) => path) };
}

const matches = (word: string, path: string): boolean =>
  word.includes('*') && new RegExp(`^${word.replaceAll('.', '\\.').replaceAll('*', '.*')}$`).test(path);

/** A command as a shell takes it apart: quotes, patterns of files, and without what goes to another program or file. */
function words(command: string, names: readonly string[]): readonly string[] {
  const own = /^source <\((.*)\)$/.exec(command)?.[1] ?? command.replace(/ > \S+$/, '');
  const typed = own.match(/(?:'[^']*'|[^\s'])+/g) ?? [];
  return typed.slice(1).flatMap((word) => {
    if (word.includes("'") || !word.includes('*')) return [word.replaceAll("'", '')];
    return names.filter((name) => matches(word, name));
  });
}

/** The machine that `wcalc detect` is tried on. */
const MACHINE = treeFiles(
  readFileSync(new URL('../../../fixtures/proc/gunicorn-preload-gthread.tree', import.meta.url), 'utf8'),
);

describe.each(COMMANDS.map((command) => [command.name, command.examples] as const))(
  'the examples of wcalc help %s succeed:',
  (_, examples) => {
    test.each(examples)('$command', async ({ command }) => {
      const { root, names } = await folderFor(command);
      const { host, out, err } = hostIn(root, words(command, names));
      const here = {
        ...host,
        ...(command.startsWith('wcalc detect') && { files: MACHINE }),
        ask: async ({ url }: { readonly url: string }) => PROMETHEUS(url),
      };
      expect(await run(here), `${err()}${out().slice(0, 2000)}`).toBe(0);
      expect(err()).not.toMatch(/defect/);
    });
  },
);
