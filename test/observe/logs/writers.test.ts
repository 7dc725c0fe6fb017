import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { LOG_WRITERS, type LogWriter, type Served } from '../../support/log-writers.js';
import { binaryHost } from './binary-host.js';
import { lognormal, requests } from './generated.js';

const MEAN_MS = 200;
const RATE = 40;

/** Requests of lognormal durations, as the server knows them. */
const served = (count: number): Served[] =>
  requests(count, RATE, () => 0, lognormal(MEAN_MS, 0.8), count).map(({ atMs, ioMs }, n) => ({
    endMs: Math.round(atMs + ioMs),
    durationMs: ioMs,
    path: n % 3 === 0 ? '/' : `/orders/${n}`,
    status: n % 50 === 0 ? 404 : 200,
    pid: 812 + (n % 4),
    bytes: 200 + ((n * 7919) % 9000),
  }));

async function learn({ heading = [], line }: LogWriter, all: readonly Served[]) {
  const text = [...heading, ...all.map(line), ''].join('\n');
  const { host, out, err } = binaryHost(['fit', 'a.log', '--json'], {
    'a.log': new TextEncoder().encode(text),
  });
  expect(await run(host), err()).toBe(0);
  return JSON.parse(out());
}

const PERCENTILES = [
  ['p50Ms', 0.5],
  ['p90Ms', 0.9],
  ['p95Ms', 0.95],
  ['p99Ms', 0.99],
] as const;

test.each([200, 2000, 10_000])(
  'of %i requests in each format mean and percentiles are within 1 %',
  async (count) => {
    const all = served(count);
    const mean = all.reduce((sum, { durationMs }) => sum + durationMs, 0) / count;
    const sorted = all.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
    for (const writer of LOG_WRITERS) {
      const { log, service, routes, arrivals } = await learn(writer, all);
      expect(log, writer.name).toMatchObject({ requests: count, brokenLines: 0 });
      expect(Math.abs(service.meanMs / mean - 1), writer.name).toBeLessThan(0.01);
      for (const [key, p] of PERCENTILES) {
        const exact = sorted[Math.ceil(p * count) - 1]!;
        expect(Math.abs(service[key] - exact), `${writer.name}: ${key}`).toBeLessThan(
          0.01 * exact + writer.stepMs / 2,
        );
      }
      expect(routes, writer.name).toHaveLength(2);
      expect(arrivals, writer.name).not.toBeNull();
      expect(Math.abs(arrivals.meanPerSecond / RATE - 1), writer.name).toBeLessThan(0.2);
    }
  },
);
