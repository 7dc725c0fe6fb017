import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { SourceError } from '../../../src/host/errors.js';
import { readLoadTests } from '../../../src/observe/load-tests/reading/read-load-tests.js';
import { inFlight, type LoadStep, thinkTimeMs } from '../../../src/observe/load-tests/step.js';
import { madeUpHost } from '../../made-up-host.js';
import { SAMPLES as samples } from './samples.js';

const read = (text: string): Promise<readonly LoadStep[]> =>
  readLoadTests(madeUpHost([], { files: { 'steps.out': text } }).host, ['steps.out']);

const TIMES = { meanMs: 80, p50Ms: 70, p90Ms: 140, p95Ms: 180, p99Ms: 300, maxMs: 400 };
const ALIKE = { ...TIMES, p50Ms: 80, p90Ms: 80, p95Ms: 80, p99Ms: 80, maxMs: 80 };

describe('one step of 50 requests a second and 2 % errors', () => {
  test.each([
    ['K6_EXPORT', 'k6', 'closed', 4, TIMES],
    ['K6_HANDLE_SUMMARY', 'k6', 'closed', 4, TIMES],
    ['K6_MACHINE', 'k6', 'closed', 4, TIMES],
    ['K6_ARRIVAL_RATE', 'k6', 'open', null, TIMES],
    ['WRK', 'wrk', 'closed', 4, { ...TIMES, p95Ms: null }],
    ['WRK2', 'wrk2', 'open', null, TIMES],
    ['VEGETA_REPORT', 'vegeta', 'open', null, TIMES],
    ['VEGETA_RESULTS', 'vegeta', 'open', null, ALIKE],
    ['LOCUST_STATS', 'Locust', 'closed', null, TIMES],
    ['HEY', 'hey', 'closed', 4, ALIKE],
    ['OHA', 'oha', 'closed', 4, TIMES],
    ['JMETER', 'JMeter', 'closed', 4, ALIKE],
    ['AB', 'ab', 'closed', 4, TIMES],
  ] as const)('%s', async (name, tool, loop, users, times) => {
    const [step, ...others] = await read(samples[name]);
    expect(others).toEqual([]);
    expect(step).toMatchObject({ source: 'steps.out', tool, loop, users });
    expect(step!.throughputPerSecond).toBeGreaterThan(47);
    expect(step!.throughputPerSecond).toBeLessThan(50.3);
    if (name !== 'WRK2') expect(step!.errorShare).toBeCloseTo(0.02, 3);
    for (const [key, value] of Object.entries(times)) {
      const found = step!.times[key as keyof typeof times];
      if (value === null) expect(found).toBeNull();
      else expect(found).toBeCloseTo(value, 6);
    }
  });
});

describe('several steps of one file', () => {
  test('are the stretches of k6 points with the same users', async () => {
    const [two, four] = await read(samples.K6_POINTS);
    expect(two).toMatchObject({ users: 2, seconds: 10, throughputPerSecond: 10, errorShare: 0.1 });
    expect(four).toMatchObject({ users: 4, seconds: 10, throughputPerSecond: 20, errorShare: 0.05 });
    expect(thinkTimeMs(two!)).toBeCloseTo(0, 9);
  });

  test("are those of Locust's history, counted from its totals", async () => {
    const [two, four] = await read(samples.LOCUST_HISTORY);
    expect(two).toMatchObject({ users: 2, throughputPerSecond: 10 });
    expect(two!.times).toMatchObject({ p50Ms: 190, p95Ms: 240, p99Ms: 260 });
    expect(two!.times.meanMs).toBeCloseTo(200, 6);
    expect(four).toMatchObject({ users: 4, throughputPerSecond: 16 });
    expect(four!.times.meanMs).toBeCloseTo(250, 6);
    expect(inFlight(four!)).toBeCloseTo(4, 6);
  });

  test.each(['WRK', 'AB'] as const)('are the runs of %s one after the other', async (name) => {
    const steps = await read(`${samples[name]}\n${samples[name]}`);
    expect(steps.map(({ source }) => source)).toEqual(['steps.out (run 1)', 'steps.out (run 2)']);
  });
});

describe('the users of a summary of k6', () => {
  const summary = (vus: object, iterations: object = {}): string =>
    samples.K6_EXPORT.replace(
      /"vus": \{[^}]*\}/,
      `"vus": ${JSON.stringify(vus)}, ${JSON.stringify(iterations).slice(1, -1)}`,
    ).replace(/,\s*,/, ',');

  test('are not told where they changed', async () => {
    const [step] = await read(summary({ value: 1, min: 1, max: 4 }));
    expect(step!.users).toBeNull();
    expect(step!.notes.join()).toContain('the users changed during the test (4 at most)');
  });

  test('are the most where as many were busy on average, though the last second saw fewer', async () => {
    const busy = { iterations: { count: 1000, rate: 50 }, iteration_duration: { avg: 79 } };
    const [step] = await read(summary({ value: 1, min: 1, max: 4 }, busy));
    expect(step).toMatchObject({ users: 4, notes: [] });
  });
});

test('an indented report of wrk is one', async () => {
  expect(await read(samples.WRK.replace(/^/gm, '    '))).toMatchObject([
    { users: 4, throughputPerSecond: 50 },
  ]);
});

test('gzip is unpacked, and a Windows line end is one', async () => {
  const packed = gzipSync(samples.HEY.replaceAll('\n', '\r\n'));
  const { host } = madeUpHost([], { stdin: [packed] });
  expect(await readLoadTests(host, ['-'])).toHaveLength(1);
});

test.each([
  ['', 'steps.out: is empty'],
  ['hello', 'steps.out: "hello" begins no result of a load test'],
  ['{"a": 1', 'steps.out: is no whole JSON document'],
  ['{"a": 1}', 'begins no result of a load test'],
  [samples.HEY.split('\n').slice(0, 3).join('\n').replace('0.0800', 'x'), 'steps.out:2: is no line of hey'],
  [samples.VEGETA_REPORT.replace('"requests":1000', '"requests":0'), 'tells no throughput'],
  [
    samples.WRK.replace('and 4 connections', 'and 400000000 connections'),
    'tells 400000000 users; at most 100000',
  ],
  [samples.LOCUST_STATS.replace('Aggregated', 'All'), 'has no line Aggregated'],
])('refuses %# in a sentence', async (text, sentence) => {
  await expect(read(text)).rejects.toThrow(SourceError);
  await expect(read(text)).rejects.toThrow(sentence);
});

/** Deterministic, so that a failure can be repeated. */
function mutated(text: string, seed: number): string {
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
  let found = text;
  for (let n = 0; n <= random(4); n++) {
    const place = random(found.length);
    const length = random(20);
    const put = ['', '0', '-1', '1e999', '"', '\n', '{', 'NaN', '\u0000', ','][random(10)]!;
    found = found.slice(0, place) + put + found.slice(random(3) === 0 ? place : place + length);
    if (random(8) === 0) found = found.slice(0, random(found.length));
  }
  return found;
}

describe('mutated files give an answer of possible numbers or a sentence', () => {
  test.each(Object.entries(samples))('%s', async (_, text) => {
    const short = text.length > 20_000 ? text.slice(0, 20_000) : text;
    for (let seed = 1; seed <= 150; seed++) {
      try {
        for (const step of await read(mutated(short, seed))) {
          expect(step.throughputPerSecond).toBeGreaterThan(0);
          for (const value of [
            step.throughputPerSecond,
            step.users,
            step.errorShare,
            ...Object.values(step.times),
          ])
            if (value !== null) expect(Number.isFinite(value) && value >= 0).toBe(true);
        }
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        expect(error.message).toMatch(/^steps\.out(:\d+)?: [^\n]+$/);
      }
    }
  });
});
