import { describe, expect, test } from 'vitest';
import { analysed, notesOf } from '../../../src/observe/load-tests/analyse.js';
import { plateausOf } from '../../../src/observe/load-tests/reading/plateaus.js';
import { readLoadTests } from '../../../src/observe/load-tests/reading/read-load-tests.js';
import type { LoadTestResult } from '../../../src/observe/load-tests/result.js';
import { inFlight, type LoadStep, NO_TIMES, thinkTimeMs } from '../../../src/observe/load-tests/step.js';
import { loadTestValues } from '../../../src/observe/load-tests/values.js';
import { madeUpHost } from '../../made-up-host.js';
import { SAMPLES as samples } from './samples.js';

const read = (text: string, generator?: LoadStep['loop']) =>
  readLoadTests(madeUpHost([], { files: { a: text } }).host, ['a'], generator);

const STEP: LoadStep = {
  source: 'a',
  tool: 'k6',
  loop: 'closed',
  users: 4,
  offeredPerSecond: null,
  seconds: 20,
  requests: 1000,
  throughputPerSecond: 50,
  errorShare: 0,
  times: { ...NO_TIMES, meanMs: 60 },
  notes: [],
};

describe('a step', () => {
  test("has requests in flight by Little's law, and time to think by that of response times", () => {
    expect(inFlight(STEP)).toBe(3);
    expect(thinkTimeMs(STEP)).toBe(20);
    expect(thinkTimeMs({ ...STEP, times: { ...NO_TIMES, meanMs: 90 } })).toBe(0);
    expect([inFlight({ ...STEP, times: NO_TIMES }), thinkTimeMs({ ...STEP, times: NO_TIMES })]).toEqual([
      null,
      null,
    ]);
    expect([thinkTimeMs({ ...STEP, loop: 'open' }), thinkTimeMs({ ...STEP, users: null })]).toEqual([
      null,
      null,
    ]);
  });

  test('hides waiting where one answer took more than ten usual cycles of a user', () => {
    const omits = (maxMs: number | null, rest: Partial<LoadStep> = {}) =>
      analysed({ ...STEP, ...rest, times: { ...NO_TIMES, maxMs } }).omitsWaiting;
    // four users at 50 a second: a cycle of 80 ms
    expect([omits(800), omits(801), omits(null)]).toEqual([false, true, false]);
    expect([omits(801, { loop: 'open' }), omits(801, { users: null })]).toEqual([false, false]);
  });

  test('of an open generator is saturated below 97 % of what was offered', () => {
    const saturated = (throughputPerSecond: number, rest: Partial<LoadStep> = {}) =>
      analysed({ ...STEP, loop: 'open', offeredPerSecond: 100, throughputPerSecond, ...rest }).saturated;
    expect([saturated(97), saturated(96.9)]).toEqual([false, true]);
    expect([saturated(50, { loop: 'closed' }), saturated(50, { offeredPerSecond: null })]).toEqual([
      false,
      false,
    ]);
  });

  test('is noted where it hides waiting, failed or could not keep up; each note once, three sources by name', () => {
    const step = (source: string, rest: Partial<LoadStep>) => analysed({ ...STEP, source, ...rest });
    expect(notesOf([step('a', {})])).toEqual([]);
    expect(notesOf([step('a', { errorShare: 0.01 }), step('b', { errorShare: null })])).toEqual([]);
    const failing = ['a', 'b', 'c'].map((source) => step(source, { errorShare: 0.02, notes: ['odd'] }));
    const [first, second, third, share] = notesOf(failing);
    expect([first, second, third]).toEqual(['a: odd', 'b: odd', 'c: odd']);
    expect(share).toMatch(/^in a, b, c more than 1% of the requests failed/);
    expect(notesOf([...failing, step('d', { errorShare: 0.02 })]).at(-1)).toMatch(
      /^in a, b, c and 1 more more than/,
    );
    const hidden = step('a', { times: { ...NO_TIMES, maxMs: 9000 } });
    expect(notesOf([hidden])[0]).toMatch(
      /^coordinated omission: in a a user waited more than 10 usual cycles/,
    );
    const over = step('a', { loop: 'open', offeredPerSecond: 100 });
    expect(notesOf([over])[0]).toMatch(/^a: the server could not keep up with the rate/);
  });
});

describe('stretches with the same number of users', () => {
  const of = (...levels: readonly (readonly [number, number])[]) =>
    plateausOf(new Map(levels)).map(({ level, fromSecond, toSecond }) => [level, fromSecond, toSecond]);
  const run = (from: number, to: number, level: number) =>
    Array.from({ length: to - from }, (_, n) => [from + n, level] as const);

  test('are those of five seconds or more, without a ramp and without nobody', () => {
    expect(of(...run(0, 5, 2))).toEqual([[2, 0, 5]]);
    expect(of(...run(0, 4, 2))).toEqual([]);
    expect(of(...run(0, 9, 0), ...run(9, 15, 3), ...run(15, 18, 4), ...run(18, 30, 5))).toEqual([
      [3, 9, 15],
      [5, 18, 30],
    ]);
    expect(of()).toEqual([]);
  });

  test('reach over seconds that tell no users, in whatever order they come', () => {
    expect(of([10, 2], [0, 2], [4, 2])).toEqual([[2, 0, 11]]);
    expect(of([0, 2], [8, 3], [9, 3])).toEqual([[2, 0, 8]]);
  });
});

describe('what a file of a load test tells', () => {
  test('of wrk fails where an answer was no 2xx or 3xx or the socket broke', async () => {
    const [step] = await read(
      samples.WRK.replace('connect 0, read 0, write 0, timeout 5', 'connect 1, read 2, write 3, timeout 4'),
    );
    expect(step!.errorShare).toBeCloseTo((15 + 10) / (1000 + 10), 9);
    const [bare] = await read(samples.WRK.replace(/^.*(Latency {4}|Socket|Non-2xx|requests in).*\n/gm, ''));
    expect(bare).toMatchObject({
      errorShare: null,
      requests: null,
      seconds: null,
      times: { meanMs: null, maxMs: null },
    });
  });

  test.each([
    ['80.00us', 0.08],
    ['80.00ms', 80],
    ['8.00s', 8000],
    ['2.00m', 120_000],
    ['1.00h', 3_600_000],
    ['80.00', null],
  ])('of wrk: a mean of %s', async (text, ms) => {
    const [step] = await read(samples.WRK.replace('Latency    80.00ms', `Latency    ${text}`));
    expect(step!.times.meanMs).toBe(ms);
  });

  test('of ab counts answers of another length for none of the failures, and says so', async () => {
    const [step] = await read(samples.AB);
    expect(step!.errorShare).toBeCloseTo(0.02, 9);
    expect(step!.notes).toEqual([
      '30 answers had another length than the first, which ab calls failed and wcalc does not',
    ]);
    const [failed] = await read(
      samples.AB.replace('Failed requests:        30', 'Failed requests:        50').replace(
        'Length: 30,',
        'Length: 0,',
      ),
    );
    expect(failed).toMatchObject({ notes: [], errorShare: (50 + 20) / 1000 });
  });

  test('of oha fails by errors and by answers of 400 or more, but for what the end cut off', async () => {
    const [step] = await read(
      samples.OHA.replace(
        '"aborted due to deadline":4',
        '"aborted due to deadline":4,"connection refused":20',
      ),
    );
    expect(step).toMatchObject({ requests: 1020, errorShare: 40 / 1020, users: 4 });
    expect(step!.notes.join()).toContain('oha does not tell its connections');
    const [edge] = await read(samples.OHA.replace('"503":20', '"399":10,"400":10'));
    expect(edge!.errorShare).toBeCloseTo(0.01, 9);
  });

  test('of vegeta notes requests without an answer, where they are more than one in a hundred', async () => {
    const [step] = await read(samples.VEGETA_REPORT.replace('"500":20', '"500":9,"0":11'));
    expect(step!.notes).toEqual(['11 requests got no answer at all; their times are those of giving up']);
    const [few] = await read(samples.VEGETA_REPORT.replace('"500":20', '"500":10,"0":10'));
    expect(few).toMatchObject({ notes: [], offeredPerSecond: 50.05, seconds: 20, throughputPerSecond: 50 });
  });

  test('of Locust fails by what failed within the step; percentiles are those after ten seconds', async () => {
    const lines = samples.LOCUST_HISTORY.split('\n').map((line) => {
      const cells = line.split(',');
      const count = Number(cells[17]);
      if (count >= 0) cells[18] = String(50 + Math.round(count / 10));
      return cells.join(',');
    });
    const steps = await read(lines.join('\n'));
    for (const step of steps) expect(step.errorShare).toBeCloseTo(0.1, 1);
    const early = samples.LOCUST_HISTORY.replace(
      /^(\d+,2,,Aggregated,10.0,0.0,)190/gm,
      (whole, head: string) => (Number(whole.split(',')[0]) < 1_750_000_010 ? `${head}900` : whole),
    );
    expect((await read(early))[0]!.times.p50Ms).toBe(190);
  });

  test('of k6 has users only where there are some, and drops said of an arrival rate', async () => {
    const [none] = await read(
      samples.K6_EXPORT.replace(/"vus(_max)?": \{[^}]*\}/g, '"vus$1": {"value": 0, "min": 0, "max": 0}'),
    );
    expect(none).toMatchObject({ users: null, loop: 'closed', notes: [] });
    const [open] = await read(samples.K6_ARRIVAL_RATE);
    expect(open!.notes).toEqual([
      'k6 dropped 3 iterations for want of users, so that fewer requests were sent than asked for',
    ]);
    const reserve = samples.K6_EXPORT.replace(/"vus_max": \{[^}]*\}/, '"vus_max": {"max": 9}');
    expect((await read(reserve))[0]!.loop).toBe('open');
    const noRequests = samples.K6_EXPORT.replace('"http_req_duration"', '"other"');
    await expect(read(noRequests)).rejects.toThrow('the k6 summary has no http_req_duration');
  });

  test('of a generator that is named may not be of the other kind', async () => {
    expect((await read(samples.K6_EXPORT, 'open'))[0]).toMatchObject({ loop: 'open', users: null });
    await expect(read(samples.WRK, 'open')).rejects.toThrow(
      '--generator: a is of wrk, which is closed here; leave it out',
    );
    expect(await read(samples.WRK, 'closed')).toHaveLength(1);
  });

  test('that is still being written ends before its last line', async () => {
    const cut = samples.VEGETA_RESULTS.slice(0, -30);
    expect((await read(cut))[0]!.requests).toBe(999);
    expect((await read(samples.VEGETA_RESULTS))[0]!.requests).toBe(1000);
  });

  test('of a thousand steps and more is too much', async () => {
    await expect(read(`${samples.WRK}\n`.repeat(1001))).rejects.toThrow('a: there are more than 1000 steps');
    expect(await read(`${samples.WRK}\n`.repeat(2))).toHaveLength(2);
  });
});

describe('values for plan', () => {
  const interval = (value: number) => ({ value, low95: value, high95: value });
  const told = (result: object, given = {}) =>
    loadTestValues({ explanation: null, steps: [], ...result } as unknown as LoadTestResult, given).map(
      ({ name, text, where }) => `${name} ${text} (${where})`,
    );

  test('are the times that explain the steps, with their variation where it was looked for', () => {
    const explanation = {
      cpuMs: interval(12.34567891),
      ioMs: interval(40),
      cv: interval(0.5),
      measurements: 9,
    };
    const where = '(least squares over 9 measurements of 2 steps)';
    expect(told({ explanation, steps: [STEP, STEP] }, { overhead: 3 })).toEqual([
      `cpuTime 12.3457ms ${where}`,
      `ioTime 40ms ${where}`,
      `cpuCv 0.5 ${where}`,
      `ioCv 0.5 ${where}`,
      'overhead 3ms (as given to wcalc fit)',
    ]);
    expect(told({ explanation: { ...explanation, cv: null }, steps: [STEP] })).toHaveLength(2);
  });

  test('are without an explanation the mean of one request at a time, where a step had it', () => {
    const alone = analysed({
      ...STEP,
      source: 'one',
      users: 1,
      throughputPerSecond: 10,
      times: { ...NO_TIMES, meanMs: 80 },
    });
    expect(told({ steps: [analysed(STEP), alone] })).toEqual([
      'serviceTime 80ms (mean with one request at a time, one)',
    ]);
    expect(told({ steps: [analysed(STEP)] })).toEqual([]);
  });

  test('are what was given of the server', () => {
    expect(told({}, { workerClass: 'gthread', workers: 2, threads: 4 })).toEqual([
      'workerClass gthread (as given to wcalc fit)',
      'workers 2 (as given to wcalc fit)',
      'threads 4 (as given to wcalc fit)',
    ]);
    expect(told({}, { workerClass: 'auto' })).toEqual([]);
  });
});
