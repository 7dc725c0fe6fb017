import { expect, test } from 'vitest';
import { findingsIn, inCommand, inCompose } from '../checked.js';

/** A rule, a command at its limit, options, and whether it fires there: each pair is one step apart. */
const LIMITS: readonly (readonly [string, string, string, boolean])[] = [
  ['uvicorn-limit-concurrency', 'uvicorn a:b --limit-concurrency 2', '', true],
  ['uvicorn-limit-concurrency', 'uvicorn a:b --limit-concurrency 3', '', false],
  ['uvicorn-asyncio', 'uvicorn a:b --workers 2 --loop asyncio', '', true],
  ['uvicorn-asyncio', 'uvicorn a:b --workers 1 --loop asyncio', '', false],
  ['uvicorn-asyncio', 'uvicorn a:b --workers 2', '', false],
  ['uvicorn-reload', 'uvicorn a:b --reload', '', true],
  ['uvicorn-reload', 'uvicorn a:b', '', false],
  ['uvicorn-recycling-ends', 'uvicorn a:b --workers 1 --limit-max-requests 9', '', true],
  ['uvicorn-recycling-ends', 'uvicorn a:b --workers 2 --limit-max-requests 9', '', false],
  ['uvicorn-restart-together', 'uvicorn a:b --workers 2 --limit-max-requests 9', '', true],
  ['uvicorn-restart-together', 'uvicorn a:b --workers 1 --limit-max-requests 9', '', false],
  [
    'uvicorn-restart-together',
    'uvicorn a:b --workers 2 --limit-max-requests 9 --limit-max-requests-jitter 1',
    '',
    false,
  ],
  ['uvicorn-healthcheck', 'uvicorn a:b --workers 3', '--cores 2', true],
  ['uvicorn-healthcheck', 'uvicorn a:b --workers 2', '--cores 2', false],
  ['uvicorn-healthcheck', 'uvicorn a:b --workers 3 --timeout-worker-healthcheck 6', '--cores 2', false],
  ['uvicorn-healthcheck', 'uvicorn a:b --workers 3 --timeout-worker-healthcheck 5', '--cores 2', true],
  ['uvicorn-healthcheck', 'uvicorn a:b --workers 3', '', false],
  ['granian-default-threads', 'granian --interface wsgi a:b', '', true],
  ['granian-default-threads', 'granian --interface wsgi a:b --blocking-threads 64', '', false],
  ['granian-default-threads', 'granian --interface asgi a:b', '', false],
  ['granian-backpressure', 'granian --interface wsgi a:b --blocking-threads 8 --backpressure 8', '', true],
  ['granian-backpressure', 'granian --interface wsgi a:b --blocking-threads 8 --backpressure 9', '', false],
  ['granian-max-rss', 'granian a:b --workers 2 --workers-max-rss 450', '--mem 1000 --per-worker 100', false],
  ['granian-max-rss', 'granian a:b --workers 2 --workers-max-rss 451', '--mem 1000 --per-worker 100', true],
  ['granian-max-rss', 'granian a:b --workers 2 --workers-max-rss 500', '--mem 1000', false],
  ['granian-max-rss', 'granian a:b --workers 2 --workers-max-rss 501', '--mem 1000', true],
  ['hypercorn-one-death', 'hypercorn a:b --workers 4', '--mem 1000 --per-worker 200', false],
  ['hypercorn-one-death', 'hypercorn a:b --workers 4', '--mem 999 --per-worker 200', true],
  ['hypercorn-one-death', 'hypercorn a:b --workers 1', '--mem 99 --per-worker 200', false],
  ['daphne-one-process', 'daphne a:b', '--cores 2', true],
  ['daphne-one-process', 'daphne a:b', '--cores 1.9', false],
  ['daphne-no-timeout', 'daphne a:b', '', true],
  ['daphne-no-timeout', 'daphne --http-timeout 60 a:b', '', false],
  ['waitress-connections', 'waitress-serve --threads=4 --connection-limit=6 a:b', '', true],
  ['waitress-connections', 'waitress-serve --threads=4 --connection-limit=7 a:b', '', false],
  ['uwsgi-listen-over-limit', 'uwsgi --http-socket :80 --module a:b --listen 4096', '', false],
  ['uwsgi-listen-over-limit', 'uwsgi --http-socket :80 --module a:b --listen 4097', '', true],
  ['uwsgi-listen-over-limit', 'uwsgi --http-socket :80 --module a:b', '--somaxconn 64', false],
  ['uwsgi-cheaper-not-below', 'uwsgi --http-socket :80 --module a:b -p 4 --cheaper 4', '', true],
  ['uwsgi-cheaper-not-below', 'uwsgi --http-socket :80 --module a:b -p 4 --cheaper 3', '', false],
  ['uwsgi-cheaper-without-cap', 'uwsgi --http-socket :80 --module a:b -p 4 --cheaper 2', '', true],
  ['uwsgi-cheaper-without-cap', 'uwsgi --http-socket :80 --module a:b -p 4', '', false],
  ['uwsgi-cheaper-without-cap', 'uwsgi --http-socket :80 --module a:b -p 4 --cheaper 2', '--mem 900', true],
  [
    'uwsgi-cheaper-without-cap',
    'uwsgi --http-socket :80 --module a:b -p 4 --cheaper 2',
    '--mem 900 --per-worker 9',
    false,
  ],
  ...[
    '--cheaper-rss-limit-soft',
    '--cheaper-rss-limit-hard',
    '--reload-on-rss',
    '--evil-reload-on-rss',
    '--limit-as',
  ].map(
    (cap) =>
      [
        'uwsgi-cheaper-without-cap',
        `uwsgi --http-socket :80 --module a:b -p 4 --cheaper 2 ${cap} 900`,
        '',
        false,
      ] as const,
  ),
  ['uwsgi-router-queue', 'uwsgi --http :80 --module a:b --listen 200', '', true],
  ['uwsgi-router-queue', 'uwsgi --http :80 --module a:b', '', false],
  ['uwsgi-router-queue', 'uwsgi --http-socket :80 --module a:b --listen 200', '', false],
  // What changed from version to version.
  ['uvicorn-extra-copy', 'uvicorn a:b --workers 2', '--server uvicorn@0.46', false],
  ['uvicorn-extra-copy', 'uvicorn a:b --workers 2', '--server uvicorn@0.47', true],
  ['uvicorn-extra-copy', 'uvicorn a:b --workers 2', '--server uvicorn@0.49', true],
  ['uvicorn-extra-copy', 'uvicorn a:b --workers 2', '--server uvicorn@0.50', false],
  ['uvicorn-extra-copy', 'uvicorn a:b --workers 1', '--server uvicorn@0.47', false],
  ['uvicorn-healthcheck', 'uvicorn a:b --workers 3', '--cores 2 --server uvicorn@0.29', false],
  ['uvicorn-healthcheck', 'uvicorn a:b --workers 3', '--cores 2 --server uvicorn@0.30', true],
  ['granian-respawn', 'granian a:b --workers-lifetime 3600', '--server granian@2.7', false],
  ['granian-respawn', 'granian a:b --workers-lifetime 3600', '--server granian@2.8', true],
  ['granian-respawn', 'granian a:b --workers-max-rss 300', '', true],
  ['granian-respawn', 'granian a:b', '', false],
];

test.each(LIMITS)('%s: %s %s: %s', async (rule, command, options, fires) => {
  expect((await inCommand(rule, command, options)).length > 0).toBe(fires);
});

test('workers that restart together are told by their version what there is against it', async () => {
  const told = async (command: string, version: string) => {
    const [found] = await inCommand('uvicorn-restart-together', command, `--server uvicorn@${version}`);
    return [found!.message, found!.fix];
  };
  const command = 'uvicorn a:b --workers 2 --limit-max-requests 1000';
  expect(await told(command, '0.29')).toEqual([
    'each worker ends after 1000 requests, and Uvicorn 0.29 starts no other in its place',
    'upgrade to 0.41 and set --limit-max-requests-jitter 100',
  ]);
  expect(await told(command, '0.30')).toEqual([
    'every worker restarts after 1000 requests, so they restart together',
    'upgrade to 0.41 and set --limit-max-requests-jitter 100',
  ]);
  expect((await told(command, '0.41'))[1]).toBe('set --limit-max-requests-jitter 100');
  expect((await told('uvicorn a:b --workers 2 --limit-max-requests 4', '0.41'))[1]).toMatch(/ 1$/);
  // A jitter does not bring back what is never started again.
  expect(await told(`${command} --limit-max-requests-jitter 9`, '0.29')).toHaveLength(2);
});

test('a limit on concurrency is told by whom it refuses', async () => {
  const message = async (limit: number, options = '') =>
    (
      await inCommand(
        'uvicorn-limit-concurrency',
        `uvicorn a:b --workers 4 --limit-concurrency ${limit}`,
        options,
      )
    )[0]?.message;
  expect(await message(1)).toBe('--limit-concurrency 1 answers 503 to every request');
  expect(await message(2)).toBe('--limit-concurrency 2 answers 503 to all but one connection at a time');
  expect(await message(9, '--proxy-connections 32')).toBe(
    '--limit-concurrency 9 answers 503 to whatever comes over a further connection, as the proxy keeps 8 open to each worker',
  );
  expect(await message(10, '--proxy-connections 32')).toBeUndefined();
});

test('connections that a proxy keeps are counted for each worker, and room is asked for beside them', async () => {
  const granian = async (backpressure: number, options: string) => {
    const command = `granian a:b --interface wsgi --workers 2 --blocking-threads 4 --backpressure ${backpressure}`;
    const [found] = await inCommand('granian-backpressure', command, options);
    return found && [found.message, found.fix];
  };
  expect(await granian(4, '')).toEqual([
    'a worker holds at most 4 connections, idle ones included, and has 4 threads for them',
    'set --backpressure 16 or more',
  ]);
  expect(await granian(13, '--proxy-connections 20')).toEqual([
    'a worker holds at most 13 connections beside 10 that the proxy keeps open, idle ones included, and has 4 threads for them',
    'set --backpressure 24 or more',
  ]);
  expect(await granian(14, '--proxy-connections 20')).toBeUndefined();
  const waitress = async (options: string) =>
    (
      await inCommand('waitress-connections', 'waitress-serve --threads=4 --connection-limit=6 a:b', options)
    )[0]!;
  expect(await waitress('')).toMatchObject({
    message: 'a connection limit of 6 leaves room for 4 clients, and there are 4 threads',
    fix: 'set --connection-limit 18 or more',
  });
  expect(await waitress('--proxy-connections 20')).toMatchObject({
    message: 'a connection limit of 6 leaves room for 4 clients, and the proxy keeps 20 connections open',
    fix: 'set --connection-limit 42 or more',
  });
});

test('memory that workers may grow to is counted with the fresh one that takes over', async () => {
  const rss = async (cap: number, options: string) =>
    (await inCommand('granian-max-rss', `granian a:b --workers 2 --workers-max-rss ${cap}`, options))[0]!;
  expect(await rss(600, '--mem 1000 --per-worker 100')).toMatchObject({
    message: '2 workers of up to 600 MiB and a fresh one of 100 MiB make 1300 MiB, and there are 1000 MiB',
    fix: 'set --workers-max-rss 450 or less',
  });
  expect(await rss(600, '--mem 1000')).toMatchObject({
    message: '2 workers of up to 600 MiB make 1200 MiB, and there are 1000 MiB',
    fix: 'set --workers-max-rss 500 or less',
  });
  expect((await rss(600, '--mem 101 --per-worker 100')).fix).toBe('raise the limit');
});

test('uWSGI in a container stops at SIGTERM only where it is told to', async () => {
  const stops = (more: string) =>
    inCompose('uwsgi-die-on-term', `command: uwsgi --http-socket :80 --module a:b ${more}`);
  expect(await stops('')).toHaveLength(1);
  expect(await stops('--die-on-term')).toEqual([]);
  expect(await inCommand('uwsgi-die-on-term', 'uwsgi --http-socket :80 --module a:b')).toEqual([]);
});

test('clients that Apache holds are set where its threads are', async () => {
  const files = { 'site.conf': 'MaxRequestWorkers 99\nWSGIDaemonProcess shop processes=4 threads=25\n' };
  const [inFile] = (await findingsIn(files)).filter(({ rule }) => rule === 'mod-wsgi-max-clients');
  expect(inFile!.fix).toBe('set MaxRequestWorkers 150');
  const express = (clients: number) =>
    inCommand(
      'mod-wsgi-max-clients',
      `mod_wsgi-express start-server --processes 2 --threads 5 --max-clients ${clients} a.py`,
    );
  expect((await express(9))[0]!.fix).toBe('set --max-clients 15');
  expect(await express(10)).toEqual([]);
});
