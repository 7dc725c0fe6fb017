import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '../../../src/main.js';
import { SERVERS } from '../../../src/servers/index.js';
import { madeUpHost } from '../../made-up-host.js';

async function planned(server: string, format: string): Promise<string> {
  const question = `plan --cores 2 --mem 2GiB --per-worker 200 --server ${server} --format ${format}`;
  const { host, out, err } = madeUpHost(question.split(' '));
  expect(await run(host), err()).toBe(0);
  return out();
}

/** What makes each server listen on every address. Waitress and mod_wsgi-express do where nothing is said. */
const EVERYWHERE: Readonly<Record<string, RegExp>> = {
  gunicorn: /--bind 0\.0\.0\.0:8000 app:app$/,
  uvicorn: /--host 0\.0\.0\.0 --port 8000 app:app$/,
  hypercorn: /--bind 0\.0\.0\.0:8000 app:app$/,
  daphne: /--endpoint tcp:port=8000:interface=0\.0\.0\.0:/,
  granian: /--host 0\.0\.0\.0 --port 8000 app:app$/,
  uwsgi: /--http-socket :8000 /,
  waitress: /^waitress-serve (?!.*--listen)/,
  mod_wsgi: /--port 8000 (?!.*--host)/,
};

describe.each(SERVERS.map(({ name }) => name))('%s can be reached from outside of a container', (name) => {
  test('of a Dockerfile', async () => {
    const line = (await planned(name, 'dockerfile')).trim().split('\n').at(-1)!;
    expect(JSON.parse(line.replace(/^CMD /, '')).join(' ')).toMatch(EVERYWHERE[name]!);
  });

  test('of a Deployment', async () => {
    const [container] = parse(await planned(name, 'kubernetes')).spec.template.spec.containers;
    expect([...container.command, ...container.args].join(' ')).toMatch(EVERYWHERE[name]!);
  });

  test('of a service of Compose, where its whole command stands there', async () => {
    const { command } = parse(await planned(name, 'compose')).services.web;
    if (command) expect(command.join(' ')).toMatch(EVERYWHERE[name]!);
  });
});

test.each(['gunicorn', 'uvicorn', 'hypercorn', 'granian'])(
  '%s is told no address where a proxy may stand on the same machine',
  async (name) => {
    for (const format of ['args', 'systemd']) expect(await planned(name, format)).not.toMatch(/0\.0\.0\.0/);
  },
);

/** How each server listens where the platform's PORT says. Gunicorn reads that variable by itself where it is told no address. */
const ON_PORT: Readonly<Record<string, RegExp>> = {
  gunicorn: /^(?!.*(--bind|5001)).* app:app$/,
  uvicorn: /--host 0\.0\.0\.0 --port 5001 app:app$/,
  hypercorn: /--bind 0\.0\.0\.0:5001 app:app$/,
  daphne: /--endpoint tcp:port=5001:interface=0\.0\.0\.0:/,
  granian: /--host 0\.0\.0\.0 --port 5001 app:app$/,
  uwsgi: /--http-socket :5001 /,
  waitress: /--port=5001 app:app$/,
  mod_wsgi: /--port 5001 /,
};

test.each(SERVERS.map(({ name }) => name))(
  '%s listens where the PORT of a Procfile’s platform says, and check reads the line',
  async (name) => {
    const text = await planned(name, 'procfile');
    const line = text
      .trim()
      .split('\n')
      .at(-1)!
      .replace(/^web: /, '');
    const told = execFileSync('bash', ['-c', `printf '%s ' ${line}`], {
      env: { PORT: '5001' },
      encoding: 'utf8',
    });
    expect(told.trim()).toMatch(ON_PORT[name]!);
    const { host, out } = madeUpHost(['check', 'Procfile', '--json'], { files: { Procfile: text } });
    expect(await run(host)).toBe(0);
    const [server] = JSON.parse(out()).servers;
    // An endpoint of which the port is not known says no backlog.
    expect(server).toMatchObject({ server: name, judged: name === 'daphne' ? 'partly' : 'fully' });
  },
);
