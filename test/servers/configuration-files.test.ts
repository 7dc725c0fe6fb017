import { describe, expect, test } from 'vitest';
import { run } from '../../src/main.js';
import { SERVERS } from '../../src/servers/index.js';
import type { Server } from '../../src/servers/server.js';
import { madeUpHost } from '../made-up-host.js';

/** What `plan --format config` writes for a server is what `check` reads: the same workers and threads, no name unknown. */

const MACHINE = ['--cores', '4', '--mem', '2GiB', '--per-worker', '120'];
const REQUEST = ['--cpu-time', '12', '--io-time', '60', '--rate', '50/s', '--slo', 'p95<250ms'];

const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  'an objective': [...MACHINE, ...REQUEST],
  'a large machine': ['--cores', '64', '--mem', '64GiB', '--per-worker', '150', '--io-ratio', '0.9'],
  'more threads, and memory that grows': [
    ...MACHINE,
    '--io-ratio',
    '0.95',
    '--memory-growth',
    '2MiB/1000req',
  ],
};

async function answered(argv: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const made = madeUpHost(argv, { files });
  const exit = await run(made.host);
  return { exit, out: made.out(), err: made.err() };
}

/** A file as its name would have it read: variables by what Compose starts with them. */
async function checked(name: string, text: string, server: Server) {
  const asVariables = name.endsWith('.env');
  const files = asVariables
    ? {
        [name]: text,
        'compose.yaml': `services:\n  web:\n    image: web\n    command: ${server.name} app:app\n    env_file: ${name}\n`,
      }
    : { [name]: text };
  const { err, out } = await answered(['check', asVariables ? 'compose.yaml' : name, '--json'], files);
  expect(err).toBe('');
  return JSON.parse(out);
}

const written = SERVERS.filter(({ configurationFile }) => configurationFile !== null);
const refused = SERVERS.filter(({ configurationFile }) => configurationFile === null);
const cases = written.flatMap((server) =>
  Object.entries(QUESTIONS).map(([title, asked]) => ({ server, name: server.name, title, asked })),
);

test('only servers without a file and without variables have none', () => {
  expect(refused.map(({ name }) => name)).toEqual(['daphne', 'waitress']);
  expect(refused.filter(({ files, programs }) => files !== null || programs.variables)).toEqual([]);
});

test.each(cases)('$name, $title: check reads what was recommended', async ({ server, asked }) => {
  const argv = [...asked, '--server', server.name, '--quiet'];
  const { recommendation } = JSON.parse((await answered([...argv, '--json'])).out);
  const { out: text, err } = await answered([...argv, '--format', 'config']);
  expect(err).toBe('');
  const { name } = server.configurationFile!({ settings: {}, reasons: {}, head: [] });
  const { servers, findings, notes } = await checked(name, text, server);
  expect(servers).toHaveLength(1);
  expect(servers[0]).toMatchObject({
    server: server.name,
    workers: recommendation.workers,
    threads: recommendation.threads,
    unknown: [],
  });
  expect(findings.filter(({ id }: { id: string }) => /misspelt|unknown|invalid/.test(id))).toEqual([]);
  expect(notes).toEqual([]);
});

test.each(cases)('$name, $title: every setting stands under its reason', async ({ server, asked }) => {
  const argv = [...asked, '--server', server.name, '--quiet'];
  const { recommendation } = JSON.parse((await answered([...argv, '--json'])).out);
  const { out: text } = await answered([...argv, '--format', 'config']);
  expect(text).toMatch(/^# Made by wcalc /);
  // Where the whole Apache listens is not for a fragment to say.
  for (const [setting, why] of Object.entries(recommendation.settingReasons))
    if (setting !== 'port') expect(text).toContain(why);
});

test.each(refused)('$name reads neither, and is refused with what to use', async ({ name, title }) => {
  const { exit, out, err } = await answered([...MACHINE, '--server', name, '--quiet', '--format', 'config']);
  expect([exit, out]).toEqual([2, '']);
  expect(err).toMatch(
    new RegExp(`^wcalc: --format config: ${title} reads neither .*; accepted: args, [^\n]*\n$`),
  );
});

describe('--format gunicorn', () => {
  test('is what --format config writes for Gunicorn', async () => {
    const own = await answered([...MACHINE, '--format', 'gunicorn']);
    expect(own).toEqual(await answered([...MACHINE, '--format', 'config']));
    expect(own.out).toContain('workers = ');
  });

  test.each([
    ['uvicorn', 'Uvicorn', 'config'],
    ['uwsgi', 'uWSGI', 'config'],
    ['daphne', 'Daphne', 'args'],
  ])('is refused beside %s', async (server, title, accepted) => {
    const argv = [...MACHINE, '--server', server, '--quiet', '--format', 'gunicorn'];
    expect(await answered(argv)).toEqual({
      exit: 2,
      out: '',
      err: `wcalc: --format gunicorn: these are settings of ${title}, not of Gunicorn; accepted: --format ${accepted}\n`,
    });
  });
});

test('Apache gets whole processes of 25 clients, and a higher limit where there are more than 16', () => {
  const { configurationFile } = SERVERS.find(({ name }) => name === 'mod_wsgi')!;
  const textFor = (clients: number) =>
    configurationFile!({ settings: { processes: 1, max_clients: clients }, reasons: {}, head: [] }).text;
  expect(textFor(48)).toMatch(/^MaxRequestWorkers 50$/m);
  expect(textFor(400)).not.toContain('ServerLimit');
  expect(textFor(401)).toMatch(/^ServerLimit 17\nMaxRequestWorkers 425$/m);
});
