import { expect, test } from 'vitest';
import { run } from '../../../../src/main.js';
import { binaryHost } from '../binary-host.js';

async function fitted(lines: readonly string[]) {
  const text = new TextEncoder().encode(`${lines.join('\n')}\n`);
  const { host, out, err } = binaryHost(['fit', 'a.log', '--json'], { 'a.log': text });
  const code = await run(host);
  return { code, error: err(), ...(out() === '' ? {} : JSON.parse(out())) };
}

const of = (count: number, line: (n: number) => readonly string[]) =>
  Array.from({ length: count }, (_, n) => line(n)).flat();

test('requests whose beginning and end stand in lines of their own are read from the end', async () => {
  const phoenix = of(30, (n) => [
    '[info] GET /orders',
    '[debug] Processing with Shop.OrderController.index/2',
    `[info] Sent 200 in ${n % 3 === 0 ? '500µs' : `${100 + n}ms`}`,
  ]);
  const { log, service } = await fitted(phoenix);
  expect(log).toMatchObject({ requests: 30, brokenLines: 0 });
  expect(service.meanMs).toBeCloseTo(
    (10 * 0.5 + of(30, (n) => (n % 3 === 0 ? [] : [`${100 + n}`])).reduce((sum, ms) => sum + Number(ms), 0)) /
      30,
    6,
  );

  const rails = of(30, (n) => [
    `I, [2026-11-30T12:00:${String(n).padStart(2, '0')}.100000 #7]  INFO -- : [a${n}] Started GET "/" for ::1`,
    `I, [2026-11-30T12:00:${String(n).padStart(2, '0')}.300000 #7]  INFO -- : [a${n}] Completed 200 OK in ${200 + n}ms (Views: 9.1ms)`,
  ]);
  const read = await fitted(rails);
  expect(read.log).toMatchObject({ requests: 30, brokenLines: 0 });
  expect(read.service.meanMs).toBeCloseTo(214.5, 6);
  expect(read.arrivals.meanPerSecond).toBeCloseTo(1, 0);
});

test('a log of requests stays what it is where a line of an application stands between', async () => {
  const lines = of(30, (n) => [
    `10.0.0.7 - - [30/Nov/2026:12:00:${String(n).padStart(2, '0')} +0000] "GET / HTTP/1.1" 200 612 "-" "curl" ${100_000 + ((n * 7919) % 5000)}`,
    ...(n % 5 === 0 ? ['Completed 200 OK in 7ms'] : []),
  ]);
  expect((await fitted(lines)).service.meanMs).toBeGreaterThan(100);
});

test('the program and process that syslog puts before a line are not those of the server', async () => {
  const lines = (bytes: (n: number) => number) =>
    of(30, (n) => [
      ` haproxy[14389]: 10.0.0.7:39527 [30/Nov/2026:12:00:${String(n).padStart(2, '0')}.105] web~ api/api 2/0/0/${100 + n}/${103 + n} 200 ${bytes(n)} - - ---- 1/1/0/1/0 0/0 "GET / HTTP/1.1"`,
    ]);
  expect((await fitted(lines(() => 320))).service.meanMs).toBeCloseTo(114.5, 6);
  expect((await fitted(lines((n) => 300 + n))).service.meanMs).toBeCloseTo(114.5, 6);
});

test('a short number that never changes is no duration, also behind a process id', async () => {
  const lines = of(30, (n) => [
    `shop[14389] 10.0.0.7 [30/Nov/2026:12:00:${String(n).padStart(2, '0')} +0000] "GET / HTTP/1.1" 200 320`,
  ]);
  const { code, service } = await fitted(lines);
  expect(code).not.toBe(0);
  expect(service ?? null).toBeNull();
});
