import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { SimulateResult } from '../../../src/commands/simulate/result.js';
import { threadedRunner } from '../../../src/commands/simulate/worker-threads.js';
import { run } from '../../../src/main.js';
import { drive, localRunner } from '../../../src/simulation/engine/drive.js';
import { simulate } from '../../../src/simulation/index.js';
import { conduct } from '../../../src/simulation/run/experiment.js';
import { type Circumstances, madeUpHost } from '../../made-up-host.js';
import { system, workload } from '../../simulation/systems.js';
import { isBuilt } from '../../support/require-tool.js';

async function wcalc(argv: string, circumstances: Circumstances = {}) {
  const { host, out, err } = madeUpHost(['simulate', ...argv.split(' ').filter(Boolean)], circumstances);
  const code = await run(host);
  return { code, out: out(), err: err() };
}

const FIXED = '--cores 2 --workers 2 --cpu-time 5ms --io-time 20ms --rate 60 --requests 20000';

describe('wcalc simulate', () => {
  it('answers with the object of plan: the given configuration with intervals, nothing recommended', async () => {
    const { code, out } = await wcalc(`${FIXED} --json`);
    const { given, recommendation, strategies, simulation, inputs } = JSON.parse(out) as SimulateResult;
    expect(code).toBe(0);
    expect(recommendation).toBeNull();
    expect(strategies).toEqual([]);
    expect(inputs).toMatchObject({ cores: 2, cpuTimeMs: 5, ioTimeMs: 20, ratePerSecond: 60 });
    expect(given).toMatchObject({ workerClass: 'sync', workers: 2, threads: 1 });
    const { prediction } = given!;
    expect(prediction.stable).toBe(true);
    for (const key of ['meanMs', 'p50Ms', 'p90Ms', 'p95Ms', 'p99Ms'] as const) {
      expect(prediction[key]).toBeGreaterThan(0);
      expect(prediction.ci95![key]).toBeGreaterThan(0);
    }
    expect(simulation).toMatchObject({
      seed: 1,
      replications: 10,
      requests: 20_000,
      interrupted: false,
      trace: null,
    });
  });

  it('keeps to the published schema of plan', async () => {
    const validate = new Ajv({ strict: false }).compile(
      JSON.parse(readFileSync('src/commands/plan/formats/plan-1.schema.json', 'utf8')),
    );
    for (const argv of [
      FIXED,
      `${FIXED} --threads 4`,
      `${FIXED} --threads 4 --db-pool 2`,
      FIXED.replace('--rate 60', '--rate 600'),
    ]) {
      validate(JSON.parse((await wcalc(`${argv} --json`)).out));
      expect(validate.errors ?? []).toEqual([]);
    }
    const rows = { atOnce: [0, 0, 0], overloaded: [0, 1, 2], apart: [0, 500, 1000] };
    for (const [name, at] of Object.entries(rows)) {
      const text = ['at_ms,cpu_ms,io_ms', ...at.map((ms) => `${ms},30,10`)].join('\n');
      const { out } = await wcalc('--cores 1 --workers 1 --trace t.csv --json', { files: { 't.csv': text } });
      validate(JSON.parse(out));
      expect(validate.errors ?? [], name).toEqual([]);
    }
  });

  it('prints a table for people', async () => {
    const { out, err } = await wcalc(FIXED);
    expect(out).toMatch(/2 sync workers on 2 cores/);
    expect(out).toMatch(/p95\s+[\d.]+ ms\s+[\d.]+ ms/);
    expect(out).toMatch(/20000 requests in 10 independent runs/);
    expect(err).not.toMatch(/defect/);
  });

  it('is the same for the same seed', async () => {
    const [one, same, other] = [
      await wcalc(FIXED),
      await wcalc(`${FIXED} --seed 1`),
      await wcalc(`${FIXED} --seed 2`),
    ];
    expect(same.out).toBe(one.out);
    expect(other.out).not.toBe(one.out);
  });

  it('draws from named laws, and from measured values', async () => {
    const values = Array.from({ length: 100 }, (_, n) => n / 5 + 0.1).join('\n');
    const { out } = await wcalc(
      '--cores 2 --workers 2 --rate 60 --requests 20000 --cpu-distribution empirical:cpu.txt --io-distribution erlang:4 --io-time 20ms --json',
      { files: { 'cpu.txt': `# ms\n${values}\n` } },
    );
    const { inputs } = JSON.parse(out);
    expect(inputs.cpuTimeMs).toBeCloseTo(10, 5);
    expect(inputs.ioCv).toBeCloseTo(0.5, 9);
    const bad = await wcalc(`${FIXED} --cpu-distribution empirical:cpu.txt`, {
      files: { 'cpu.txt': '1\nx\n' },
    });
    expect(bad).toMatchObject({ code: 3, err: expect.stringContaining('cpu.txt:2: must be a number of ms') });
  });

  it('takes what a profile has learnt', async () => {
    const profile = 'rate: 60\ncpuTime: 5ms\nioTime: 20ms\n';
    const { code, out } = await wcalc('--cores 2 --workers 2 --requests 20000 --profile learnt.yaml --json', {
      files: { 'learnt.yaml': profile },
    });
    expect(code).toBe(0);
    expect(JSON.parse(out).inputs).toMatchObject({ cpuTimeMs: 5, ioTimeMs: 20, ratePerSecond: 60 });
  });

  it('simulates split queues as processes are woken, or even shares where those are asked for', async () => {
    const split = '--cores 4 --workers 4 --threads 4 --cpu-time 5ms --io-time 20ms --requests 20000 --json';
    const given = async (line: string) => JSON.parse((await wcalc(line)).out).given.prediction;
    const woken = await given(`${split} --rate 200`);
    const even = await given(`${split} --rate 200 --accept even`);
    expect(even.meanMs).toBeLessThan(woken.meanMs);
    expect(woken).toEqual(await given(`${split} --rate 200 --accept skewed`));
    const crowded = '--cores 1 --workers 8 --threads 2 --cpu-time 2ms --io-time 60ms --requests 20000 --json';
    expect((await given(`${crowded} --rate 140`)).stable).toBe(false);
    expect((await given(`${crowded} --rate 140 --accept even`)).stable).toBe(true);
  });

  it('says of overload that it is overload', async () => {
    const { code, out } = await wcalc(`${FIXED.replace('--rate 60', '--rate 600')} --json`);
    const { prediction } = JSON.parse(out).given;
    expect(code).toBe(0);
    expect(prediction).toMatchObject({ stable: false, meanMs: null, p95Ms: null });
    expect((await wcalc(FIXED.replace('--rate 60', '--rate 600'))).out).toMatch(/Overload/);
  });

  it.each([
    ['--cores 2', /--workers is missing/],
    ['--workers 2', /--cores is missing/],
    ['--cores 2 --workers 2', /--rate is missing/],
    [`${FIXED} --arrivals sometimes`, /--arrivals.*accepted: poisson, batch:SIZE/],
    [`${FIXED} --arrivals batch:0`, /--arrivals/],
    [`${FIXED} --precision 0`, /--precision/],
    [`${FIXED} --warmup 1e9`, /--warmup: must be a whole number of 0 to 10000000/],
    [`${FIXED} --cpu-distribution erlang`, /--cpu-distribution/],
    [`${FIXED} --cpu-distribution erlang:2 --cpu-cv 1`, /--cpu-cv and --cpu-distribution contradict/],
    [`${FIXED} --trace x.csv`, /--rate and --trace contradict/],
    [`${FIXED} --replications 0`, /--replications/],
    ['--cores 2 --workers 1000000 --rate 1', /--workers: simulate takes at most 10000/],
    [`${FIXED} --backlog 100000000`, /--backlog: simulate takes at most 1000000/],
    [`${FIXED} --format pdf`, /--format/],
  ])('refuses "%s"', async (argv, message) => {
    const { code, err, out } = await wcalc(argv);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(out).toBe('');
  });

  it.each([
    [
      'CPU of an hour per request',
      '--cores 1 --workers 2 --threads 4 --cpu-time 1h --io-time 1h --rate 0.0001',
    ],
    ['CPU of an hour on half a core', '--cores 0.5 --workers 2 --cpu-time 1h --io-time 0 --rate 0.00005'],
    [
      'long waits by the thousand',
      '--cores 4 --workers 1 --worker-class uvicorn --cpu-time 1ms --io-time 600s --rate 500',
    ],
    [
      'times of a nanosecond',
      '--cores 4 --workers 2 --threads 4 --cpu-time 0.000001 --io-time 0.000001 --rate 1000',
    ],
  ])('stays within bounds with %s', async (_, argv) => {
    const { code, out } = await wcalc(`${argv} --timeout 0 --requests 10000 --json`);
    expect(code).toBe(0);
    const { prediction } = JSON.parse(out).given;
    expect(prediction.meanMs).toBeGreaterThan(0);
  });

  it('answers a batch line by line', async () => {
    const question = { cores: 2, workers: 2, cpuTime: 5, ioTime: '20ms', rate: 60, requests: 10_000 };
    const lines = [question, { cores: 2 }, { ...question, workerClass: 'tornado' }].map((line) =>
      JSON.stringify(line),
    );
    const { code, out } = await wcalc('--batch -', { stdin: [`${lines.join('\n')}\n`] });
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(2);
    expect(answers[0].given.workerClass).toBe('sync');
    expect(answers[1].error).toMatch(/--workers is missing/);
    expect(answers[2].given.workerClass).toBe('tornado');
  });
});

describe('wcalc simulate --trace', () => {
  const trace = 'at_ms,cpu_ms,"io_ms",note\n0,10,0,a\n0,10,0,"b,c"\n\n25,10,5,d\n';
  const server = '--cores 1 --workers 1 --trace t.csv --json';

  it('replays what came, and takes the workload from it', async () => {
    const { code, out } = await wcalc(server, { files: { 't.csv': trace } });
    const { given, inputs, simulation } = JSON.parse(out);
    expect(code).toBe(0);
    // sync holds its worker for 0.1 ms: 10, 20.1 and 15.
    expect(given.prediction.meanMs).toBeCloseTo((10 + 20.1 + 15) / 3, 9);
    expect(inputs.cpuTimeMs).toBeCloseTo(10, 9);
    expect(inputs.ratePerSecond).toBeCloseTo(80, 9);
    expect(simulation).toMatchObject({ requests: 3, trace: 't.csv', cpuOrder: 'before-waits' });
    const spread = await wcalc(`${server} --cpu-order even`, { files: { 't.csv': trace } });
    expect(JSON.parse(spread.out).simulation.cpuOrder).toBe('even');
  });

  it('queues for database connections, first come first served', async () => {
    const server = '--cores 1 --workers 1 --worker-class gthread --threads 4 --trace t.csv --json --db-pool';
    const files = { 't.csv': 'at_ms,cpu_ms,io_ms\n0,1,10\n1,1,10\n2,1,10\n' };
    const told = async (flags: string) => {
      const { prediction } = JSON.parse((await wcalc(`${server} ${flags}`, { files })).out).given;
      return { meanMs: prediction.meanMs, connectionWait: prediction.connectionWait };
    };
    // The only connection is held from 1 to 11, 11 to 21 and 21 to 31.
    expect(await told('1')).toEqual({
      meanMs: (11 + 20 + 29) / 3,
      connectionWait: { probability: 2 / 3, meanMs: 9 },
    });
    // For half of each wait: from 1 to 6, 6 to 11 and 11 to 16, after which as much is left of it.
    expect(await told('1 --db-time 50%')).toEqual({
      meanMs: (11 + 15 + 19) / 3,
      connectionWait: { probability: 2 / 3, meanMs: 4 },
    });
    expect(await told('4')).toEqual({ meanMs: 11, connectionWait: undefined });
    const { code, err } = await wcalc(`${server} 1 --db-time 5ms`, { files });
    expect(code).toBe(2);
    expect(err).toContain('--db-time: with --trace it must be a share of the waits, such as 40%');
  });

  it("shares cores as Linux does where the server's own CPU is told, unless told otherwise", async () => {
    const told = async (flags: string, cores = 2) => {
      const question = `--cores ${cores} --workers 4 --trace t.csv`;
      const { out } = await wcalc(`${question} ${flags} --json`, { files: { 't.csv': trace } });
      const text = await wcalc(`${question} ${flags}`, { files: { 't.csv': trace } });
      return [JSON.parse(out).simulation.scheduler, text.out.includes('--scheduler ideal')];
    };
    expect(await told('')).toEqual(['ideal', false]);
    expect(await told('--overhead 1ms')).toEqual(['linux', true]);
    expect(await told('--overhead 1ms', 1)).toEqual(['linux', false]);
    expect(await told('--overhead 1ms --scheduler ideal')).toEqual(['ideal', false]);
    expect(await told('--scheduler linux')).toEqual(['linux', true]);
  });

  it.each([
    ['at_ms,cpu_ms\n1,2\n', /t\.csv:1: the header has no column io_ms/],
    ['at_ms,cpu_ms,io_ms\n1,2,x\n', /t\.csv:2: io_ms must be a number of ms/],
    ['at_ms,cpu_ms,io_ms\n1,2\n', /t\.csv:2: io_ms must be a number of ms/],
    ['at_ms,cpu_ms,io_ms\n1,-2,3\n', /t\.csv:2: cpu_ms must be/],
    ['at_ms,cpu_ms,io_ms\n5,2,3\n4,2,3\n', /t\.csv:3: at_ms 4 comes before/],
    ['at_ms,cpu_ms,io_ms\n5,"2,3\n', /t\.csv:2: is not a row of CSV/],
    ['at_ms,cpu_ms,io_ms\n', /t\.csv: holds no request/],
    ['', /t\.csv: holds no request/],
    ['at_ms,cpu_ms,io_ms\n5,2,1e12\n', /t\.csv:2: io_ms must be a number of ms, 0 to 1000000000/],
    ['\u001f\u008b nothing', /t\.csv/],
  ])('names file and line of %j', async (text, message) => {
    const { code, err, out } = await wcalc(server, { files: { 't.csv': text } });
    expect(code).toBe(3);
    expect(err).toMatch(message);
    expect(out).toBe('');
  });

  it('knows no rate of requests that come all at once', async () => {
    const files = { 't.csv': 'at_ms,cpu_ms,io_ms\n5,1,1\n5,1,1\n' };
    const { out } = await wcalc(server, { files });
    const { inputs, given } = JSON.parse(out);
    expect(inputs.ratePerSecond).toBeNull();
    expect(given.prediction.meanMs).toBeGreaterThan(2);
    const table = await wcalc(server.replace(' --json', ''), { files });
    expect(table.out).toMatch(/^1 sync worker on 1 core\nall at once, where at most 500\/s can last/);
  });

  it('reads gzip, in pieces, as plain text', async () => {
    const path = 'fixtures/measured/traces/g-gth-1.csv.gz';
    const packed = readFileSync(path);
    const pieces = (bytes: Uint8Array) =>
      (async function* () {
        for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
      })();
    const { readTrace } = await import('../../../src/commands/simulate/trace.js');
    const collect = async (bytes: Uint8Array) => {
      const requests: unknown[] = [];
      for await (const piece of readTrace(path, pieces(bytes))) requests.push(...piece);
      return requests;
    };
    const unpacked = await collect(packed);
    expect(unpacked).toHaveLength(5992);
    expect(await collect(gunzipSync(packed))).toEqual(unpacked);
    await expect(collect(gzipSync('at_ms').subarray(0, 15))).rejects.toThrow(
      /cannot be unpacked|holds no request/,
    );
    await expect(collect(packed.subarray(0, 20_000))).rejects.toThrow(/cannot be unpacked/);
  });
});

describe('what wcalc simulate says for people', () => {
  it('whether the objective is met', async () => {
    expect((await wcalc(`${FIXED} --slo p95<1ms`)).out).toContain('objective p95<1ms: MISSED');
    expect((await wcalc(`${FIXED} --slo p95<9s --slo wait<90%`)).out).toContain(
      'objective p95<9s, wait<90%: met',
    );
    expect((await wcalc(FIXED)).out).not.toContain('objective');
  });

  it('that a precision was not reached, and by how much', async () => {
    const { err, code } = await wcalc(`${FIXED.replace('20000', '4000')} --precision 0.01%`);
    expect(code).toBe(0);
    expect(err).toMatch(
      /wcalc: note: --precision 0\.01% was not reached with 4000 requests: mean ±[\d.]+%, p95 ±[\d.]+%; --requests allows more/,
    );
    expect((await wcalc(`${FIXED} --precision 50%`)).err).toBe('');
  });

  it('no interval where one run gives none, in the singular', async () => {
    const { out } = await wcalc(`${FIXED} --replications 1`);
    expect(out).not.toContain('95 %');
    expect(out).toMatch(/20000 requests in 1 run, the first \d+ of it ignored; seed 1\./);
  });
});

describe('a trace that is none', () => {
  const replay = async (text: string, more = '') => {
    const { code, err, out } = await wcalc(`--cores 1 --workers 1 --trace t.csv --json ${more}`, {
      files: { 't.csv': text },
    });
    return { code, err, out };
  };

  it.each([
    ['at_ms,cpu_ms,io_ms,cpu_ms\n0,1,1,1\n', 't.csv:1: the header has the column cpu_ms twice'],
    [
      'at_ms,cpu_ms,io_ms\n0,1,1\n1,2,5,3\n',
      't.csv:3: has 4 fields where the header has 3; numbers have a decimal point',
    ],
    [
      'at_ms;cpu_ms;io_ms\n0;1;1\n',
      't.csv:1: the header has no column at_ms; needed: at_ms, cpu_ms, io_ms, separated by commas',
    ],
    ['at_ms\tcpu_ms\tio_ms\n0\t1\t1\n', 'separated by commas'],
    [
      'at_ms,cpu_ms,io_ms\n0,0,0\n5,0,0\n',
      't.csv: no request takes any time; cpu_ms and io_ms are 0 throughout',
    ],
  ])('is refused: %j', async (text, message) => {
    const { code, err } = await replay(text);
    expect(err).toContain(
      `wcalc: ${message.startsWith('t.csv') ? '' : err.slice(7, err.indexOf(message))}${message}`,
    );
    expect(code).toBe(3);
  });

  it('but empty fields at the end of a row say nothing', async () => {
    expect((await replay('at_ms,cpu_ms,io_ms\n0,1,1,\n5,2,1,,\n')).code).toBe(0);
  });

  it('nor is any resource more than busy where more arrives than can be served', async () => {
    const rows = Array.from({ length: 50 }, (_, n) => `${n},30,10`).join('\n');
    const { out } = await replay(`at_ms,cpu_ms,io_ms\n${rows}\n`);
    const { utilization } = (JSON.parse(out) as SimulateResult).given!.prediction;
    expect(utilization).toEqual({ cpu: 1, gil: 1, slots: 1 });
  });
});

it('a trace may come on stdin', async () => {
  const { code, out } = await wcalc('--cores 1 --workers 1 --trace - --json', {
    stdin: ['at_ms,cpu_ms,io_ms\n0,10,5\n', '50,10,5\n'],
  });
  expect(code).toBe(0);
  expect((JSON.parse(out) as SimulateResult).simulation).toMatchObject({ requests: 2, trace: '-' });
  const empty = await wcalc('--cores 1 --workers 1 --trace -');
  expect(empty.err).toMatch(/^wcalc: stdin: holds no request/);
});

it('a quota cannot be above what the machine has', async () => {
  const { code, err } = await wcalc(`${FIXED} --machine-cores 1`);
  expect(code).toBe(2);
  expect(err).toBe(
    'wcalc: --machine-cores 1 contradicts --cores 2: a quota cannot be more than the machine has\n',
  );
});

describe('worker threads', () => {
  const file = resolve('dist/chunks/simulation-worker.cjs');
  const start = (workerData: unknown) => new Worker(file, { workerData });
  const given = system({ workerClass: 'gthread', workers: 2, threads: 2, cores: 1 });
  const work = workload({ ratePerSecond: 60, io: { kind: 'exponential', mean: 20 } });
  const options = { requests: 20_000, replications: 4 };
  const bounds = simulate(given, { ...work, ratePerSecond: null }).prediction;

  it.skipIf(!isBuilt(file))('give the same numbers as one thread, however many there are', async () => {
    const here = await drive(
      conduct(given, work, bounds, options),
      localRunner(async () => {}),
      () => {},
    );
    for (const threads of [1, 3]) {
      const runner = threadedRunner(start, threads);
      const shares: number[] = [];
      const there = await drive(conduct(given, work, bounds, options), runner, (share) => shares.push(share));
      await runner.close();
      expect(there).toEqual(here);
      expect(shares.at(-1)).toBe(1);
    }
    expect(here.prediction).toEqual(simulate(given, work, options).prediction);
  });

  it.skipIf(!isBuilt(file))('stop when asked, with what is known so far', async () => {
    const runner = threadedRunner(start, 2);
    const course = conduct(given, work, bounds, { requests: 1_000_000_000, warmup: 100 });
    setTimeout(() => runner.stop(), 400);
    const { interrupted, requests, prediction } = await drive(course, runner, () => {});
    await runner.close();
    expect(interrupted).toBe(true);
    expect(requests).toBeGreaterThan(1000);
    expect(prediction.meanMs).toBeGreaterThan(20);
  });
});
