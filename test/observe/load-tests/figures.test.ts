import { describe, expect, test } from 'vitest';
import { readLoadTests } from '../../../src/observe/load-tests/reading/read-load-tests.js';
import type { LoadStep } from '../../../src/observe/load-tests/step.js';
import { madeUpHost } from '../../made-up-host.js';
import { SAMPLES as samples } from './samples.js';

async function stepIn(text: string, generator?: LoadStep['loop']): Promise<LoadStep> {
  const { host } = madeUpHost([], { files: { 'steps.out': text } });
  const [step, ...others] = await readLoadTests(host, ['steps.out'], generator);
  expect(others).toEqual([]);
  return step!;
}

test.each([
  ['K6_EXPORT', 0],
  ['K6_HANDLE_SUMMARY', 0],
  ['K6_MACHINE', 0],
  ['WRK', 0],
  ['WRK2', 0],
  ['VEGETA_REPORT', 0],
  ['OHA', 1],
  // Answers of other lengths are no failures.
  ['AB', 1],
] as const)('%s tells its 1000 requests and 20 s, and has %d notes', async (name, notes) => {
  const step = await stepIn(samples[name]);
  expect(step.requests).toBe(1000);
  expect(step.seconds).toBeCloseTo(20, 6);
  expect(step.notes).toHaveLength(notes);
});

describe('k6 sends at a rate', () => {
  const summary = (more: object, metrics: object = {}): string => {
    const whole = JSON.parse(samples.K6_EXPORT);
    return JSON.stringify({ ...whole, ...more, metrics: { ...whole.metrics, ...metrics } });
  };

  test.each([
    ['where iterations were dropped', summary({}, { dropped_iterations: { count: 3, rate: 1 } })],
    ['where users were kept in reserve', summary({}, { vus_max: { min: 5, max: 5 } })],
    ['by a constant rate', summary({ options: { scenarios: { a: { executor: 'constant-arrival-rate' } } } })],
    ['by a ramping rate', summary({ options: { scenarios: { a: { executor: 'ramping-arrival-rate' } } } })],
  ])('%s', async (_, text) => {
    expect(await stepIn(text)).toMatchObject({ loop: 'open', users: null });
  });

  test('and by no other executor', async () => {
    const text = summary({ options: { scenarios: { a: { executor: 'constant-vus' } } } });
    expect(await stepIn(text)).toMatchObject({ loop: 'closed', users: 4 });
  });

  test('or does not, where the user says so', async () => {
    expect(await stepIn(samples.K6_ARRIVAL_RATE, 'closed')).toMatchObject({ loop: 'closed', users: 4 });
    expect(await stepIn(samples.K6_EXPORT, 'open')).toMatchObject({ loop: 'open', users: null });
  });

  test('and says how many requests were not sent', async () => {
    expect((await stepIn(samples.K6_ARRIVAL_RATE)).notes.join()).toContain('dropped 3 iterations');
  });
});

test('the stretches of one file are told apart by their users', async () => {
  const { host } = madeUpHost([], { files: { 'steps.out': samples.K6_POINTS } });
  const steps = await readLoadTests(host, ['steps.out']);
  expect(steps.map(({ source, tool }) => `${tool}: ${source}`)).toEqual([
    'k6: steps.out (2 users)',
    'k6: steps.out (4 users)',
  ]);
});

test('a byte order mark before a heading is no part of its first column', async () => {
  expect((await stepIn(`\ufeff${samples.JMETER}`)).requests).toBe((await stepIn(samples.JMETER)).requests);
});

test('a report of vegeta that does not tell its wait has no length, and the rate at which it sent', async () => {
  const { wait: _, ...report } = JSON.parse(samples.VEGETA_REPORT);
  expect(await stepIn(JSON.stringify(report))).toMatchObject({ seconds: null, throughputPerSecond: 50.05 });
});

test('requests of vegeta last until their answers: the first of two is answered last, after 4 s', async () => {
  const results = [
    { timestamp: '2026-11-30T12:00:00Z', latency: 4e9, code: 200 },
    { timestamp: '2026-11-30T12:00:01Z', latency: 1e9, code: 200 },
  ];
  const text = results.map((result) => JSON.stringify(result)).join('\n');
  expect(await stepIn(text)).toMatchObject({ seconds: 4, requests: 2, throughputPerSecond: 0.5 });
});

test('a summary of k6 with nothing but its most users had as many all the time', async () => {
  const whole = JSON.parse(samples.K6_EXPORT);
  const text = JSON.stringify({ metrics: { ...whole.metrics, vus: { max: 4 } } });
  expect(await stepIn(text)).toMatchObject({ users: 4, notes: [] });
});

/** Lines of k6 for requests of 100 ms, one a second, with these tags. */
const pointsOf = (tags: readonly object[]): string =>
  tags
    .map((one, second) =>
      JSON.stringify({
        metric: 'http_req_duration',
        type: 'Point',
        data: { time: new Date(1_750_000_000_000 + 1000 * second).toISOString(), value: 100, tags: one },
      }),
    )
    .join('\n');

test.each([
  [{ status: '399' }, false],
  [{ status: '400' }, true],
  // No answer came.
  [{ status: '0' }, true],
  [{}, false],
  // What the script expects holds against the status.
  [{ status: '404', expected_response: 'true' }, false],
  [{ status: '200', expected_response: 'false' }, true],
] as const)('a point of k6 with %j has failed: %s', async (tags, hasFailed) => {
  expect(await stepIn(pointsOf([tags, tags]))).toMatchObject({ tool: 'k6', errorShare: hasFailed ? 1 : 0 });
});

describe('wrk', () => {
  test.each([
    ['250.00us', 0.25],
    ['80.00ms', 80],
    ['1.50s', 1500],
    ['2.00m', 120_000],
    ['0.50h', 1_800_000],
  ])('writes %s for %d ms', async (text, milliseconds) => {
    const { times } = await stepIn(samples.WRK.replaceAll('80.00ms', text).replace('70.00ms', text));
    expect(times.meanMs).toBeCloseTo(milliseconds, 9);
    expect(times.p50Ms).toBeCloseTo(milliseconds, 9);
  });

  test('counts broken connections and bad answers as failed', async () => {
    const text = samples.WRK.replace(/connect 0.*/, 'connect 100, read 50, write 20, timeout 30');
    // 15 of its 1000 answers were bad, and 200 requests got none.
    expect((await stepIn(text)).errorShare).toBeCloseTo(215 / 1200, 9);
  });
});

test('a request that JMeter writes with its beginning counts where it ended', async () => {
  const heading = 'timeStamp,elapsed,label,success,allThreads';
  // The last of one user's requests, of 2 s, ends with two users at second 6, and then one a second until the end of second 11.
  const lines = [
    [0, 3000, 1],
    [3000, 1000, 1],
    [4000, 2000, 2],
    ...[6, 7, 8, 9, 10].map((second) => [1000 * second, 1000, 2]),
  ].map(([begun, elapsed, users]) => `${1e12 + begun!},${elapsed},home,true,${users}`);
  const { host } = madeUpHost([], { files: { 'steps.out': [heading, ...lines, ''].join('\n') } });
  const steps = await readLoadTests(host, ['steps.out']);
  expect(steps.map(({ users, requests, seconds }) => ({ users, requests, seconds }))).toEqual([
    { users: 2, requests: 6, seconds: 6 },
  ]);
});
