// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shell variables
import { describe, expect, it } from 'vitest';
import { projectOf, settingsText } from './servers-of.js';

/** `server workers` of what is judged, the reason of what is not; notes behind them. */
async function found(files: Record<string, string>, beside: Record<string, string> = {}) {
  const { deployments, unjudged, notes } = await projectOf(files, beside);
  return [
    ...deployments.map((one) => `${one.server.name} ${settingsText(one, 'workers').replace(/@.*/, '')}`),
    ...unjudged.map(({ why }) => why),
    ...notes.map(({ message }) => message),
  ];
}

const dockerfile = (command: string, more = '') => `FROM python:3\n${more}CMD ${command}\n`;
const G4 = '#!/bin/sh\nexec gunicorn -w 4 a:b\n';

describe('what an image takes over', () => {
  it('is found where ADD brings it, and from any directory above the Dockerfile', async () => {
    expect(
      await found({ Dockerfile: dockerfile('["/run-it"]', 'ADD ops/go.sh /run-it\n') }, { 'ops/go.sh': G4 }),
    ).toEqual(['gunicorn workers=4']);
    expect(
      await found(
        { 'ops/image/Dockerfile': dockerfile('["/app/go.sh"]', 'COPY scripts/ setup.cfg /app/\n') },
        { 'scripts/go.sh': G4 },
      ),
    ).toEqual(['gunicorn workers=4']);
  });

  it('holds the configuration file that Gunicorn finds by itself', async () => {
    expect(
      await found(
        { 'ops/Dockerfile': dockerfile('["gunicorn", "a:b"]', 'COPY conf/ /app/\nWORKDIR /app\n') },
        { 'conf/gunicorn.conf.py': 'workers = 6\n' },
      ),
    ).toEqual(['gunicorn workers=6']);
    expect(
      await found(
        { 'ops/Dockerfile': dockerfile('["gunicorn", "a:b"]') },
        { 'gunicorn.conf.py': 'workers = 6\n' },
      ),
    ).toEqual(['gunicorn workers=6']);
  });
});

describe('how commands are written', () => {
  it.each([
    ['-c among other letters', dockerfile('["bash", "-ceu", "gunicorn -w 4 a:b"]'), ['gunicorn workers=4']],
    [
      'a program in a directory that is not known',
      dockerfile('["sh", "-c", "$VENV/bin/gunicorn -w 4 a:b"]'),
      ['gunicorn workers=4'],
    ],
    [
      'a program that reads the operators itself',
      dockerfile('["monofy", "prepare", "&&", "gunicorn", "-w", "4", "a:b"]'),
      ['gunicorn workers=4'],
    ],
    [
      'a task that may start a server',
      dockerfile('["make", "uvicorn"]'),
      ['Dockerfile starts make uvicorn, whose file of tasks is not read'],
    ],
    [
      'a task that starts none',
      dockerfile('["make", "docs"]'),
      ['Dockerfile starts make docs, which is no known server'],
    ],
    [
      'a program of its own that is given the size of a server',
      dockerfile('["shop", "go"]', 'ENV GUNICORN_WORKERS=4\n'),
      ['Dockerfile starts shop, which was not read and may start a server: GUNICORN_WORKERS is set'],
    ],
    [
      'a program of Node that a manager of processes runs',
      dockerfile('["pm2", "start", "app.js"]'),
      ['Dockerfile starts pm2, which is no known server'],
    ],
    [
      'what a manager of processes reads from a file',
      dockerfile('["pm2", "start", "ecosystem.config.js"]'),
      ['Dockerfile starts pm2, which starts others from a file that was not given'],
    ],
    [
      'a known program beside the size of a server',
      dockerfile('["celery", "-A", "a", "worker"]', 'ENV GUNICORN_WORKERS=4\n'),
      ['Dockerfile starts celery, which is no known server'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await found({ Dockerfile: text })).toEqual(expected);
  });

  it('is not known of an image alone, and is known of a database', async () => {
    const compose = 'services:\n  shop: {image: "acme/shop:1"}\n  db: {image: "postgres:16"}\n';
    expect(await found({ 'compose.yaml': compose })).toEqual([
      'shop runs the image acme/shop:1, and what it starts was not read',
    ]);
  });

  it('is not known of an image that one of the project is made from', async () => {
    expect(await found({ Dockerfile: 'FROM acme/base:1\nRUN true\n' })).toEqual([
      'Dockerfile runs the image acme/base:1, and what it starts was not read',
    ]);
    expect(await found({ Dockerfile: 'FROM python:3\nRUN true\n' })).toEqual([]);
  });

  it('is a list of words in a fly.toml', async () => {
    const fly = 'app = "shop"\n[experimental]\n  cmd = ["gunicorn", "-w", \'4\', "a:b"]\n';
    expect(await found({ 'fly.toml': fly })).toEqual(['gunicorn workers=4']);
  });
});

describe('variables that were not given', () => {
  it('win in a unit over those that it sets itself, where they are in an EnvironmentFile', async () => {
    const unit = (more: string) =>
      `[Service]\nEnvironment=WORKERS=4\n${more}ExecStart=/venv/bin/gunicorn -w \${WORKERS} a:b\n`;
    expect(await found({ 'shop.service': unit('') })).toEqual(['gunicorn workers=4']);
    expect(await found({ 'shop.service': unit('EnvironmentFile=-/etc/shop\n') })).toEqual([
      'gunicorn workers=? WORKERS may be set anew by EnvironmentFile=/etc/shop, which was not given',
    ]);
  });

  it('are those of a loop over the environment, where an image or a script is started elsewhere', async () => {
    const conf =
      'import os\nfor key, value in os.environ.items():\n    if key.startswith("GUNICORN_"):\n        locals()[key[9:].lower()] = value\n';
    const start = { Dockerfile: dockerfile('["gunicorn", "a:b"]', 'ENV GUNICORN_WORKERS=2\n') };
    expect((await found(start, { 'gunicorn.conf.py': conf }))[0]).toMatch(/^gunicorn workers=\? /);
    const compose = 'services:\n  web: {build: ., environment: {GUNICORN_WORKERS: "6"}}\n';
    const known = { 'compose.yaml': compose, ...start };
    expect((await found(known, { 'gunicorn.conf.py': conf }))[0]).toBe('gunicorn workers=6');
  });

  it('set up a uWSGI that is given no application', async () => {
    const why = 'uWSGI is given no application here, so variables UWSGI_* that were not given set it up';
    expect(await found({ Procfile: 'web: uwsgi --http-keepalive\n' })).toEqual([`uwsgi workers=? ${why}`]);
    expect(await found({ Procfile: 'web: uwsgi --http :80 --module a:b\n' })).toEqual([
      'uwsgi workers=default',
    ]);
    expect(await found({ Procfile: 'web: uwsgi -p 3 --http-keepalive\n' })).toEqual(['uwsgi workers=3']);
  });
});

describe('Python files', () => {
  it('are no configuration where they set nothing of Gunicorn, whatever directory they are in', async () => {
    const entry = 'from gevent import monkey\nmonkey.patch_all()\nfrom shop import app\n';
    expect(await found({ 'gunicorn_entry.py': entry })).toEqual([]);
    expect(await found({ 'gunicorn/entry.py': entry })).toEqual([]);
    expect(await found({ 'gunicorn.conf.py': entry })).toEqual(['gunicorn workers=default']);
    expect(await found({ 'gunicorn_web.py': 'workers = 3\n' })).toEqual(['gunicorn workers=3']);
  });
});

describe('what belongs to a project', () => {
  it('includes Compose files that another includes, once', async () => {
    const files = {
      'compose.yaml':
        'include:\n  - infra/web.yaml\n  - path: [infra/a.yaml, infra/b.yaml]\nservices:\n  db: {image: postgres}\n',
    };
    const beside = {
      'infra/web.yaml': 'services:\n  web: {image: x, command: gunicorn -w 7 a:b}\n',
      'infra/a.yaml': 'services:\n  api: {image: x, command: gunicorn -w 2 a:b}\n',
      'infra/b.yaml': 'services:\n  api: {command: gunicorn -w 3 a:b}\n',
    };
    const both = ['gunicorn workers=7', 'gunicorn workers=3'];
    expect(await found(files, beside)).toEqual(both);
    expect(await found({ ...files, ...beside })).toEqual(both);
    const { failures } = await projectOf(files);
    expect(failures.map(({ message }) => message)).toEqual([
      'compose.yaml: it includes infra/web.yaml, which was not given; name it among the files to check',
    ]);
  });

  it('ends where Compose files include each other', async () => {
    const web = '  web: {image: x, command: gunicorn -w 2 a:b}\n';
    const files = { 'compose.yaml': `include: [compose.yaml]\nservices:\n${web}` };
    expect(await found(files)).toEqual([]);
    const two = {
      'compose.yaml': `include: [other.yaml]\nservices:\n${web}`,
      'other.yaml': 'include: [compose.yaml]\nservices: {}\n',
    };
    expect((await projectOf(two)).failures).toEqual([]);
  });

  it('has containers that start before the others of a pod and go on', async () => {
    const pod = (more: string) =>
      `kind: Pod\nmetadata: {name: p}\nspec:\n  initContainers:\n    - {name: a, ${more}command: [gunicorn, -w, "4", "a:b"]}\n  containers:\n    - {name: b, command: [uvicorn, "a:b", --workers, "2"]}\n`;
    expect(await found({ 'pod.yaml': pod('restartPolicy: Always, ') })).toEqual([
      'gunicorn workers=4',
      'uvicorn workers=2',
    ]);
    expect(await found({ 'pod.yaml': pod('') })).toEqual(['uvicorn workers=2']);
  });

  it('is refused where a key stands twice, of which platforms take another or none', async () => {
    const compose = 'services:\n  web:\n    command: gunicorn -w 2 a:b\n    command: gunicorn -w 9 a:b\n';
    const { deployments, failures } = await projectOf({ 'compose.yaml': compose });
    expect(deployments).toEqual([]);
    expect(failures.map(({ message }) => message)).toEqual([
      'compose.yaml:4:5: this is not valid YAML: the key command stands twice in one mapping',
    ]);
    const merged =
      'a: &a {X: "1"}\nb: &b {Y: "2"}\nservices:\n  web:\n    image: x\n    command: gunicorn -w 2 a:b\n    environment:\n      <<: *a\n      <<: *b\n';
    expect(await found({ 'compose.yaml': merged })).toEqual(['gunicorn workers=2']);
  });
});
