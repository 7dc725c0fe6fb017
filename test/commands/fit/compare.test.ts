import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { binaryHost } from '../../observe/logs/binary-host.js';
import { exponential, gunicornLog, requests, stamp } from '../../observe/logs/generated.js';

const WORKERS = 4;
const MEAN_MS = 50;
/** 70 % of what four workers can do. */
const RATE = (0.7 * WORKERS * 1000) / MEAN_MS;
const CONFIGURATION = ['--workers', String(WORKERS), '--worker-class', 'sync', '--cores', String(WORKERS)];

/** Response times of the requests at one queue before four workers, first come first served. */
function responses(seed: number) {
  const free = new Array<number>(WORKERS).fill(0);
  return requests(60_000, RATE, () => 0, exponential(MEAN_MS), seed).map(({ atMs, ioMs }) => {
    const next = free.indexOf(Math.min(...free));
    free[next] = Math.max(atMs, free[next]!) + ioMs;
    return { atMs, responseMs: free[next]! - atMs };
  });
}

async function compare(log: string, args: readonly string[]) {
  const { host, out, err } = binaryHost(['fit', 'a.log', '--compare', '--json', ...CONFIGURATION, ...args], {
    'a.log': new TextEncoder().encode(log),
  });
  const code = await run(host);
  return { code, err: err(), compare: code === 0 ? JSON.parse(out()).compare : null };
}

test("a proxy's log of a known queue is predicted within 10 %, with the service time given", async () => {
  const log = responses(9)
    .map(
      ({ atMs, responseMs }) =>
        `10.0.0.1 - - ${stamp(atMs + responseMs)} "GET / HTTP/1.1" 200 5 "-" "agent" ${(responseMs / 1000).toFixed(3)}\n`,
    )
    .join('');
  const { compare: found, err } = await compare(log, [
    '--service-time',
    String(MEAN_MS),
    '--io-ratio',
    '1',
    '--io-cv',
    '1',
  ]);
  expect(found, err).not.toBeNull();
  const rows = Object.fromEntries(found.rows.map((row: { quantity: string }) => [row.quantity, row]));
  for (const quantity of ['mean response', 'p50 response', 'p90 response', 'p95 response'])
    expect(Math.abs(rows[quantity].error), quantity).toBeLessThan(0.1);
});

test("Gunicorn's own log is compared in what it tells: time in service and busy slots", async () => {
  const log = gunicornLog(requests(40_000, RATE, () => 0, exponential(MEAN_MS), 4));
  const { compare: found, err } = await compare(log, ['--io-ratio', '1']);
  expect(found, err).not.toBeNull();
  const rows = Object.fromEntries(found.rows.map((row: { quantity: string }) => [row.quantity, row]));
  expect(Math.abs(rows['mean in service'].error)).toBeLessThan(0.02);
  expect(Math.abs(rows['slot utilisation'].error)).toBeLessThan(0.02);
  expect(rows['p95 response']).toMatchObject({ observed: null, error: null });
  expect(found.notes.join()).toMatch(/which this log leaves out/);
});

test('what a comparison needs is asked for', async () => {
  const log = gunicornLog(requests(500, RATE, () => 0, exponential(MEAN_MS), 4));
  const { host, err } = binaryHost(['fit', 'a.log', '--compare'], { 'a.log': new TextEncoder().encode(log) });
  expect(await run(host)).toBe(2);
  expect(err()).toMatch(/--compare: give the running configuration with --workers/);
  const noTime = await compare(
    Array.from({ length: 50 }, (_, n) => JSON.stringify({ duration_ms: n + 1 })).join('\n'),
    [],
  );
  expect(noTime.code).toBe(2);
  expect(noTime.err).toMatch(/no time stamps/);
});
