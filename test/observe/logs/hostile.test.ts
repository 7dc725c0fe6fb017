import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { recogniseFormat } from '../../../src/observe/logs/formats/recognise.js';
import { JSON_FORMATS } from '../../../src/observe/logs/known/json/index.js';
import { LINE_FORMATS } from '../../../src/observe/logs/known/lines/index.js';
import { emptyRow } from '../../../src/observe/logs/reading/row.js';
import { binaryHost } from './binary-host.js';

const TAIL = '"-" "agent"';
const line = (second: number, micros: number | string, path = '/') =>
  `10.0.0.1 - - [21/Nov/2026:02:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')} +0000] "GET ${path} HTTP/1.1" 200 100 ${TAIL} ${micros} <7>\n`;
const good = (count: number) => Array.from({ length: count }, (_, n) => line(n, 1000 * (n + 1))).join('');

async function learn(bytes: Uint8Array | string, args: readonly string[] = []) {
  const log = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  const { host, out, err } = binaryHost(['fit', 'a.log', '--json', ...args], { 'a.log': log });
  const code = await run(host);
  expect(err()).not.toMatch(/defect|NaN/);
  expect(out()).not.toMatch(/NaN|Infinity/);
  return { code, err: err(), result: code === 0 ? JSON.parse(out()) : null };
}

test('broken lines are counted, and the first are shown with their numbers', async () => {
  const { result } = await learn(`${good(20)}garbage\n\n${good(20)}\u0007more\n`);
  expect(result.log).toMatchObject({ lines: 42, requests: 40, brokenLines: 2 });
  expect(result.log.brokenExamples).toEqual([
    { file: 'a.log', line: 21, why: 'not in this format', text: 'garbage' },
    { file: 'a.log', line: 43, why: 'not in this format', text: '␇more' },
  ]);
});

test('random bytes are refused in one sentence', async () => {
  const { code, err } = await learn(randomBytes(300_000));
  expect(code).toBe(3);
  expect(err).toMatch(/^wcalc: a\.log:1: the format of "[\x20-\x7e]*" is not recognised; accepted/);
});

test('a text that is not a log is refused', async () => {
  expect((await learn('{"not": "a log"}\n'.repeat(10))).code).toBe(3);
  expect((await learn('\n\n\n')).err).toMatch(/is empty/);
  expect((await learn('\0'.repeat(100_000))).code).toBe(3);
});

test('one very long line is one broken line, and what follows is read', async () => {
  const long = Buffer.alloc(5 << 20, 'x');
  const bytes = Buffer.concat([Buffer.from(good(50)), long, Buffer.from(`\n${good(50)}`)]);
  const { result } = await learn(bytes);
  expect(result.log).toMatchObject({ lines: 101, requests: 100, brokenLines: 1 });
  expect(result.log.brokenExamples[0]).toMatchObject({ line: 51, why: 'longer than 1048576 bytes' });
});

test('a file that is one long line is refused with a bounded message', async () => {
  const { code, err } = await learn(Buffer.alloc(5 << 20, 'x'));
  expect(code).toBe(3);
  expect(err).toMatch(/^wcalc: a\.log:1: is longer than 262144 bytes; accepted: access logs/);
});

test('invalid UTF-8 in addresses and agents does no harm', async () => {
  const bytes = Buffer.from(good(30));
  for (let at = bytes.indexOf('agent'); at >= 0; at = bytes.indexOf('agent', at + 1)) bytes[at] = 0xff;
  expect((await learn(bytes)).result.log).toMatchObject({ requests: 30, brokenLines: 0 });
});

test('time stamps backwards change nothing but a note', async () => {
  const lines = good(50).trimEnd().split('\n');
  const forwards = await learn(`${lines.join('\n')}\n`);
  const backwards = await learn(`${[...lines].reverse().join('\n')}\n`);
  expect(backwards.result.arrivals).toEqual(forwards.result.arrivals);
  expect(backwards.result.notes.join()).toMatch(/time stamps go back/);
});

test('negative, absurd and wordy durations are broken lines', async () => {
  const bad = [line(1, -5), line(2, '99999999999999'), line(3, 'soon'), line(4, '1e400')].join('');
  const { result } = await learn(good(30) + bad);
  expect(result.log).toMatchObject({ requests: 30, brokenLines: 4 });
  expect(result.log.brokenExamples.map((example: { why: string }) => example.why)).toEqual([
    'a negative duration',
    'a duration of more than a day',
    'a duration that is not a number',
    'a duration that is not a number',
  ]);
});

test('a stray time stamp far away costs no memory and spoils no percentile', async () => {
  const stray = line(0, 500).replace('2026', '0001');
  const { result } = await learn(good(60) + stray);
  expect(result.log).toMatchObject({ requests: 61, brokenLines: 0 });
  expect(result.service.p50Ms).toBeCloseTo(30, 0);
  expect(result.notes.join()).toMatch(/without a request/);
});

test('requests over many years are counted with bounded memory', async () => {
  const lines = Array.from({ length: 3000 }, (_, n) =>
    line(0, 1000)
      .replace('2026', String(1000 + n))
      .replace('Nov', n % 2 ? 'Jan' : 'Nov'),
  ).join('');
  const { result } = await learn(lines);
  expect(result.log.requests).toBe(3000);
  expect(result.concurrency.mean).toBeLessThan(0.001);
});

test('days of overlapping requests of a day each are counted in time and memory that do not grow with their length', async () => {
  const { result } = await learn(
    Array.from({ length: 5000 }, (_, n) => line(n % 3600, 86_000_000_000)).join(''),
  );
  expect(result.log.requests).toBe(5000);
  expect(result.concurrency.max).toBeLessThanOrEqual(5000.001);
});

test('mixed formats: the lines of the other one are broken', async () => {
  const other = Array.from(
    { length: 10 },
    (_, n) => `{"time":"2026-11-21T02:00:0${n % 10}Z","duration_ms":5}\n`,
  ).join('');
  const { code, result } = await learn(good(30) + other, [
    '--log-format',
    '%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s" %(D)s %(p)s',
  ]);
  expect(code).toBe(0);
  expect(result.log).toMatchObject({ requests: 30, brokenLines: 10 });
});

test('a gzip file that is cut off is read up to there, with a note', async () => {
  const lines = Array.from({ length: 5000 }, (_, n) =>
    line(n % 3600, 1000 + ((n * 7919) % 100_000), `/p/${n}`),
  ).join('');
  const packed = gzipSync(lines);
  const { result } = await learn(packed.subarray(0, packed.length >> 1));
  expect(result.log.requests).toBeGreaterThan(1000);
  expect(result.notes.join()).toMatch(/a\.log: the gzip file is cut off; what came before is used/);
});

test('a damaged gzip file is read up to the damage, or refused in one sentence', async () => {
  const packed = gzipSync(good(60).repeat(200));
  packed.fill(0x55, packed.length >> 1, (packed.length >> 1) + 40);
  const { code, err } = await learn(packed);
  expect([0, 3]).toContain(code);
  if (code === 3) expect(err.trim().split('\n')).toHaveLength(1);
  expect((await learn(packed.subarray(0, 12))).code).toBe(3);
});

test('made-up addresses and pids cannot fill the memory', async () => {
  const lines = Array.from({ length: 12_000 }, (_, n) =>
    line(n % 3600, 1000, `/${'abcdefghij'[n % 10]}x${n.toString(26).replace(/\d/g, 'z')}q${n % 97}w`).replace(
      '<7>',
      `<${n}>`,
    ),
  ).join('');
  const { result } = await learn(lines);
  expect(result.log.requests).toBe(12_000);
  expect(result.routes.length).toBeLessThanOrEqual(2001);
  expect(result.processes).toBeNull();
});

test('addresses cannot name properties of objects', async () => {
  const json = Array.from({ length: 20 }, (_, n) =>
    JSON.stringify({
      time: 1795226400 + n,
      duration_ms: 5,
      path: n % 2 ? '__proto__' : 'constructor',
      ['__proto__']: 1,
    }),
  ).join('\n');
  const { result } = await learn(json);
  expect(result.routes.map((route: { route: string }) => route.route).sort()).toEqual([
    '__proto__',
    'constructor',
  ]);
});

test('names that a log makes up cannot steer the terminal', async () => {
  const key = '\u001b[2J\u202e.duration';
  const { code, err } = await learn(`${JSON.stringify({ time: 1795226400, [key]: 5 })}\n`.repeat(5));
  expect(code).toBe(2);
  expect(err).toMatch(/unit of the column "␛\[2J�\.duration" is not known/);
  const {
    host,
    out,
    err: notes,
  } = binaryHost(['fit', 'a.log', '--column', 'duration=ms\u001b:ms'], {
    'a.log': new TextEncoder().encode(`{"ms\\u001b":5,"time":1795226400}\n`.repeat(9)),
  });
  expect(await run(host), notes()).toBe(0);
  expect(out() + notes()).not.toMatch(/\u001b/);
});

test('long runs of what an expression could try again and again are read in linear time', {
  timeout: 120_000,
}, () => {
  const RUNS = [
    'a',
    ' ',
    '"',
    '\\',
    ', ',
    ' : ',
    '-',
    '/',
    '[',
    '0',
    '0.1, ',
    'a=',
    '\u00ff',
    '{"a":',
    '\\"',
  ];
  const formats = [...LINE_FORMATS, ...JSON_FORMATS].flatMap(({ examples }) =>
    examples.map(({ line }) => line),
  );
  const begun = process.cpuUsage();
  for (const example of [...formats, line(1, 5000).trim()]) {
    const { format } = recogniseFormat([example, example], { logFormat: undefined, columns: [] })!;
    const read = format.reader();
    const middle = example.length >> 1;
    for (const run of RUNS)
      for (const at of [0, middle, example.length])
        read(example.slice(0, at) + run.repeat(20_000) + example.slice(at), emptyRow());
  }
  expect(process.cpuUsage(begun).user / 1e6).toBeLessThan(20);
});

test('a log of such runs is refused, or read, in bounded time', { timeout: 120_000 }, async () => {
  const begun = process.cpuUsage();
  for (const run of ['a', ' "', '\\', 'a, ', ' : ', '[', '0.1, ', 'a=b ', '\u00ff', '{"a":', '" ', '(', '1/'])
    await learn(`${`${run.repeat(3000)}\n`.repeat(30)}`);
  expect(process.cpuUsage(begun).user / 1e6).toBeLessThan(20);
});

test('objects of thousands of names, and deep ones, are read', async () => {
  const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`key${n}`, n])));
  const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
  const lines = Array.from(
    { length: 40 },
    (_, n) => `{"time":${1795226400 + n},"duration_ms":5,"x":${n % 2 ? wide : deep}}\n`,
  );
  expect((await learn(lines.join(''))).result.log.requests).toBe(40);
});
