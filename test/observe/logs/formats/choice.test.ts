import { expect, test } from 'vitest';
import { run } from '../../../../src/main.js';
import { madeUpHost } from '../../../made-up-host.js';

const DURATIONS = [100, 150, 200, 250, 300, 150, 250, 200];
const PATHS = ['/orders/17', '/orders', '/', '/orders/18', '/cart', '/orders', '/', '/orders/19'];

type Line = (ms: number, n: number) => string;

const s = (ms: number) => (ms / 1000).toFixed(3);
const combined = (n: number, tail: string) =>
  `10.0.0.7 - - [30/Nov/2026:12:00:0${n} +0000] "GET ${PATHS[n]} HTTP/1.1" 200 ${500 + 37 * n} "-" "curl/8.5"${tail}`;
const iso = (n: number) => `2026-11-30T12:00:0${n}.250Z`;
const json =
  (of: (ms: number, n: number) => object): Line =>
  (ms, n) =>
    JSON.stringify({ time: iso(n), path: PATHS[n], ...of(ms, n) });

async function learn(line: Line, ...args: string[]) {
  const text = `${DURATIONS.map(line).join('\n')}\n`;
  const { host, out, err } = madeUpHost(['fit', 'a.log', '--json', ...args], { files: { 'a.log': text } });
  const code = await run(host);
  return { code, err: err(), result: out() === '' ? null : JSON.parse(out()) };
}

const READ: readonly (readonly [string, Line, RegExp?])[] = [
  ['a status behind the time', (ms, n) => combined(n, ` ${s(ms)} 200`)],
  ['two tries, summed, and their statuses', (ms, n) => combined(n, ` 0.010, ${s(ms - 10)} 502, 200`)],
  ['seconds and microseconds of the same', (ms, n) => combined(n, ` 0 ${ms * 1000}`)],
  ['a time of day with fractions before the time', (ms, n) => combined(n, ` ${1796040000 + n}.250 ${s(ms)}`)],
  ['four times of nginx', (ms, n) => combined(n, ` ${s(ms + 1)} 0.000 ${s(ms)} ${s(ms)}`)],
  ['a time to connect behind the times', (ms, n) => combined(n, ` ${s(ms + 1)} ${s(ms)} 0.000`)],
  ['microseconds before a size', (ms, n) => combined(n, ` ${ms * 1000} ${311 + n}`), /microseconds/],
  ['a unit behind the number', (ms, n) => combined(n, ` ${ms}ms`)],
  [
    'a forwarded address now and then',
    (ms, n) => combined(n, ` ${ms * 1000} <7>`).replace(/^/, n % 2 ? '10.1.1.1, ' : ''),
    /microseconds/,
  ],
  [
    'words of an application',
    (ms, n) => `2026-11-30 12:00:0${n}.123 | INFO | app:log:12 - GET ${PATHS[n]} 200 ${s(ms)}s`,
  ],
  [
    'names and values in words',
    (ms, n) => `2026-11-30 12:00:0${n},250 INFO mw method=GET path=${PATHS[n]} status=200 time=${s(ms)}s`,
  ],
  ['JSON: a list, summed', json((ms) => ({ upstream_response_time: [0.01, (ms - 10) / 1000] }))],
  ['JSON: a list as text, summed', json((ms) => ({ upstream_response_time: `0.010, ${s(ms - 10)}` }))],
  ['JSON: a timedelta', json((ms) => ({ elapsed: `0:00:00.${ms}000` }))],
  ['JSON: seconds by their distribution', json((ms) => ({ elapsed: ms / 1000 })), /taken as seconds/],
  [
    'JSON: milliseconds by their distribution',
    json((ms, n) => ({ duration: ms + (n - 3.5) / 100 })),
    /taken as milliseconds/,
  ],
  ['JSON: nanoseconds by their distribution', json((ms) => ({ duration: ms * 1e6 })), /taken as nanoseconds/],
  [
    'JSON: microseconds by their distribution',
    json((ms) => ({ request_duration: ms * 1000 })),
    /taken as microseconds/,
  ],
  [
    'JSON in JSON',
    (ms, n) => JSON.stringify({ log: `${json((d) => ({ took_us: d * 1000 }))(ms, n)}\n`, stream: 'stdout' }),
  ],
  [
    'JSON: the time since the start beside the duration',
    json((ms, n) => ({ record: { elapsed: { seconds: 60 + n } }, extra: { duration_ms: ms } })),
  ],
  [
    "Heroku's router among words",
    (ms, n) =>
      `${iso(n)} heroku[router]: at=info method=GET path="${PATHS[n]}" dyno=web.1 connect=0ms service=${ms}ms status=200\n${iso(n)} app[web.1]: words`,
  ],
];

test.each(READ.map(([name, line, note]) => ({ name, line, note })))(
  '$name: 200 ms',
  async ({ line, note }) => {
    const { code, err, result } = await learn(line);
    expect(code, err).toBe(0);
    expect(result.service.count).toBe(8);
    expect(result.service.meanMs).toBeCloseTo(200, 1);
    expect(result.routes.length).toBeGreaterThan(1);
    if (note) expect(result.notes.join()).toMatch(note);
    else expect(result.notes.join()).not.toMatch(/taken as/);
  },
);

const ASKED: readonly (readonly [string, Line, RegExp])[] = [
  ['whole milliseconds', (ms, n) => combined(n, ` ${ms}`), /word 10, .*--log-format '.*\$duration:ms'/],
  ['sizes', (_, n) => combined(n, ` ${811 + 37 * n}`), /--log-format/],
  ['mostly zeros', (_, n) => combined(n, ` ${n % 5 === 0 ? 1 : 0}`), /--log-format/],
  ['JSON: whole numbers', json((ms) => ({ duration: ms })), /--column duration=duration:ms/],
];

test.each(ASKED)('%s are asked about', async (_, line, message) => {
  const { code, err, result } = await learn(line);
  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(result).toBeNull();
});

test('the question is answered with the format that it names', async () => {
  const [, line] = ASKED[0]!;
  const { err } = await learn(line);
  const format = /--log-format '([^']*)'/.exec(err)![1]!;
  expect((await learn(line, '--log-format', format)).result.service.meanMs).toBeCloseTo(200, 6);
});

const UNTIMED: readonly (readonly [string, Line])[] = [
  ['a constant status', (_, n) => combined(n, ' 200')],
  ['statuses', (_, n) => combined(n, ` ${[200, 304, 404][n % 3]}`)],
  [
    "the clock's milliseconds of Uvicorn",
    (_, n) =>
      `2026-11-30 12:00:0${n}.041 | uvicorn.access | 10.0.0.7:52410 - "GET ${PATHS[n]} HTTP/1.1" 200 | ${137 * n}ms`,
  ],
  [
    "Hypercorn's",
    (_, n) =>
      `[2026-11-30 12:00:0${n} +0000] [812] [INFO] 10.0.0.7:52410 - - [30/Nov/2026:12:00:0${n} +0000] "GET ${PATHS[n]} 1.1" 200 5 "-" "c"`,
  ],
  ["Daphne's", (_, n) => `10.0.0.7:52410 - - [30/Nov/2026:12:00:0${n}] "GET ${PATHS[n]}" 200 512`],
  ["Werkzeug's", (_, n) => `10.0.0.7 - - [30/Nov/2026 12:00:0${n}] "GET ${PATHS[n]} HTTP/1.1" 200 -`],
];

test.each(UNTIMED)('%s are no durations; the rest is told all the same', async (_, line) => {
  const { code, err, result } = await learn(line);
  expect(code).toBe(3);
  expect(err).toMatch(/tells no durations/);
  expect(result).toMatchObject({ service: null, log: { requests: 8, brokenLines: 0 } });
  expect(result.arrivals.meanPerSecond).toBeCloseTo(1, 0);
  expect(result.routes.length).toBeGreaterThan(1);
  expect(result.log.statusShares['2xx']).toBeGreaterThan(0.9);
});

test('a unit in the format wins over what the name means', async () => {
  const line: Line = (ms, n) => `[30/Nov/2026:12:00:0${n} +0000] "GET / HTTP/1.1" ${ms}`;
  const { result } = await learn(line, '--log-format', '[$time_local] "$request" $request_time:ms');
  expect(result.service.meanMs).toBeCloseTo(200, 6);
});

test('a constant law is called constant, and a bad fit is called that', async () => {
  const table = async (line: Line) => {
    const text = `${DURATIONS.map(line).join('\n')}\n`;
    const { host, out } = madeUpHost(['fit', 'a.log', '--width', '200'], { files: { 'a.log': text } });
    expect(await run(host)).toBe(0);
    return out();
  };
  expect(await table((_, n) => combined(n, ' 0.200'))).toMatch(
    /best fit +constant: every request takes the same time/,
  );
  expect(await table((_, n) => combined(n, n % 2 ? ' 0.100' : ' 3.000'))).toMatch(
    /best fit +none is good; the closest is/,
  );
});
