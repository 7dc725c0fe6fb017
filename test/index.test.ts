import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  capacity,
  type PlanQuestion,
  plan,
  predict,
  predictMeans,
  type SimulationOptions,
  type System,
  simulate,
  UsageError,
  type Workload,
} from '../src/index.js';

const basic = { cores: 4, mem: 1024, perWorker: 256 } as const;

/** What a program in JavaScript may pass, whatever the types say. */
const planned = (question: object) => plan(question as PlanQuestion);

describe('the library plans', () => {
  test('with numbers in the default units', () => {
    expect(plan(basic).recommendation).toMatchObject({ workerClass: 'sync', workers: 4 });
  });

  test('with texts that have a unit, as on the command line', () => {
    const { inputs } = plan({ ...basic, mem: '1GiB', reserve: '10%', rate: '600/min', cpuTime: '0.01s' });
    expect(inputs).toMatchObject({ memoryMiB: 1024, reserveMiB: 102.4, ratePerSecond: 10, cpuTimeMs: 10 });
  });

  test('with numbers where the command line takes a size or a share, or whole seconds', () => {
    expect(plan({ ...basic, reserve: 100 }).inputs.reserveMiB).toBe(100);
    expect(plan({ ...basic, timeout: 60 }).recommendation?.settings.timeout).toBe(60);
  });

  test('with an objective as a list of texts', () => {
    const { recommendation } = plan({ ...basic, rate: 10, slo: ['p95<900ms', 'wait<50%'] });
    expect(recommendation?.meetsObjective).toBe(true);
    expectTypeOf<PlanQuestion['slo']>().toEqualTypeOf<readonly string[] | undefined>();
  });

  test('as if what is undefined had been left out', () => {
    expect(plan({ ...basic, rate: undefined })).toEqual(plan(basic));
  });

  test('with the rate of all replicas together', () => {
    const asked = { cores: 4, workers: 4, serviceTime: 20 };
    const four = planned({ ...asked, rate: 400, replicas: 4 });
    expect(four.given!.prediction).toEqual(planned({ ...asked, rate: 100 }).given!.prediction);
    expect(four.given!.prediction.ratePerReplica).toBe(100);
  });

  test('beside strategies of your own', () => {
    const { strategies } = plan({ ...basic, strategies: [{ name: 'house', expression: '3', workers: 3 }] });
    expect(strategies.at(-1)).toMatchObject({ id: 'formula:house', workers: 3 });
  });
});

describe('the library refuses with a sentence that names the key', () => {
  test.each([
    [{ ...basic, perWorkr: 1 }, 'unknown key "perWorkr" (did you mean perWorker?)'],
    [{ ...basic, format: 'csv' }, 'unknown key "format"'],
    [{ ...basic, cores: Number.NaN }, 'cores: "NaN" is not a finite number'],
    [{ ...basic, cores: -4 }, 'cores: must be greater than 0, got "-4"'],
    [{ ...basic, cores: Number.POSITIVE_INFINITY }, 'cores: "Infinity" is not a finite number'],
    [{ ...basic, rate: '100 per second' }, 'rate: '],
    [{ ...basic, workers: 1.5 }, 'workers: must be a whole number of 1 to 1000000'],
    [{ ...basic, workerClass: 'foo' }, 'workerClass: "foo" is not known'],
    [{ ...basic, ioRatio: 2 }, 'ioRatio: '],
    [{ ...basic, cores: null }, 'cores: takes cores, such as 4, 0.5 or 500m, not null'],
    [{ ...basic, rate: 10, slo: 'fast' }, 'slo: "fast" is not a measure'],
    [{}, '--cores and --mem are missing'],
    [
      { ...basic, strategies: [{ name: 'house', expression: '1/0', workers: Number.POSITIVE_INFINITY }] },
      'strategies: house must give a whole number of workers, 1 or more, got Infinity',
    ],
  ])('%j', (question, message) => {
    expect(() => planned(question)).toThrow(UsageError);
    expect(() => planned(question)).toThrow(message);
  });
});

describe('the models of the library', () => {
  const system: System = {
    workerClass: 'sync',
    gunicorn: 26,
    workers: 4,
    threads: 1,
    workerConnections: 1000,
    backlog: 2048,
    cores: 4,
    gil: true,
    timeoutMs: 30_000,
  };
  const workload: Workload = {
    ratePerSecond: 20,
    cpu: { kind: 'exponential', mean: 10 },
    io: { kind: 'exponential', mean: 30 },
    ioCalls: 1,
    overheadMs: 0,
  };

  test('answer what is in range', () => {
    expect(capacity(system, workload)).toBeCloseTo(100);
    expect(predict(system, workload).meanMs).toBeCloseTo(40.1, 1);
    expect(predictMeans(system, { ...workload, ratePerSecond: null }).capacityPerSecond).toBeCloseTo(100);
    expect(simulate(system, workload, { requests: 2000 }).requests).toBe(2000);
  });

  test('simulate replicas behind a balancer, each with the rate of the workload', () => {
    const balancing = { replicas: 3, balancer: 'random', balancers: 1 } as const;
    const { prediction } = simulate(system, workload, { requests: 20_000, balancing });
    expect(prediction.meanMs).toBeCloseTo(40.1, -1);
    for (const change of [{ replicas: 0 }, { balancers: 1.5 }, { balancer: 'fair' as 'random' }])
      expect(() => simulate(system, workload, { balancing: { ...balancing, ...change } })).toThrow(
        RangeError,
      );
  });

  const refused = (ask: () => unknown, message: string): void => {
    expect(ask).toThrow(RangeError);
    expect(ask).toThrow(message);
  };

  test.each([
    [{ workers: 0 }, 'workers must be a whole number of 1 or more, got 0'],
    [{ workers: 1.5 }, 'workers must be a whole number of 1 or more, got 1.5'],
    [{ threads: Number.NaN }, 'threads must be a whole number'],
    [{ cores: -1 }, 'cores must be greater than 0, got -1'],
    [{ workerClass: 'foo' }, 'workerClass must be one of sync, gthread, '],
    [{ timeoutMs: -1 }, 'timeoutMs must be 0 or more'],
  ])('refuse a system with %j', (change, message) => {
    for (const ask of [predict, predictMeans, capacity, simulate])
      refused(() => ask({ ...system, ...change } as System, workload), message);
  });

  test.each([
    [{ ratePerSecond: 0 }, 'ratePerSecond must be greater than 0, got 0'],
    [{ ratePerSecond: Number.NaN }, 'ratePerSecond must be greater than 0, got NaN'],
    [{ cpu: { kind: 'foo' } }, 'cpu law must be one of'],
    [{ io: { kind: 'exponential', mean: -1 } }, 'mean of the io law must be 0 or more, got -1'],
    [{ ioCalls: -1 }, 'ioCalls must be a whole number of 0 or more, got -1'],
    [{ overheadMs: -5 }, 'overheadMs must be 0 or more, got -5'],
    [
      { database: { connections: 0, share: 1 } },
      'database.connections must be a whole number of 1 or more, got 0',
    ],
    [{ database: { connections: 1, share: 1.5 } }, 'database.share must be above 0, up to 1, got 1.5'],
  ])('refuse a workload with %j', (change, message) => {
    for (const ask of [predict, predictMeans, capacity, simulate])
      refused(() => ask(system, { ...workload, ...change } as Workload), message);
  });

  test.each<readonly [SimulationOptions, string]>([
    [{ seed: -1 }, 'seed must be a whole number of 0 or more, got -1'],
    [{ requests: 0 }, 'requests must be a whole number of 1 or more, got 0'],
    [{ replications: 0 }, 'replications must be a whole number'],
    [{ warmup: -1 }, 'warmup must be a whole number of 0 or more'],
    [{ precision: 0 }, 'precision must be greater than 0, got 0'],
    [{ arrivals: { kind: 'batch', size: 0 } }, 'size of a batch must be 1 or more, got 0'],
    [{ arrivals: { kind: 'renewal', gap: { kind: 'gamma', mean: -1, cv: 1 } } }, 'mean of the gap law'],
  ])('refuse to simulate with %j', (options, message) => {
    refused(() => simulate(system, workload, options), message);
  });
});
