import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../src/main.js';
import { fixture, hostIn } from '../check/project-host.js';
import { hasTool } from '../support/require-tool.js';

const root = resolve(import.meta.dirname, '../..');
const hooks = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8')) as {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
}[];

let place = '';
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'wcalc-hook-'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

function write(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The files that `wcalc check` opens in a folder, by their paths in it. */
async function readIn(folder: string): Promise<readonly string[]> {
  const { host } = hostIn(folder, ['check']);
  const read = new Set<string>();
  const noting =
    <T>(open: (path: string, maxBytes?: number) => T) =>
    (path: string, maxBytes?: number): T => {
      if (existsSync(resolve(folder, path))) read.add(relative(folder, resolve(folder, path)));
      return open(path, maxBytes);
    };
  const files = {
    ...host.files,
    readText: noting(host.files.readText),
    readBytes: noting(host.files.readBytes),
  };
  await run({ ...host, files });
  return [...read];
}

describe('.pre-commit-hooks.yaml', () => {
  const [pattern] = new Set(hooks.map(({ files }) => files));
  const matches = (path: string): boolean => new RegExp(pattern!).test(path);

  it('starts wcalc check, and both hooks on the same files', () => {
    expect(hooks.map(({ entry }) => entry)).toEqual(['wcalc check', 'wcalc check']);
    expect(new Set(hooks.map(({ files }) => files)).size).toBe(1);
  });

  it('is started by a change of any file that check reads', async () => {
    const rules = readdirSync(fixture('rules')).flatMap((rule) =>
      readdirSync(fixture('rules', rule)).map((kind) => fixture('rules', rule, kind)),
    );
    const projects = readdirSync(fixture('projects')).map((name) => fixture('projects', name));
    const everything = write(join(place, 'everything'), {
      'wcalc.yaml': 'cores: 2\n',
      'gunicorn.conf.py': 'workers = 2\n',
      Procfile: 'web: gunicorn app:app\n',
      'Containerfile.prod': 'FROM python:3\nCMD ["./bin/serve"]\n',
      'bin/serve': '#!/bin/sh\nexec gunicorn -c deploy/server_settings.py app:app\n',
      'deploy/server_settings.py': 'workers = 2\n',
      'compose.yaml':
        'services:\n  web:\n    build: .\n    command: sh ./run.sh\n    env_file: [web.env, .env.prod]\n',
      'web.env': 'A=1\n',
      '.env': 'B=1\n',
      '.env.prod': 'C=1\n',
      'run.sh': 'gunicorn app:app\n',
      'web.service': '[Service]\nExecStart=gunicorn app:app\n',
      'k8s/web.yml': 'kind: Deployment\n',
      'deployment-web.yaml': 'kind: Deployment\n',
      'uwsgi.ini': '[uwsgi]\nprocesses = 2\n',
      'hypercorn.toml': 'workers = 2\n',
    });
    const read = await Promise.all([...rules, ...projects, everything].map(readIn));
    expect(read.flat().length).toBeGreaterThan(60);
    // That the project above says what there is to read.
    expect(read.at(-1)).toEqual(
      expect.arrayContaining([
        'wcalc.yaml',
        'run.sh',
        'web.env',
        '.env.prod',
        'k8s/web.yml',
        'web.service',
        'uwsgi.ini',
        'hypercorn.toml',
      ]),
    );
    expect([...new Set(read.flat())].filter((path) => !matches(path))).toEqual([]);
  });

  it.each([
    'wcalc.json',
    'deploy/values.yaml',
    'app/gunicorn_config.py',
    'docker/start',
    'Web.Dockerfile',
    'requirements/prod.txt',
    'web/poetry.lock',
    'app.json',
    'railway.json',
  ])('is started by %s', (path) => expect(matches(path)).toBe(true));

  it.each([
    'README.md',
    'static/logo.svg',
    'package.json',
    'docs/Procfile/readme.txt',
    'a.yaml.orig',
    'Cargo.lock',
  ])('is left alone by %s', (path) => expect(matches(path)).toBe(false));
});

/** npm that gives a clone the packages that are here, instead of downloading the same ones again for a minute. */
function npmWithPackages(folder: string): string {
  const npm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
  write(folder, {
    npm: `#!/bin/sh
case "$*" in
  # Links where the file system has them.
  install*--ignore-prepublish*) cp -al '${root}/node_modules' . 2>/dev/null || cp -a '${root}/node_modules' . ;;
  *) exec '${npm}' "$@" ;;
esac
`,
  });
  chmodSync(join(folder, 'npm'), 0o755);
  return folder;
}

describe.runIf(hasTool('pre-commit'))('pre-commit', () => {
  // A clean environment: npm, which runs the tests, tells its children much that is not meant for another npm.
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_ENV$/i.test(name)),
  );
  let env: NodeJS.ProcessEnv = {};
  let project = '';
  const inProject = (command: string, args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: project,
      encoding: 'utf8',
      env,
    });
    return { status, said: stdout + stderr };
  };
  const commit = (files: Readonly<Record<string, string>>) => {
    write(project, files);
    inProject('git', ['add', '.']);
    return inProject('git', ['commit', '--message', 'A change']);
  };

  beforeAll(() => {
    project = join(place, 'project');
    mkdirSync(project);
    env = {
      ...clean,
      PATH: `${npmWithPackages(join(place, 'bin'))}:${process.env.PATH}`,
      PRE_COMMIT_HOME: join(place, 'pre-commit'),
      npm_config_prefer_offline: 'true',
    };
    const rev = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
    for (const args of [
      ['init', '--quiet'],
      ['config', 'user.name', 'A'],
      ['config', 'user.email', 'a@example.org'],
    ])
      inProject('git', args);
    write(project, {
      '.pre-commit-config.yaml': `repos:\n  - repo: ${root}\n    rev: ${rev}\n    hooks:\n      - id: wcalc-check\n        args: [--mem=1GiB, --per-worker=200]\n`,
    });
    const installed = inProject('pre-commit', ['install', '--install-hooks']);
    if (installed.status !== 0) throw new Error(installed.said);
  }, 600_000);

  it('installs the hook from a clone, lets pass what passes and refuses what does not', () => {
    expect(commit({ 'gunicorn.conf.py': 'workers = 4\n' })).toMatchObject({
      status: 0,
      said: expect.stringMatching(/wcalc check\.+Passed/),
    });
    expect(commit({ 'notes.txt': 'nothing to judge\n' }).said).toMatch(
      /wcalc check\.+\(no files to check\)Skipped/,
    );
    const refused = commit({ 'gunicorn.conf.py': 'workers = 40\n' });
    expect(refused.said).toMatch(/wcalc check\.+Failed/);
    expect(refused.said).toContain('gunicorn.conf.py:1');
    expect(refused.status).toBe(1);
  }, 300_000);
});
