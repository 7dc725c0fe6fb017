import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isBuilt } from '../support/require-tool.js';
import { type CompositeAction, type Foreign, runAction } from './action-runner.js';

const root = resolve(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'action.yml'), 'utf8');
const action = parse(text) as CompositeAction;

let place = '';
let workspace = '';
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'wcalc-action-'));
  workspace = join(place, 'workspace');
  mkdirSync(workspace);
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const runner = (folder: string, foreign: Foreign, path = process.env.PATH) => ({
  action: folder,
  workspace,
  temporary: place,
  env: { PATH: path, HOME: process.env.HOME },
  foreign,
});

/** As if this version had been built before: the repository's own dist is found in the cache. */
const wasBuilt: Foreign = ({ uses }) => (uses!.startsWith('actions/cache') ? { 'cache-hit': 'true' } : {});

it('is a composite action whose inputs and outputs exist', () => {
  expect(action.runs.using).toBe('composite');
  const used = [...text.matchAll(/\binputs\.([\w-]+)/g)].map((match) => match[1]);
  expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)));
  const ids = action.runs.steps.map(({ id }) => id);
  for (const { value } of Object.values(action.outputs))
    expect(ids).toContain(/^\$\{\{ steps\.(\w+)\.outputs\.\w+ \}\}$/.exec(value)?.[1]);
});

it('runs what this version holds, never what a registry has, and no text of an input', () => {
  for (const { run, uses } of action.runs.steps) {
    expect(run ?? '').not.toMatch(/\$\{\{|npx|@latest/);
    if (uses) expect(uses).toMatch(/^actions\/[\w/-]+@[0-9a-f]{40}$/);
  }
});

it('sets up a Node that the package accepts, unless told to use the one there is', () => {
  const seen: string[] = [];
  const foreign: Foreign = ({ uses }, given) => {
    if (uses!.startsWith('actions/setup-node')) seen.push(given['node-version']!);
    return { 'cache-hit': 'true' };
  };
  runAction(action, {}, runner(root, foreign));
  runAction(action, { 'node-version': '' }, runner(root, foreign));
  expect(seen).toEqual([expect.stringMatching(/^2[2-9]\.\d+\.\d+$/)]);
});

describe.runIf(isBuilt('dist/wcalc.cjs'))('the check', () => {
  it('annotates, writes reports and a summary, and fails', () => {
    writeFileSync(join(workspace, 'gunicorn.conf.py'), 'workers = 9\n');
    const { status, stdout, stderr, outputs, summary } = runAction(
      action,
      { args: '--mem=1024\n--per-worker=256\n' },
      runner(root, wasBuilt),
    );
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^::error file=gunicorn\.conf\.py,line=1,col=11/);
    expect(summary).toContain('| error | gunicorn.conf.py:1 |');
    expect(outputs.passed).toBe('false');
    expect(JSON.parse(readFileSync(outputs.json!, 'utf8')).passed).toBe(false);
    expect(JSON.parse(readFileSync(outputs.sarif!, 'utf8')).version).toBe('2.1.0');
  });

  it('passes files with spaces as they are, and runs nothing that an input holds', () => {
    writeFileSync(join(workspace, 'my conf.py'), 'workers = 2\n');
    const { status, outputs } = runAction(
      action,
      { files: 'my conf.py', args: '--env=X=$(touch pwned)`touch pwned`' },
      runner(root, wasBuilt),
    );
    expect(status).toBe(0);
    expect(outputs.passed).toBe('true');
    expect(existsSync(join(workspace, 'pwned'))).toBe(false);
  });

  it('runs in the folder that it is given', () => {
    mkdirSync(join(workspace, 'service'));
    writeFileSync(join(workspace, 'service/gunicorn.conf.py'), 'workers = 2\n');
    const { status } = runAction(action, { 'working-directory': 'service' }, runner(root, wasBuilt));
    expect(status).toBe(0);
  });
});

describe.runIf(isBuilt('node_modules'))('the build', () => {
  /** The files of the repository as a runner downloads them: no history, no packages, nothing built. */
  const download = (folder: string): void => {
    const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
    });
    for (const file of files.split('\0').filter((name) => /^(bin|src|tools|[^/]+$)/.test(name)))
      if (existsSync(join(root, file))) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        cpSync(join(root, file), join(folder, file));
      }
  };

  /** npm whose `ci` takes the packages that are here instead of downloading the same ones again. */
  const npmWithPackages = (folder: string): string => {
    const npm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'npm'),
      `#!/bin/sh\nif [ "$1" = ci ]; then ln -s '${root}/node_modules' node_modules; else exec '${npm}' "$@"; fi\n`,
    );
    chmodSync(join(folder, 'npm'), 0o755);
    return `${folder}:${process.env.PATH}`;
  };

  it('is made from the sources of this version once, and taken from the cache after that', () => {
    const cached = new Map<string, string>();
    const cache: Foreign = ({ uses }, { key, path }) => {
      const kept = join(place, `cache-${cached.size}`);
      if (uses!.startsWith('actions/cache/save')) {
        cpSync(path!, kept, { recursive: true });
        cached.set(key!, kept);
      }
      if (!uses!.startsWith('actions/cache/restore') || !cached.has(key!)) return {};
      cpSync(cached.get(key!)!, path!, { recursive: true });
      return { 'cache-hit': 'true' };
    };
    writeFileSync(join(workspace, 'gunicorn.conf.py'), 'workers = 2\n');
    const path = npmWithPackages(join(place, 'bin'));
    const first = join(place, 'first');
    download(first);
    const inputs = { 'node-version': '' };
    const fresh = runAction(action, inputs, runner(first, cache, path));
    expect([fresh.status, fresh.stderr]).toEqual([0, '']);
    expect(fresh.outputs.passed).toBe('true');
    expect(fresh.steps).toEqual([
      'source.mjs',
      'actions/cache/restore',
      'build.sh',
      'actions/cache/save',
      'check.sh',
    ]);

    const second = join(place, 'second');
    download(second);
    const again = runAction(action, inputs, runner(second, cache));
    expect([again.status, again.stdout]).toEqual([0, fresh.stdout]);
    expect(again.steps).toEqual(['source.mjs', 'actions/cache/restore', 'check.sh']);
    expect(existsSync(join(second, 'node_modules'))).toBe(false);

    // Another source is another build.
    writeFileSync(join(second, 'src/cli.ts'), '\n', { flag: 'a' });
    const key = (folder: string) =>
      execFileSync(process.execPath, [join(folder, 'tools/action/source.mjs')], { encoding: 'utf8' }).split(
        '\n',
      )[0];
    expect(key(second)).not.toBe(key(first));
  }, 300_000);
});
