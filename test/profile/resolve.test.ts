import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/host/errors.js';
import type { Origins } from '../../src/input/learnt.js';
import type { Origin } from '../../src/input/option.js';
import type { Values } from '../../src/input/options.js';
import { fixedKind, kindThatRuns } from '../../src/plan/kinds.js';
import { facilityFor } from '../../src/plan/search/candidate.js';
import { collectAssumptions } from '../../src/profile/assume.js';
import { resolveProfile } from '../../src/profile/resolve.js';
import { resolveFixed, resolveServer } from '../../src/profile/server.js';
import { facilityOf } from '../../src/servers/gunicorn/discipline.js';
import { factsOf } from '../../src/servers/gunicorn/kinds.js';
import { SERVERS } from '../../src/servers/index.js';
import { sortKinds } from '../../src/servers/suitability.js';
import { version } from '../../src/servers/version.js';
import { slo } from '../support/slo.js';

const machine: Values = { cores: 4, mem: 1024, perWorker: 256 };
const profile = (values: Values = {}, origins: Origins = {}) =>
  resolveProfile({ ...machine, ...values }, origins);
const assumed = (values: Values = {}) =>
  Object.fromEntries(profile(values).assumptions.map((a) => [a.input, a.value]));
const from = (source: Origin['source']): Origin => ({ source, where: source });

describe('what was left out', () => {
  test('is assumed, with its value, flag and reason', () => {
    const { assumptions } = profile();
    expect(assumptions.map(({ input, value, flag }) => [input, value, flag])).toEqual([
      ['ioRatio', 0.5, '--io-ratio'],
      ['serviceTimeMs', 100, '--service-time'],
      ['gunicorn', 26, '--gunicorn'],
      ['gil', true, '--gil'],
      ['proxy', true, '--proxy'],
    ]);
    for (const { why } of assumptions) expect(why.length).toBeGreaterThan(10);
  });

  test('is listed no more once it is given', () => {
    expect(
      profile({ ioRatio: 0.9, serviceTime: 80, gunicorn: 25, gil: false, proxy: false }).assumptions,
    ).toEqual([]);
  });

  test('with a rate includes the variation and an objective', () => {
    expect(assumed({ rate: 10 })).toMatchObject({ cpuCv: 1, ioCv: 1, slo: 'wait<20%', maxUtilization: 0.8 });
    expect(assumed({ rate: 10, slo: slo('p95<1s') })).not.toHaveProperty('slo');
    expect(assumed({ rate: 10, maxUtilization: 0.7 })).not.toHaveProperty('slo');
    expect(profile({ rate: 10 }).objective.assumed).toBe(true);
    expect(profile({ rate: 10, maxUtilization: 0.7 }).objective).toEqual({
      limits: [],
      maxUtilization: 0.7,
      ceiling: 0.7,
      assumed: false,
    });
  });

  test('assumes no objective where there is nothing to choose', () => {
    const { objective } = resolveProfile({ cores: 1, workers: 2, rate: 10 }, {});
    expect(objective).toEqual({ limits: [], maxUtilization: null, ceiling: null, assumed: false });
  });

  test('of a fixed configuration is what Gunicorn takes', () => {
    const alone = resolveProfile({ cores: 4, workers: 4 }, {}).assumptions.map(({ input }) => input);
    expect(alone).toContain('workerClass');
    expect(alone).not.toContain('threads');
    // Beside a recommendation they take its class.
    expect(assumed({ workers: 4 })).not.toHaveProperty('workerClass');
    expect(assumed({ workers: 4, threads: 2, workerClass: 'auto' })).toMatchObject({
      workerClass: 'gthread',
    });
    expect(assumed({ workers: 4, workerClass: 'gthread' })).toMatchObject({ threads: 1 });
    expect(assumed({ workers: 4, threads: 2, workerClass: 'gthread' })).not.toHaveProperty('threads');
    expect(assumed()).not.toHaveProperty('workerClass');
  });

  test('assumes preloading where memory is shared', () => {
    expect(assumed({ shared: 50 })).toMatchObject({ preload: true });
    expect(profile({ shared: 50 }).server.preload).toBe(true);
    expect(profile({ shared: 50, preload: false }).server.preload).toBe(false);
    expect(profile().server.preload).toBe(false);
  });
});

describe('the memory of servers that start their workers afresh', () => {
  const uvicorn = { name: 'uvicorn', version: null };

  test('is not shared', () => {
    expect(() => profile({ server: uvicorn, shared: 50 })).toThrow(
      '--shared: Uvicorn starts its workers afresh instead of forking them, so that they share no memory; leave it out and count all of a worker in --per-worker',
    );
    expect(() => profile({ server: uvicorn, preload: true })).toThrow('--preload: Uvicorn starts');
    expect(profile({ server: { name: 'uwsgi', version: null }, shared: 50 }).server.preload).toBe(true);
    const { server } = profile({ server: 'any', shared: 50 });
    const { unsuitable } = sortKinds(server.kinds, server);
    const left = unsuitable.filter(({ reason }) => reason.startsWith('starts its workers afresh'));
    expect(new Set(left.map(({ kind }) => kind.server))).toEqual(
      new Set(SERVERS.filter(({ spawns }) => spawns).map(({ name }) => name)),
    );
  });

  test('has one copy of the application more in Uvicorn 0.47 to 0.49', () => {
    const master = (minor: number, given: Values = {}) =>
      profile({ server: { name: 'uvicorn', version: version(0, minor) }, ...given }).memory.masterMiB;
    expect([46, 47, 49, 50].map((minor) => master(minor))).toEqual([0, 256, 256, 0]);
    expect(master(48, { master: 10 })).toBe(10);
    expect(profile({ server: { name: 'uvicorn', version: version(0, 48) } }).assumptions).toContainEqual({
      input: 'masterMiB',
      value: 256,
      flag: '--master',
      why: 'the parent of Uvicorn 0.48 imports the application too, and is as large as a worker',
    });
  });
});

describe('what is missing', () => {
  test.each<[Values, RegExp]>([
    [{}, /^--cores and --mem are missing: give them, as in "wcalc --cores 4 .*--detect/],
    [{ cores: 4 }, /^--mem is missing/],
    [{ cores: 4, perWorker: 100 }, /^--mem is missing: give it/],
    [{ workers: 4, mem: 100 }, /^--cores is missing/],
    [{ cores: 4, threads: 2 }, /^--mem is missing/],
  ])('%o is named, and how to give it', (values, message) => {
    expect(() => resolveProfile(values, {})).toThrow(UsageError);
    expect(() => resolveProfile(values, {})).toThrow(message);
  });

  test('the size of a worker is assumed, with how to measure it', () => {
    const { memory, assumptions } = resolveProfile({ cores: 2, mem: 4096 }, {});
    expect(memory.perWorkerMiB).toBe(150);
    expect(assumptions[0]).toMatchObject({ input: 'perWorkerMiB', value: 150, flag: '--per-worker' });
    expect(assumptions[0]!.why).toContain('wcalc detect');
  });

  test('memory may be, where the workers are given', () => {
    const { memory } = resolveProfile({ cores: 4, workers: 2 }, {});
    expect(memory.memoryMiB).toBeNull();
    expect(memory.perWorkerMiB).toBeNull();
  });
});

describe('the time of a request', () => {
  test.each<[Values, number, number, boolean]>([
    [{}, 50, 50, false],
    [{ serviceTime: 200 }, 100, 100, false],
    [{ ioRatio: 0.9 }, 10, 90, true],
    [{ serviceTime: 40, ioRatio: 0.75 }, 10, 30, true],
    [{ cpuTime: 10, ioTime: 30 }, 10, 30, true],
    [{ cpuTime: 10 }, 10, 10, false],
    [{ ioTime: 30 }, 30, 30, false],
    [{ cpuTime: 10, ioTime: 0 }, 10, 0, true],
    [{ cpuTime: 0, ioTime: 7 }, 0, 7, true],
  ])('%o is %d ms of CPU and %d ms of waiting', (values, cpu, io, known) => {
    const { inputs, ioKnown } = profile(values);
    expect(inputs.cpuTimeMs).toBeCloseTo(cpu, 12);
    expect(inputs.ioTimeMs).toBeCloseTo(io, 12);
    expect(inputs.serviceTimeMs).toBeCloseTo(cpu + io, 12);
    expect(ioKnown).toBe(known);
  });

  test.each<[Values, RegExp]>([
    [{ cpuTime: 1, serviceTime: 2 }, /^--cpu-time and --service-time contradict each other/],
    [{ ioTime: 1, ioRatio: 0.2 }, /^--io-time and --io-ratio contradict each other/],
    [{ cv: 1, ioCv: 2 }, /^--cv and --io-cv contradict each other/],
    [{ cv: 1, cpuCv: 2 }, /^--cv and --cpu-cv contradict each other/],
    [{ serviceTime: 0 }, /^--service-time: a request must take some time/],
    [{ cpuTime: 0, ioTime: 0 }, /^--cpu-time and --io-time: a request must take some time/],
    [{ cpuTime: 1, ioTime: 5, ioCalls: 0 }, /^--io-calls 0 contradicts the 5 ms of waiting/],
    [
      { slo: slo('p42<5') },
      /^--slo: "p42<5ms" limits what is not predicted for servers; accepted: mean, p50, p90, p95, p99, wait,/,
    ],
    [{ slo: slo('p95Wait<5') }, /^--slo: "p95Wait<5ms" limits what is not predicted/],
    [{ slo: slo('meanWait<0') }, /^--slo: "meanWait<0ms" limits what is not predicted/],
    [{ maxUtilization: 0 }, /^--max-utilization: must be greater than 0/],
    [
      { workerClass: 'eventlet' },
      /^--worker-class: eventlet was removed in Gunicorn 26; accepted with --gunicorn 26: sync, gthread, gevent, tornado, asgi, uvicorn$/,
    ],
    [{ workerClass: 'asgi', gunicorn: 23 }, /asgi does not exist before Gunicorn 24/],
    [{ formula: ['house=1', 'house=2'] }, /^--formula: "house" was given twice/],
    [{ formula: ['house'] }, /^--formula: "house" is not NAME=EXPR/],
    [{ formula: ['=4'] }, /is not NAME=EXPR/],
    [{ formula: ['a== 4'] }, /is not NAME=EXPR/],
  ])('%o is refused in one sentence', (values, message) => {
    expect(() => profile(values)).toThrow(UsageError);
    expect(() => profile(values)).toThrow(message);
  });

  test('said in two ways follows the place of the higher rank', () => {
    const values: Values = { cpuTime: 10, ioTime: 30, serviceTime: 200, ioRatio: 0.9 };
    const typedParts: Origins = {
      cpuTime: from('flag'),
      ioTime: from('flag'),
      serviceTime: from('file'),
      ioRatio: from('environment'),
    };
    expect(profile(values, typedParts).inputs).toMatchObject({ cpuTimeMs: 10, ioTimeMs: 30 });
    const learntParts: Origins = {
      cpuTime: from('profile'),
      ioTime: from('profile'),
      serviceTime: from('flag'),
      ioRatio: from('flag'),
    };
    expect(profile(values, learntParts).inputs).toMatchObject({ serviceTimeMs: 200, ioRatio: 0.9 });
  });

  test('typed in part keeps the other part as learnt', () => {
    const learnt = {
      values: { cpuTime: 10, ioTime: 30 },
      origins: { cpuTime: from('profile'), ioTime: from('profile') },
    };
    const ratio = resolveProfile({ ...machine, ioRatio: 0.5 }, { ioRatio: from('flag') }, learnt);
    expect(ratio.inputs).toMatchObject({ serviceTimeMs: 40, ioRatio: 0.5 });
    const time = resolveProfile({ ...machine, serviceTime: 80 }, { serviceTime: from('flag') }, learnt);
    expect(time.inputs).toMatchObject({ serviceTimeMs: 80, ioRatio: 0.75 });
    expect(time.assumptions.map((a) => a.input)).not.toContain('ioRatio');
  });

  test('has no waits where it does not wait', () => {
    expect(profile({ cpuTime: 5, ioTime: 0, ioCalls: 3 }).workload.ioCalls).toBe(0);
    expect(profile({ cpuTime: 5, ioTime: 1, ioCalls: 3 }).workload.ioCalls).toBe(3);
    expect(profile().workload.ioCalls).toBe(1);
  });
});

describe('the variation of a request', () => {
  test('is two-moment where it varies and deterministic where it does not', () => {
    const { workload } = profile({ cpuTime: 10, ioTime: 30, cpuCv: 0, ioCv: 2, rate: 1 });
    expect(workload.cpu).toEqual({ kind: 'deterministic', mean: 10 });
    expect(workload.io).toEqual({ kind: 'two-moment', mean: 30, cv: 2 });
  });

  test('of the whole gives independent parts whose sum varies so', () => {
    const { inputs } = profile({ cpuTime: 10, ioTime: 30, cv: 0.5, rate: 1 });
    const spread = Math.hypot(10 * Number(inputs.cpuCv), 30 * Number(inputs.ioCv));
    expect(spread / 40).toBeCloseTo(0.5, 12);
  });

  test('comes whole from a learnt law, unless the user types the time', () => {
    const law = { kind: 'empirical', quantiles: [1, 2, 30] } as const;
    const learnt = { values: { cpuTime: 8.75, ioTime: 0 }, origins: {}, laws: { cpu: law } };
    expect(resolveProfile(machine, {}, learnt).workload.cpu).toBe(law);
    expect(resolveProfile({ ...machine, cpuCv: 1, rate: 1 }, {}, learnt).workload.cpu.kind).toBe(
      'two-moment',
    );
  });
});

describe('memory', () => {
  test('kept free is a size or a share of all', () => {
    expect(profile({ reserve: { kind: 'memory', memoryMiB: 100 } }).memory.reserveMiB).toBe(100);
    expect(profile({ reserve: { kind: 'share', share: 0.25 } }).memory.reserveMiB).toBe(256);
    expect(() =>
      resolveProfile({ cores: 1, workers: 1, reserve: { kind: 'share', share: 0.25 } }, {}),
    ).toThrow(/^--reserve: a percentage needs --mem/);
  });
});

describe('a fixed configuration', () => {
  const server = resolveServer({}, collectAssumptions());

  test('runs as Gunicorn would run it', () => {
    expect(kindThatRuns({ server }, null, 1)).toBe(factsOf('sync'));
    expect(kindThatRuns({ server }, factsOf('sync'), 2)).toBe(factsOf('gthread'));
    expect(kindThatRuns({ server }, factsOf('gevent'), 2)).toBe(factsOf('gevent'));
    const fixed = resolveFixed({ workerClass: 'auto', workers: 3, threads: 2 });
    const kind = kindThatRuns({ server }, fixedKind({ server, fixed }), 2);
    const candidate = { kind, workers: 3, threads: 2, workerConnections: null };
    expect(facilityFor({ cores: 2, server }, candidate)).toEqual(
      facilityOf({
        workerClass: 'gthread',
        gunicorn: 26,
        workers: 3,
        threads: 2,
        workerConnections: 1000,
        backlog: 2048,
        cores: 2,
        gil: true,
        timeoutMs: 30_000,
      }),
    );
  });
});

describe('objectives', () => {
  test('are read with their units', () => {
    const { limits } = profile({
      rate: 1,
      slo: slo('p95<250ms', 'mean < 0.1s', 'wait<5%', 'p99<1000'),
    }).objective;
    expect(limits.map(({ metric, limit, text }) => [metric, limit, text])).toEqual([
      ['p95', 250, 'p95<250ms'],
      ['mean', 100, 'mean<100ms'],
      ['wait', 0.05, 'wait<5%'],
      ['p99', 1000, 'p99<1s'],
    ]);
  });
});

describe('the rate', () => {
  test('is that of all replicas together, and the workload has the share of one', () => {
    const { workload, inputs } = profile({ rate: 400, replicas: 4 });
    expect(workload.ratePerSecond).toBe(100);
    expect(inputs).toMatchObject({ ratePerSecond: 400, ratePerReplica: 100, replicas: 4 });
  });

  test('of one replica is its own, and without a rate there is no share', () => {
    expect(profile({ rate: 90 }).inputs).toMatchObject({ ratePerSecond: 90, ratePerReplica: 90 });
    expect(profile({ replicas: 4 }).inputs).toMatchObject({ ratePerSecond: null, ratePerReplica: null });
    expect(profile({ replicas: 4 }).workload.ratePerSecond).toBeNull();
  });
});
