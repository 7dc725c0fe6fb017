import { describe, expect, test } from 'vitest';
import { run } from '../../src/main.js';
import { madeUpHost } from '../made-up-host.js';

/** What `--rate` means beside `--replicas`: all get it together, and each is predicted with its share. */

async function wcalc(argv: string, files: Record<string, string> = {}) {
  const { host, out, err } = madeUpHost(argv.split(' '), { files });
  const code = await run(host);
  return { code, out: out(), err: err() };
}

const asked = async (argv: string, files?: Record<string, string>) => {
  const { code, out, err } = await wcalc(`${argv} --json`, files);
  expect(err).not.toContain('defect');
  return { ...JSON.parse(out), code };
};

const SERVER = '--cores 2 --workers 4 --cpu-time 8ms --io-time 12ms';
const FOUR = '--replicas 4 --rate 400';
const ONE = '--replicas 1 --rate 100';
const TIMES = ['meanMs', 'p50Ms', 'p90Ms', 'p95Ms', 'p99Ms'] as const;

describe('plan', () => {
  test('predicts for one of four what it predicts for one alone with a quarter of the rate', async () => {
    const [four, one] = [await asked(`plan ${SERVER} ${FOUR}`), await asked(`plan ${SERVER} ${ONE}`)];
    expect(four.given.prediction).toEqual(one.given.prediction);
    expect(four.given.prediction.ratePerReplica).toBe(100);
    expect(four.inputs).toMatchObject({ ratePerSecond: 400, ratePerReplica: 100, replicas: 4 });
  });

  test('recommends for each replica what it recommends for two at that share', async () => {
    const machine = '--cores 2 --mem 4096 --per-worker 200 --cpu-time 8ms --io-time 12ms';
    const four = await asked(`plan ${machine} ${FOUR}`);
    const two = await asked(`plan ${machine} --replicas 2 --rate 200`);
    for (const key of ['workers', 'threads', 'workerClass', 'prediction'])
      expect(four.recommendation[key]).toEqual(two.recommendation[key]);
  });

  test('says in the table what each replica gets', async () => {
    const { out } = await wcalc(`plan ${SERVER} ${FOUR}`);
    expect(out).toMatch(/replicas +4, each with 100\/s of 400\/s/);
    expect(out).toMatch(/at 100\/s +mean/);
    expect((await wcalc(`plan ${SERVER} ${ONE}`)).out).not.toContain('each with');
  });

  test('knows a fleet from an overload', async () => {
    const { code, err } = await wcalc(`plan ${SERVER} --rate 2000 --replicas 4`);
    expect(code).toBe(1);
    expect(err).toContain('500 req/s for each replica arrive');
  });
});

describe('sweep', () => {
  test('varies the rate of all replicas together, and finds it', async () => {
    const at = async (options: string) => (await asked(`sweep ${SERVER} ${options}`)).points;
    const four = await at('--replicas 4 --vary rate=200,400');
    const one = await at('--replicas 1 --vary rate=50,100');
    expect(four.map((p: { results: unknown }) => p.results)).toEqual(
      one.map((p: { results: unknown }) => p.results),
    );
  });
});

describe('fleet', () => {
  test('divides once', async () => {
    const { recommendation, given, inputs } = await asked(
      'fleet --per-worker 200 --service-time 60ms --rate 400 --replicas 10 --slo p95<250ms --shape 2:2GiB',
    );
    expect(inputs.ratePerSecond).toBe(400);
    expect(given.ratePerReplica).toBe(40);
    expect(recommendation.ratePerReplica * recommendation.replicas).toBeCloseTo(400, 9);
  });
});

describe('check', () => {
  test('divides once', async () => {
    const { servers } = await asked(`check Procfile --cores 2 --cpu-time 8ms --io-time 12ms ${FOUR}`, {
      Procfile: 'web: gunicorn app:app --workers 4\n',
    });
    expect(servers[0].ratePerReplica).toBe(100);
  });
});

describe('simulate', () => {
  const RUN = '--requests 200000';

  test('simulates one replica with its share, as it is simulated alone', async () => {
    const [four, one] = [
      await asked(`simulate ${SERVER} ${FOUR} ${RUN}`),
      await asked(`simulate ${SERVER} ${ONE} ${RUN}`),
    ];
    expect(four.given.prediction).toEqual(one.given.prediction);
    expect(four.simulation).toEqual({ ...one.simulation, replicas: 1, balancer: null, balancers: null });
    expect(four.inputs.ratePerReplica).toBe(100);
  });

  test('agrees with plan on replicas behind a random balancer', async () => {
    const simulated = await asked(`simulate ${SERVER} ${FOUR} --balancer random --requests 400000`);
    const planned = await asked(`plan ${SERVER} ${FOUR}`);
    expect(simulated.simulation).toMatchObject({ replicas: 4, balancer: 'random', balancers: 1 });
    for (const key of TIMES)
      expect(Math.abs(planned.given.prediction[key] / simulated.given.prediction[key] - 1), key).toBeLessThan(
        0.06,
      );
    expect(simulated.given.prediction.capacityPerSecond).toBe(planned.given.prediction.capacityPerSecond);
    expect(simulated.given.prediction.utilization.cpu).toBeCloseTo(
      planned.given.prediction.utilization.cpu,
      1,
    );
  });

  test('waits less behind a balancer that takes turns, and less so behind many of them', async () => {
    const mean = async (options: string): Promise<number> =>
      (await asked(`simulate ${SERVER} ${FOUR} ${RUN} ${options}`)).given.prediction.meanMs;
    const random = await mean('--balancer random');
    const turns = await mean('--balancer round-robin');
    expect(turns).toBeLessThan(random);
    expect(await mean('--balancer round-robin --balancers 50')).toBeGreaterThan(turns);
  });

  test('says what was simulated', async () => {
    const shown = async (options: string) =>
      (await wcalc(`simulate ${SERVER} ${FOUR} --requests 2000 --width 100 ${options}`)).out;
    expect(await shown('--balancer round-robin')).toContain('each of 4 replicas, simulated together');
    expect(await shown('--quiet')).toContain('one of 4 replicas, by itself');
  });

  test('refuses what cannot be simulated', async () => {
    const refused = async (options: string) => {
      const { code, err } = await wcalc(`simulate ${SERVER} ${options}`);
      expect(code).toBe(2);
      return err;
    };
    expect(await refused(`${FOUR} --balancers 2`)).toContain('--balancers needs --balancer');
    expect(await refused('--rate 100 --replicas 1001 --balancer random')).toContain('at most 1000');
    expect(await refused(`${FOUR} --balancer fair`)).toContain('--balancer');
  });

  test('replays a trace as what one replica gets', async () => {
    const rows = Array.from({ length: 200 }, (_, n) => `${n * 20},5,5`).join('\n');
    const files = { 't.csv': `at_ms,cpu_ms,io_ms\n${rows}\n` };
    const traced = await asked('simulate --cores 2 --workers 4 --replicas 4 --trace t.csv', files);
    expect(traced.inputs.ratePerReplica).toBeCloseTo(50, 9);
    expect(traced.inputs.ratePerSecond).toBeCloseTo(200, 9);
    const { code, err } = await wcalc(
      'simulate --cores 2 --workers 4 --replicas 4 --balancer random --trace t.csv',
      files,
    );
    expect(code).toBe(2);
    expect(err).toContain('--balancer and --trace contradict each other');
  });
});
