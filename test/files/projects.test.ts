import { describe, expect, test } from 'vitest';
import { discover } from '../../src/files/discover.js';
import { projectOf } from '../../src/files/project-root.js';
import { treeFiles } from '../observe/machine/tree-files.js';

const POD = 'apiVersion: v1\nkind: Pod\n';

/** Files by path; `path -> target` is a link. */
const filesOf = (files: Readonly<Record<string, string>>) =>
  treeFiles(
    Object.entries(files)
      .map(([path, text]) => `==> ${path}\n${text}\n`)
      .join(''),
  );

describe('files that are come across in a directory', () => {
  const found = (...names: readonly (string | readonly [string, string])[]) => {
    const all = names.map((name) => (typeof name === 'string' ? ([name, 'x'] as const) : name));
    return discover(filesOf(Object.fromEntries(all.map(([name, text]) => [`p/${name}`, text]))), 'p').map(
      (path) => path.slice('p/'.length),
    );
  };

  test.each([
    'Procfile',
    'Dockerfile',
    'Dockerfile.prod',
    'Containerfile-web',
    'compose.yaml',
    'docker-compose.prod.yml',
    'k8s.yml',
    'deployment-web.yaml',
    'manifests.yml',
    'kustomization.yaml',
    'web.service',
    '.env',
    'start.sh',
    'entrypoint.sh',
    'gunicorn-prod.sh',
    'supervisord.conf',
    'supervisor.ini',
    'fly.toml',
    'render.yaml',
    'app.yaml',
    'app.json',
    'ecs-web.json',
    'task-definition.json',
    'taskdef.json',
    'uwsgi.ini',
    'hypercorn.toml',
  ])('%s', (name) => {
    expect(found(name)).toEqual([name]);
  });

  test.each([
    'Procfile.bak',
    'MyDockerfile',
    'compose.txt',
    '.env.prod',
    'build.sh',
    'x.json',
    'README.md',
    'x.yaml',
  ])('not %s', (name) => {
    expect(found(name)).toEqual([]);
  });

  test('are manifests of any name, by what they hold, and all YAML of the usual directories', () => {
    expect(
      found(['web.yaml', POD], ['values.yaml', 'kind: Pod\n'], ['list.yaml', 'apiVersion: v1\n']),
    ).toEqual(['web.yaml']);
    expect(found('k8s/a.yaml', 'k8s/b.yml', 'k8s/c.txt', 'other/d.yaml')).toEqual([
      'k8s/a.yaml',
      'k8s/b.yml',
    ]);
    expect(found('k8s/deep/a.yaml')).toEqual([]);
  });

  test('are links too, where the name says so and there is one; a missing .env is none', () => {
    const links = (name: string) => discover(filesOf({ [`p/${name} -> gone`]: '' }), 'p');
    expect(links('Procfile')).toEqual(['p/Procfile']);
    expect(links('.env')).toEqual([]);
    expect(links('web.yaml')).toEqual([]);
    expect(discover(filesOf({ 'p/Procfile/x': '' }), 'p')).toEqual([]);
  });

  test('are two hundred at most, and named further ones are among them', () => {
    expect(found(...Array.from({ length: 250 }, (_, n) => `w${n}.service`))).toHaveLength(200);
    expect(discover(filesOf({ 'p/own.cfg': '' }), 'p', [/^own\.cfg$/])).toEqual(['p/own.cfg']);
  });
});

describe('the project of a file', () => {
  const belongs = (files: readonly string[], named: readonly string[], cwd: string, HOME?: string) =>
    projectOf(named, {
      files: filesOf(Object.fromEntries(files.map((file) => [file, 'x']))),
      cwd,
      env: HOME === undefined ? {} : { HOME },
    });

  test('is its repository, from anywhere in it', () => {
    const isOurs = belongs(
      ['/h/r/.git/HEAD', '/h/r/a/b/Procfile', '/h/x'],
      ['/h/r/a/b/Procfile'],
      '/h/r/a',
      '/h',
    );
    expect(['/h/r/y', '/h/r/a/b/z', '/h/x', '/etc/passwd'].map(isOurs)).toEqual([true, true, false, false]);
  });

  test('without one is the working directory above it, else its own directory', () => {
    const files = ['/h/r/a/Procfile', '/h/x'];
    expect(['/h/r/y', '/h/x'].map(belongs(files, ['/h/r/a/Procfile'], '/h/r', '/h'))).toEqual([true, false]);
    expect(['/h/r/a/y', '/h/r/y'].map(belongs(files, ['/h/r/a/Procfile'], '/elsewhere', '/h'))).toEqual([
      true,
      false,
    ]);
    expect(['/h/r/a/y', '/h/r/y'].map(belongs(files, ['/h/r/a'], '/elsewhere', '/h'))).toEqual([true, false]);
  });

  test('is never the home directory as a whole, nor anything above it', () => {
    const files = ['/h/.git/HEAD', '/h/a/Procfile', '/h/x'];
    expect(['/h/a/y', '/h/x'].map(belongs(files, ['/h/a/Procfile'], '/h', '/h'))).toEqual([true, false]);
    expect(['/h/a/y', '/h/x'].map(belongs(files, ['/h/a/Procfile'], '/', '/h'))).toEqual([true, false]);
    expect(belongs(['/a/.git/HEAD', '/a/Procfile'], ['/a/Procfile'], '/a')('/a/y')).toBe(true);
  });
});
