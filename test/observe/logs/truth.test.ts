import { expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { binaryHost } from './binary-host.js';
import { exponential, gunicornLog, hyperexponential, lognormal, requests } from './generated.js';

async function learn(log: string) {
  const { host, out, err } = binaryHost(['fit', 'a.log', '--json'], {
    'a.log': new TextEncoder().encode(log),
  });
  expect(await run(host), err()).toBe(0);
  return JSON.parse(out());
}

const none = () => 0;

test.each([
  ['lognormal', lognormal(80, 1.7), 'lognormal'],
  ['exponential', exponential(30), 'exponential'],
  ['hyperexponential', hyperexponential(50, 2.5), 'hyperexponential'],
] as const)(
  '%s service times: percentiles within 1 %, mean, CV and rate exact, law recognised',
  async (_, draw, law) => {
    const all = requests(60_000, 200, none, draw, 11);
    const result = await learn(gunicornLog(all));
    const durations = all.map(({ ioMs }) => Math.round(ioMs * 1000) / 1000).sort((a, b) => a - b);
    for (const [key, p] of [
      ['p50Ms', 0.5],
      ['p90Ms', 0.9],
      ['p95Ms', 0.95],
      ['p99Ms', 0.99],
      ['p999Ms', 0.999],
    ] as const) {
      const exact = durations[Math.ceil(p * durations.length) - 1]!;
      expect(Math.abs(result.service[key] / exact - 1), key).toBeLessThan(0.01);
      expect(Math.abs(result.service[key] / exact - 1), key).toBeLessThanOrEqual(
        result.relativeError * 1.0001,
      );
    }
    const mean = durations.reduce((sum, d) => sum + d, 0) / durations.length;
    const variance = durations.reduce((sum, d) => sum + (d - mean) ** 2, 0) / durations.length;
    expect(Math.abs(result.service.meanMs / mean - 1)).toBeLessThan(1e-12);
    expect(Math.abs(result.service.cv / (Math.sqrt(variance) / mean) - 1)).toBeLessThan(1e-12);
    const ends = all.map(({ atMs, ioMs }) => Math.floor((atMs + ioMs) / 1000));
    const span = Math.max(...ends.slice(-5000)) - Math.min(...ends.slice(0, 5000)) + 1;
    expect(result.arrivals.meanPerSecond).toBeCloseTo(durations.length / span, 9);
    expect(result.laws[0].law.kind).toBe(law);
    expect(result.laws[0].distance).toBeLessThan(0.02);
  },
);

test('Poisson arrivals have an index of dispersion near 1, bursts a larger one', async () => {
  const poisson = await learn(gunicornLog(requests(60_000, 50, none, exponential(20), 3)));
  for (const { value } of poisson.arrivals.indexOfDispersion) expect(Math.abs(value - 1)).toBeLessThan(0.5);
  // Whole seconds of silence between seconds of arrivals.
  const burst = requests(60_000, 50, none, exponential(20), 3).map((one) => ({
    ...one,
    atMs: Math.floor(one.atMs / 1000) * 2000 + (one.atMs % 1000),
  }));
  const bursty = await learn(gunicornLog(burst));
  expect(bursty.arrivals.indexOfDispersion[0].value).toBeGreaterThan(10);
});

test("busy workers over time are those of Little's law", async () => {
  const result = await learn(gunicornLog(requests(40_000, 100, none, exponential(70), 5)));
  expect(Math.abs(result.concurrency.mean / 7 - 1)).toBeLessThan(0.03);
});

test('the empirical law has the mean and variation of the log', async () => {
  const { service } = await learn(gunicornLog(requests(60_000, 200, none, lognormal(80, 1.7), 11)));
  const q: number[] = service.empirical.quantiles;
  let mean = 0;
  let second = 0;
  for (let n = 0; n + 1 < q.length; n++) {
    const [a, b] = [q[n]!, q[n + 1]!];
    expect(b).toBeGreaterThanOrEqual(a);
    mean += (a + b) / 2 / (q.length - 1);
    second += (a * a + a * b + b * b) / 3 / (q.length - 1);
  }
  expect(mean / service.meanMs).toBeCloseTo(1, 4);
  expect(Math.abs(Math.sqrt(second / mean ** 2 - 1) / service.cv - 1)).toBeLessThan(0.02);
});
