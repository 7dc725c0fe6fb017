import { describe, expect, it } from 'vitest';
import { run } from '../../src/main.js';
import { madeUpHost } from '../made-up-host.js';

/** Ids and messages of what is found in one file. */
async function findings(file: string, text: string, ...options: string[]): Promise<string[]> {
  const made = madeUpHost(['check', file, ...options, '--json'], { files: { [file]: text } });
  await run(made.host);
  const { findings } = JSON.parse(made.out()) as { findings: { rule: string; message: string }[] };
  return findings.map(({ rule, message }) => `${rule}: ${message}`);
}

const web = (command: string, ...options: string[]) =>
  findings('Procfile', `web: ${command}\n`, '--env', 'WEB_CONCURRENCY=2', ...options);

describe('keepalive-below-proxy', () => {
  const idle = ['--proxy-idle-timeout', '60s'];
  it.each([
    ['uvicorn a:b', '--timeout-keep-alive is 5 s'],
    ['hypercorn a:b --keep-alive 60', 'keep_alive_timeout is 60 s'],
    ['waitress-serve --channel-timeout=30 a:b', 'channel_timeout is 30 s'],
  ])('is a rule about every server that keeps connections: %s', async (command, expected) => {
    expect(await web(command, ...idle)).toContainEqual(
      expect.stringContaining(`keepalive-below-proxy: ${expected}`),
    );
  });
  it.each(['uvicorn --timeout-keep-alive 65 a:b', 'waitress-serve a:b', 'granian a:b', 'uwsgi --http :80'])(
    'has nothing to say of %s',
    async (command) => {
      expect((await web(command, ...idle)).filter((text) => text.startsWith('keepalive'))).toEqual([]);
    },
  );
});

describe('connections that a proxy keeps open', () => {
  it.each([
    ['uvicorn a:b --workers 4 --limit-concurrency 9', '32', true],
    ['uvicorn a:b --workers 4 --limit-concurrency 10', '32', false],
    ['waitress-serve --threads=4 a:b', '98', true],
    ['waitress-serve --threads=4 a:b', '97', false],
    ['granian a:b --workers 2 --backpressure 16', '32', true],
    ['granian a:b --workers 2 --backpressure 17', '32', false],
  ])('%s beside %s', async (command, kept, fires) => {
    const found = await web(command, '--proxy-connections', kept);
    expect(
      found.some((text) => /limit-concurrency|waitress-connections|granian-backpressure/.test(text)),
    ).toBe(fires);
  });
});

describe('clients that Apache holds', () => {
  const directive = 'WSGIDaemonProcess shop processes=4 threads=25\n';
  it('are fewer than the threads', async () => {
    expect(await findings('site.conf', `MaxRequestWorkers 80\n${directive}`)).toEqual([
      'mod-wsgi-max-clients: Apache holds 80 clients, and 4 × 25 threads could serve 100',
    ]);
  });
  it('are not', async () => {
    expect(await findings('site.conf', `MaxRequestWorkers 150\n${directive}`)).toEqual([]);
  });
});

describe('a server without a limit on its connections', () => {
  const asked = [
    '--cores',
    '2',
    '--cpu-time',
    '5',
    '--io-time',
    '45',
    '--rate',
    '280',
    '--mem',
    '1024',
    '--server',
    'uvicorn',
  ];
  it.each(['async', 'threads:40', 'async=70%,threads:40=30%'])(
    'is not judged as if it took one at a time: %s',
    async (handlers) => {
      const found = await web(
        'uvicorn a:b --workers 2',
        ...asked,
        '--per-worker',
        '200',
        '--handlers',
        handlers,
      );
      expect(found.filter((text) => text.startsWith('unstable'))).toEqual([]);
    },
  );
});
