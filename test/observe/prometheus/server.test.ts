import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { HttpFailure } from '../../../src/host/errors.js';
import type { HttpAnswer } from '../../../src/host/host.js';
import { askByHttp } from '../../../src/host/http.js';
import { run } from '../../../src/main.js';
import { madeUpHost } from '../../made-up-host.js';
import { answered, questionOf, watchesWeb } from './fake-server.js';

const ADDRESS = 'http://prometheus:9090';
const TOKEN = 'c2VjcmV0LXRva2Vu';

async function ask(
  answer: (url: string) => HttpAnswer | Promise<HttpAnswer>,
  more: readonly string[] = [],
  circumstances: Parameters<typeof madeUpHost>[1] = {},
) {
  const asked: string[] = [];
  const made = madeUpHost(['fit', '--prometheus', ADDRESS, ...more], {
    ...circumstances,
    answer(url) {
      asked.push(url);
      return answer(url);
    },
  });
  return { code: await run(made.host), out: made.out(), err: made.err(), asked };
}

const says =
  (status: number, text: string, location: string | null = null) =>
  () => ({
    status,
    text,
    location,
  });

describe('a Prometheus that is asked', () => {
  test('gives rate, durations, CPU time and memory of the one job that counts requests', async () => {
    const { code, out, err, asked } = await ask(
      watchesWeb(() => 5),
      ['--json'],
    );
    expect(err).toBe('');
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(found.rate.meanPerSecond).toBeCloseTo(10);
    expect(found.rate.busiest).toMatchObject({ windowSeconds: 60 });
    expect(found.requests).toBeCloseTo(86_400 * 10);
    expect(found.durations.meanMs).toBeCloseTo(80);
    expect(found.durations.cv.value).toBeCloseTo(1, 2);
    expect(found.ioRatio).toBeCloseTo(0.75);
    expect(found.memory).toMatchObject({ processes: 2, largestMiB: 150 });
    expect(asked.every((url) => url.startsWith(`${ADDRESS}/api/v1/query`))).toBe(true);
    expect(
      asked.filter((url) => url.includes('query_range')).every((url) => url.includes('job%3D%22web%22')),
    ).toBe(true);
  });

  test('finds the busiest minute of the course', async () => {
    const rush = 43_200;
    const { out } = await ask(
      watchesWeb((second) => (Math.abs(second + 43_200) < 1 ? 50 : 5)),
      ['--json'],
    );
    expect(JSON.parse(out).rate.busiest).toEqual({
      atMs: -(rush + 60) * 1000,
      perSecond: 100,
      windowSeconds: 60,
    });
  });

  test('is asked in parts where the steps are more than it answers at once', async () => {
    const { asked, out } = await ask(
      watchesWeb(() => 5),
      ['--since', '7d', '--step', '30s', '--json'],
    );
    const parts = asked.map(questionOf).filter(({ path }) => path.endsWith('query_range'));
    expect(parts.every(({ start, end, step }) => (end - start) / step < 11_000)).toBe(true);
    expect(parts.length).toBe(5 * 3);
    expect(JSON.parse(out).requests).toBeCloseTo(7 * 86_400 * 10);
  });

  test('of several jobs is asked about none until one is chosen', async () => {
    const { code, err } = await ask((url) =>
      url.includes('count+by')
        ? answered(
            ['web', 'api'].map((job) => ({
              metric: { __name__: 'http_request_duration_seconds_bucket', job },
              value: [0, '1'],
            })),
          )
        : answered([]),
    );
    expect(code).toBe(2);
    expect(err).toBe(
      'wcalc: --prometheus: the jobs "api" and "web" count requests; choose one with --query \'select={job="api"}\'\n',
    );
    const { asked } = await ask(
      watchesWeb(() => 1),
      ['--query', 'select={namespace="shop"}'],
    );
    expect(asked.slice(1).every((url) => url.includes('namespace%3D%22shop%22'))).toBe(true);
  });

  test('sends the token in a header, and shows it nowhere, whatever the server echoes', async () => {
    const sent: string[] = [];
    const made = madeUpHost(['fit', '--prometheus', ADDRESS, '--token-file', 'token'], {
      files: { token: `${TOKEN}\n` },
    });
    const host = {
      ...made.host,
      ask: async ({ headers }: { headers: Readonly<Record<string, string>> }) => {
        sent.push(headers.authorization!);
        return says(400, JSON.stringify({ status: 'error', error: `bad ${headers.authorization}` }))();
      },
    };
    expect(await run(host)).toBe(3);
    expect(sent).toEqual([`Bearer ${TOKEN}`]);
    expect(made.err()).toContain('bad Bearer [token]');
    expect(made.out() + made.err()).not.toContain(TOKEN);
  });

  test('cannot bring control characters to the terminal', async () => {
    const fake = watchesWeb(() => 5);
    const { out, err } = await ask((url) => {
      const answer = fake(url);
      return { ...answer, text: answer.text.replaceAll('web-1', '\\u001b[2Jx\\u202e\\n::error::') };
    });
    expect(out).toContain('most 150 MiB');
    for (const hostile of ['\u001b', '\u202e', '\n::error::']) expect(out + err).not.toContain(hostile);
  });

  test('is not believed a bucket whose end is no number', async () => {
    const fake = watchesWeb(() => 5);
    const { code, out } = await ask(
      (url) => {
        const answer = fake(url);
        return { ...answer, text: answer.text.replace('"le":"0.01"', '"le":"{.01"') };
      },
      ['--json'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(out).durations.meanMs).toBeCloseTo(80);
  });

  test('counts nothing where it answers with nothing', async () => {
    const { code, err } = await ask(() => answered([]));
    expect(code).toBe(3);
    expect(err).toContain('has now no metric that counts requests under a name that is known');
  });
});

test.each([
  ['a redirect', says(302, '', 'https://elsewhere/\u001b[2J'), 'redirects to https://elsewhere/'],
  ['401', says(401, 'Unauthorized'), 'refuses to answer (HTTP 401)'],
  ['500', says(500, '<html>oops'), "gives no answer of Prometheus's API (HTTP 500)"],
  ['garbage', says(200, '\u0000\u0001 garbage'), 'HTTP 200, but no JSON'],
  ['JSON of another kind', says(200, '{"a":[1,2]}'), 'has no list "result"'],
  [
    'samples of another kind',
    says(200, '{"data":{"result":[{"metric":{},"value":["x",1]}]}}'),
    'has a sample',
  ],
  [
    'an error of its own',
    says(422, '{"status":"error","error":"too many samples"}'),
    'cannot answer: too many',
  ],
  [
    'no answer',
    () => Promise.reject(new HttpFailure('gave no whole answer within 30 s')),
    'gave no whole answer within 30 s',
  ],
] as const)('%s is one sentence and exit code 3', async (_, answer, sentence) => {
  const { code, out, err, asked } = await ask(answer as () => HttpAnswer);
  expect(code).toBe(3);
  expect(out).toBe('');
  expect(err).toContain(`wcalc: ${ADDRESS}: `);
  expect(err).toContain(sentence);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(err).not.toContain('\u001b');
  expect(asked).toHaveLength(1);
});

test.each([
  [['--prometheus', 'http://u:p@h'], 'the address holds a user or password'],
  [['--prometheus', 'ftp://h'], 'ftp:// is not spoken'],
  [['--prometheus', 'http://h?x=1'], 'has something behind its path'],
  [['--prometheus', 'http://h', 'http://i'], 'one address is asked at a time'],
  [['--prometheus', 'http://h', '--merge'], '--merge is about other sources'],
  [['--prometheus', 'http://h', '--format', 'profile'], '--format profile is what logs'],
  [['--prometheus', 'http://h', '--query', 'rate=x'], '"rate=x" is no NAME=PROMQL'],
  [['--prometheus', 'http://h', '--query', 'cpu=a', '--query', 'cpu=b'], 'cpu is given twice'],
  [['--prometheus', 'http://h', '--since', '1s', '--step', '1min'], '--since: holds no step'],
  [['--prometheus', 'http://h', '--since', '370d', '--step', '1s'], 'more than 200000 steps'],
  [['--prometheus', 'http://h', '--since', '60'], 'write 60s or 60min or 60h'],
])('%j is refused', async (argv, sentence) => {
  const made = madeUpHost(['fit', ...argv]);
  expect(await run(made.host)).toBe(2);
  expect(made.err()).toContain(sentence);
});

describe('HTTP', () => {
  async function served(listener: RequestListener, act: (url: string) => Promise<void>): Promise<void> {
    const server = createServer(listener);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      await act(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  const get = (url: string, maxBytes = 1000) => askByHttp({ url, headers: {}, withinMs: 300, maxBytes });

  test('follows no redirect', () =>
    served(
      (_, response) => response.writeHead(302, { location: '/elsewhere' }).end('gone'),
      async (url) => {
        expect(await get(url)).toEqual({ status: 302, location: '/elsewhere', text: 'gone' });
      },
    ));

  test('gives up a server that is silent, or that drips', async () => {
    await served(
      () => undefined,
      async (url) => {
        await expect(get(url)).rejects.toThrow('gave no whole answer within 0 s');
      },
    );
    await served(
      (_, response) => {
        const dripping = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(dripping));
      },
      async (url) => {
        await expect(get(url)).rejects.toThrow('gave no whole answer within');
      },
    );
  });

  test('reads no more than it may, and says what became of a connection', async () => {
    await served(
      (_, response) => response.end('x'.repeat(2000)),
      async (url) => {
        await expect(get(url)).rejects.toThrow('answers with more than 1000 bytes');
      },
    );
    await served(
      (request) => request.socket.destroy(),
      async (url) => {
        await expect(get(url)).rejects.toThrow('broke the connection off');
      },
    );
    await expect(get('http://127.0.0.1:1')).rejects.toThrow('nothing listens there');
  });
});
