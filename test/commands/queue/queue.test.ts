import { describe, expect, test } from 'vitest';
import { run } from '../../../src/main.js';
import { type Circumstances, madeUpHost } from '../../made-up-host.js';

async function wcalc(line: string, circumstances: Circumstances = {}) {
  const { host, out, err } = madeUpHost(line.split(' ').filter(Boolean), circumstances);
  const code = await run(host);
  return { code, out: out(), err: err() };
}

async function json(line: string, circumstances?: Circumstances) {
  const { code, out, err } = await wcalc(`queue ${line} --json`, circumstances);
  expect(err).toBe('');
  expect(code).toBe(0);
  return JSON.parse(out);
}

test('a law of very slow and very fast phases is answered in bounded time and memory, in proportion', async () => {
  const at = async (cv: number) => json(`M/G/1 --rate 0.7 --service-time 1s --cv ${cv}`);
  const [some, most] = [await at(10), await at(100)];
  expect(most.waitMs.p99 / most.meanWaitMs / (some.waitMs.p99 / some.meanWaitMs)).toBeCloseTo(1, 1);
});

test('a service time that is left out is 1 s, which is said, so that the rate counts erlangs', async () => {
  const { code, out, err } = await wcalc('queue M/M/c --servers 10 --rate 8');
  expect(code).toBe(0);
  expect(out).toContain('M/M/c, 10 servers, 8 erlangs offered');
  expect((await wcalc('queue M/M/c --servers 2 --rate 1')).out).toContain('2 servers, 1 erlang offered');
  expect(err).toMatch(/the service time was left out and is taken as 1 s.*--service-time/);
});

describe('a table for people', () => {
  test('of M/M/c', async () => {
    const { code, out, err } = await wcalc('queue M/M/c --servers 10 --rate 8 --service-time 1s');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`M/M/c, 10 servers, 8 erlangs offered

quantity                  value
───────────────────────────────
utilisation                 80%
throughput                  8/s
has to wait               40.9%
is refused                   0%
waiting on average        1.637
in the system on average  9.637

time                    mean     p50      p90      p95      p99    p99.9
────────────────────────────────────────────────────────────────────────
waiting               205 ms    0 ms   704 ms  1051 ms  1856 ms  3007 ms
waiting and service  1205 ms  912 ms  2624 ms  3328 ms  4946 ms  7251 ms

exact: Erlang C
`);
  });

  test('of an unstable queue, with a note of what it would need', async () => {
    const { code, out, err } = await wcalc('queue m/m/c --servers 1 --rate 12 --service-time 1s');
    expect(code).toBe(0);
    expect(out).toContain('M/M/c, 1 server, 12 erlangs offered: unstable');
    expect(out).toContain('throughput at most          1/s');
    expect(out).not.toContain('waiting and service');
    expect(err).toBe(
      'wcalc: note: unstable: 1 server cannot keep up with 12 erlangs, so the queue grows without end; 13 are needed at least\n',
    );
    expect((await wcalc('queue m/m/c --servers 1 --rate 12 --service-time 1s --quiet')).err).toBe('');
  });

  test('of an unstable single server, with the rate that it could take', async () => {
    const { err } = await wcalc('queue M/G/1 --rate 12 --service-time 100ms --cv 2');
    expect(err).toBe(
      'wcalc: note: unstable: 1 server cannot keep up with 1.2 erlangs, so the queue grows without end; the rate must stay below 10/s\n',
    );
  });

  test('of a closed network', async () => {
    const { out } = await wcalc(
      'queue closed --population 1 --think-time 1s --demand 200ms --demand 300ms@delay',
    );
    expect(out).toContain('Closed network, 1 customer, thinking for 1000 ms');
    expect(out).toMatch(/throughput +0\.667\/s/);
    expect(out).toMatch(/2 +300 ms +delay +– +0\.2 +300 ms/);
    expect(out).toContain('exact: exact mean value analysis');
  });

  test('as YAML', async () => {
    const { out } = await wcalc('queue M/M/1 --rate 1 --service-time 500 --format yaml');
    expect(out).toMatch(/^model: M\/M\/c\nservers: 1\nofferedLoad: 0.5\n/);
  });
});

describe('other formats', () => {
  test('Markdown', async () => {
    const { out } = await wcalc('queue M/M/1 --rate 1 --service-time 500 --format markdown');
    expect(out).toContain(
      '## M/M/c, 1 server, 0.5 erlangs offered\n\n| quantity | value |\n| --- | ---: |\n',
    );
    expect(out).toContain('| waiting and service | 1000 ms | 693 ms |');
    const unstable = await wcalc('queue M/M/1 --rate 1 --service-time 5s --format markdown');
    expect(unstable.out).toContain('## M/M/c, 1 server, 5 erlangs offered: unstable\n');
  });

  test('CSV: one record under a header', async () => {
    const { out } = await wcalc('queue closed --population 1 --demand 1s --demand 3s --format csv');
    const [header, record] = out.trimEnd().split(/\r?\n/);
    expect(header).toContain('model,population,thinkTimeMs,stable,throughputPerSecond,');
    expect(header).toContain('stations.1.demandMs,');
    expect(header).toContain('stations.2.utilization,');
    expect(record).toMatch(/^closed,1,0,true,0\.25,4000,1000,/);
  });
});

describe('JSON of the contract', () => {
  test('of M/M/c', async () => {
    const answer = await json('M/M/c --servers 10 --rate 8 --service-time 1s');
    expect(Object.keys(answer)).toEqual([
      'model',
      'servers',
      'offeredLoad',
      'utilization',
      'stable',
      'waitProbability',
      'blockingProbability',
      'throughputPerSecond',
      'meanWaitMs',
      'meanSojournMs',
      'meanQueueLength',
      'meanInSystem',
      'waitMs',
      'sojournMs',
      'exact',
      'method',
    ]);
    expect(answer).toMatchObject({
      model: 'M/M/c',
      servers: 10,
      stable: true,
      exact: true,
      throughputPerSecond: 8,
    });
    expect(answer.waitProbability).toBeCloseTo(0.4091801507964435, 14);
    expect(answer.meanWaitMs).toBeCloseTo(204.59007539822176, 10);
    expect(Object.keys(answer.waitMs)).toEqual(['p50', 'p90', 'p95', 'p99', 'p99.9']);
    expect(answer.sojournMs.p95).toBeCloseTo(3328.274678560122, 8);
  });

  test('of an unstable queue: null times, exit 0', async () => {
    const nothing = { p50: null, p90: null, p95: null, p99: null, 'p99.9': null };
    expect(await json('M/M/c --servers 2 --rate 3 --service-time 1s')).toEqual({
      model: 'M/M/c',
      servers: 2,
      offeredLoad: 3,
      utilization: 1,
      stable: false,
      waitProbability: null,
      blockingProbability: 0,
      throughputPerSecond: 2,
      meanWaitMs: null,
      meanSojournMs: null,
      meanQueueLength: null,
      meanInSystem: null,
      waitMs: nothing,
      sojournMs: nothing,
      exact: true,
      method: 'Erlang C',
      notes: [
        'unstable: 2 servers cannot keep up with 3 erlangs, so the queue grows without end; 4 are needed at least',
      ],
    });
  });

  test('of a closed network', async () => {
    const answer = await json('closed --population 20 --think-time 1s --demand 200ms --demand 400ms@8');
    expect(answer).toMatchObject({
      model: 'closed',
      population: 20,
      thinkTimeMs: 1000,
      stable: true,
      exact: true,
    });
    expect(answer.throughputPerSecond).toBeCloseTo(4.9998456491409415, 12);
    expect(answer.stations).toHaveLength(2);
    expect(answer.stations[1]).toMatchObject({ demandMs: 400, servers: 8 });
    expect(answer.stations[1].utilization).toBeCloseTo(0.24999228245704708, 13);
    expect(answer.stations[1].meanNumber).toBeCloseTo(2.0003142164372263, 11);
    expect(answer.bounds.throughputPerSecond.upper).toBe(5);
  });

  test('of models with finite room and finite population', async () => {
    const finite = await json('M/M/c/K --servers 1 --capacity 10 --rate 1 --service-time 1s');
    expect(finite.blockingProbability).toBeCloseTo(1 / 11, 14);
    const source = await json('M/M/c//N --servers 1 --population 2 --think-time 4s --service-time 250ms');
    expect(source.throughputPerSecond).toBeCloseTo(0.4689655172413793, 14);
    expect(source.waitProbability).toBeCloseTo(1 / 17, 14);
  });
});

describe('names of models', () => {
  test.each([
    ['m/m/C --servers 3', 'M/M/c', 3],
    ['M/M/3', 'M/M/c', 3],
    ['M/M/3 --servers 3', 'M/M/c', 3],
    ['M/M/3/8', 'M/M/c/K', 3],
    ['M/M/3/k --capacity 8', 'M/M/c/K', 3],
    ['m/d/3', 'M/D/c', 3],
    ['M/G/1 --cv 2', 'M/G/1', 1],
    ['M/G/1 --servers 1', 'M/G/1', 1],
  ])('%s', async (question, model, servers) => {
    expect(await json(`${question} --rate 0.5 --service-time 1s`)).toMatchObject({ model, servers });
  });

  test('finite populations with numbers, or infinity written out', async () => {
    for (const name of ['M/M/2//5', 'm/m/2/inf/5', 'M/M/2/∞/5']) {
      const answer = await json(`${name} --think-time 9s --service-time 1s`);
      expect(answer).toMatchObject({ model: 'M/M/c//N', servers: 2 });
    }
  });
});

describe('fewest servers for an objective', () => {
  test.each([
    ['wait<5%', 17],
    ['p95Wait<1.5s', 14],
    ['p95Wait<=1500', 14],
    ['wait<5% --slo p95Wait<1.5s', 17],
  ])('%s', async (slo, servers) => {
    expect(await json(`M/M/c --rate 3.3333333333333335 --service-time 3s --slo ${slo}`)).toMatchObject({
      servers,
    });
  });

  test('on the mean and percentiles of the whole time, just met', async () => {
    for (const slo of ['mean<3100ms', 'p95<9200ms', 'meanWait<100ms', 'p99Wait<0ms']) {
      const { servers } = await json(`M/M/c --rate 3 --service-time 3s --slo ${slo}`);
      const fewer = await wcalc(`queue M/M/${servers - 1} --rate 3 --service-time 3s --slo ${slo} --json`);
      expect(JSON.parse(fewer.out).notes).toEqual([`does not keep ${slo}`]);
    }
  });

  test('among finite room and finite population', async () => {
    expect(await json('M/M/c/K --capacity 20 --rate 5 --service-time 1s --slo wait<10%')).toMatchObject({
      servers: 9,
    });
    expect(
      await json('M/M/c//N --population 50 --think-time 9s --service-time 1s --slo wait<10%'),
    ).toMatchObject({ servers: 9 });
  });

  test('below the offered load where a full system refuses the rest', async () => {
    const answer = await json('M/M/c/K --capacity 20 --rate 30 --service-time 1s --slo p95Wait<2s');
    expect(answer.servers).toBeLessThan(20);
    const fewer = await json(
      `M/M/c/K --capacity 20 --servers ${answer.servers - 1} --rate 30 --service-time 1s --slo p95Wait<2s`,
    );
    expect(fewer.notes).toEqual(['does not keep p95Wait<2s']);
    expect(
      await json('M/M/c//N --population 9 --think-time 1 --service-time 1s --slo wait<100%'),
    ).toMatchObject({
      servers: 1,
    });
  });

  test('a fixed configuration that misses it says so on stderr', async () => {
    const { code, err } = await wcalc('queue M/M/c --servers 10 --rate 8 --service-time 1s --slo p95<1s');
    expect(code).toBe(0);
    expect(err).toBe('wcalc: note: does not keep p95<1s\n');
  });

  test.each([
    ['p95<100ms', '--slo: no number of servers gives p95<100ms, because the service time alone takes longer'],
    ['mean<1s', '--slo: no number of servers gives mean<1s, because the service time alone takes longer'],
    ['p95', '--slo: "p95" is not a measure, "<" and a limit'],
    ['p100<1s', '--slo: "p100<1s" limits the unknown measure "p100"'],
  ])('refuses %s', async (slo, message) => {
    const { code, out, err } = await wcalc(`queue M/M/c --rate 8 --service-time 1s --slo ${slo}`);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.startsWith(`wcalc: ${message}`), err).toBe(true);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('wrong questions get one sentence and exit code 2', () => {
  const enough = '--rate 1 --service-time 1';
  test.each([
    ['', 'queue needs the name of a model, such as M/M/c'],
    ['M/N/c', '"M/N/c" is not a model (did you mean M/M/c?); known are M/M/c,'],
    ['M/M/c/5/6/7', '"M/M/c/5/6/7" is not a model'],
    ['mm1', '"mm1" is not a model (did you mean M/M/c?)'],
    ['MMc', '"MMc" is not a model (did you mean M/M/c?)'],
    ['fish', '"fish" is not a model; known are'],
    [`M/M/c ${enough}`, 'M/M/c needs --servers (or --slo, to find the fewest)'],
    ['M/M/c --rate 1', 'M/M/c needs --servers'],
    [
      'M/G/c --servers 4 --rate 3 --service-time 1s --cv=1e6',
      '--cv: queues are answered for coefficients of variation up to 100, got 1000000',
    ],
    ['M/M/c --servers 1 --service-time 1', 'M/M/c needs --rate'],
    ['M/M/c --servers 1 --rate 1 --service-time 0', '--service-time: must be greater than 0'],
    [`M/M/c --servers 1 --capacity 5 ${enough}`, '--capacity means nothing in M/M/c, which takes --rate,'],
    [`M/M/c --servers 1 --cv 2 ${enough}`, '--cv means nothing in M/M/c'],
    [
      `M/M/4 --servers 5 ${enough}`,
      "--servers 5 contradicts the model's name, which says 4; give one of them",
    ],
    [`M/M/c/K --servers 5 --capacity 4 ${enough}`, '--capacity: must be at least the number of servers, 5,'],
    [`M/M/c/K --servers 5 ${enough}`, 'M/M/c/K needs --capacity'],
    [`M/M/c --servers 2000000000 ${enough}`, '--servers: must be a whole number'],
    [
      `GI/M/c --servers 2000000 ${enough}`,
      '--servers: GI/M/c is answered for 1,000,000 servers at most, got 2000000',
    ],
    [
      'GI/M/c --rate 2000000 --service-time 1s --slo wait<5%',
      '--slo: no number of servers up to 1,000,000 gives wait<5%',
    ],
    [`M/G/1 --servers 2 ${enough}`, '--servers means nothing in M/G/1'],
    [
      `M/G/1 --cv 2 --service-distribution exponential ${enough}`,
      '--cv and --service-distribution both say how the same time varies; give one of them',
    ],
    ['M/M/c//N --servers 1 --population 3 --service-time 1', 'M/M/c//N needs --think-time'],
    ['M/M/c//N --servers 1 --population 0 --think-time 1 --service-time 1', '--population: '],
    ['closed --demand 1', 'closed needs --population'],
    ['closed --population 3', 'closed needs --demand'],
    ['closed --population 3 --demand 0', 'closed needs a --think-time or a --demand greater than 0'],
    ['closed --population 3 --demand 1@0', '--demand: '],
    ['closed --population 3 --demand 1@2@3', '--demand: "1@2@3" is not a demand'],
    ['closed --population 3 --demand 1 --rate 3', '--rate means nothing in closed'],
    [
      'closed --population 900000000 --demand 1',
      '--population: 900000000 customers at 1 station are too many',
    ],
    [
      'closed --population 9000000 --demand 1@8000000 --demand 1@8000000',
      '--demand: these stations have too many',
    ],
    [
      `M/G/1 --service-distribution erlang:0 ${enough}`,
      '--service-distribution: "erlang:0" needs a whole number',
    ],
    [
      `M/G/1 --service-distribution normal:1 ${enough}`,
      '--service-distribution: "normal:1" is not a distribution',
    ],
    [`M/G/1 --service-distribution exponential:1 ${enough}`, '--service-distribution: "exponential:1" gives'],
    [
      `M/G/1 --service-distribution hyperexponential:0.5 ${enough}`,
      '--service-distribution: "hyperexponential:0.5"',
    ],
    [`M/G/1 --service-distribution gamma ${enough}`, '--service-distribution: "gamma" needs'],
    [`M/G/1 --service-distribution gamma:1:2 ${enough}`, '--service-distribution: "gamma:1:2" is not'],
  ])('%s', async (line, message) => {
    const { code, out, err } = await wcalc(`queue ${line}`);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.startsWith(`wcalc: ${message}`), err).toBe(true);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).not.toMatch(/NaN|Infinity/);
  });

  test('two models', async () => {
    const { code, err } = await wcalc('queue M/M/c M/D/c');
    expect(code).toBe(2);
    expect(err).toContain('M/D/c');
  });
});

describe('batch', () => {
  test('answers line by line, and a bad line in its place', async () => {
    const { code, out } = await wcalc('queue --batch -', {
      stdin: [
        '{"model":"M/M/c","servers":10,"rate":8,"serviceTime":1000}\n',
        '{"model":"M/Q/c","rate":8}\n',
        '{"model":"closed","population":1,"thinkTime":"1s","demand":["1s","2s@4"]}\n',
        '{"model":"M/M/c","rate":2,"serviceTime":500,"slo":"wait<20%"}\n',
      ],
    });
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(2);
    expect(lines).toHaveLength(4);
    expect(lines[0].waitProbability).toBeCloseTo(0.4091801507964435, 14);
    expect(lines[1].error).toContain('line 2: "M/Q/c" is not a model');
    expect(lines[2].throughputPerSecond).toBeCloseTo(0.25, 14);
    expect(lines[3].servers).toBe(3);
  });
});

describe('beside a configuration file of other commands', () => {
  const files = { 'wcalc.yaml': 'rate: 8\nserviceTime: 1s\ncv: 3\ncores: 4\nservers: 10\n' };

  test('takes from it what the model needs and leaves the rest', async () => {
    const answer = await json('M/M/c', { files });
    expect(answer.waitProbability).toBeCloseTo(0.4091801507964435, 14);
    expect(await json('M/M/12', { files })).toMatchObject({ servers: 12 });
    expect(await json('closed --population 1 --demand 1s', { files })).toMatchObject({
      throughputPerSecond: 1,
    });
  });

  test('a law given as a flag wins over its variation', async () => {
    const answer = await json('M/G/1 --rate 0.5 --service-distribution deterministic', { files });
    expect(answer.meanWaitMs).toBeCloseTo(500, 9);
    const other = await json('M/G/1 --rate 0.5 --cv 0', {
      files: { 'wcalc.yaml': 'serviceTime: 1s\nserviceDistribution: gamma:2\n' },
    });
    expect(other.meanWaitMs).toBeCloseTo(500, 9);
  });
});
