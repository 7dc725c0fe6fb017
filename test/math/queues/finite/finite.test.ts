import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { upperGamma } from '../../../../src/math/numeric/incomplete-gamma.js';
import { erlangB } from '../../../../src/math/queues/erlang/erlang-b.js';
import { finiteSource } from '../../../../src/math/queues/finite/finite-source.js';
import { machineStates } from '../../../../src/math/queues/finite/machine-states.js';
import { mmck } from '../../../../src/math/queues/finite/mmck.js';
import { stagesTail } from '../../../../src/math/queues/finite/stages.js';
import { mmc } from '../../../../src/math/queues/mmc/mmc.js';
import type { QueueResult } from '../../../../src/math/queues/result.js';
import { expectClose, fixture, SEED } from '../../support.js';

interface Expected {
  readonly waitProbability: number;
  readonly blockingProbability?: number;
  readonly throughput: number;
  readonly utilization: number;
  readonly meanWait: number;
  readonly meanSojourn: number;
  readonly meanQueueLength: number;
  readonly meanInSystem: number;
  readonly waitPercentiles: Readonly<Record<string, number>>;
  readonly sojournPercentiles: Readonly<Record<string, number>>;
}

function expectResult(result: QueueResult, expected: Expected): void {
  expect(result.stable).toBe(true);
  expect(result.exact).toBe(true);
  expectClose(result.blockingProbability, expected.blockingProbability ?? 0, 1e-12);
  expectClose(result.throughput, expected.throughput, 1e-12);
  expectClose(result.utilization, expected.utilization, 1e-12);
  expectClose(result.waitProbability, expected.waitProbability, 1e-12, 1e-300);
  expectClose(result.wait!.mean, expected.meanWait, 1e-12, 1e-300);
  expectClose(result.sojourn!.mean, expected.meanSojourn, 1e-12);
  expectClose(result.meanQueueLength, expected.meanQueueLength, 1e-12, 1e-300);
  expectClose(result.meanInSystem, expected.meanInSystem, 1e-12);
  for (const [p, value] of Object.entries(expected.waitPercentiles))
    expectClose(result.wait!.percentile(Number(p) / 100), value, 1e-11, 1e-13);
  for (const [p, value] of Object.entries(expected.sojournPercentiles))
    expectClose(result.sojourn!.percentile(Number(p) / 100), value, 1e-11);
}

interface FiniteCase {
  readonly id: string;
  readonly arrivalRate: number;
  readonly serviceTime: number;
  readonly servers: number;
  readonly capacity: number;
  readonly expected: Expected;
}

interface SourceCase {
  readonly id: string;
  readonly population: number;
  readonly thinkTime: number;
  readonly serviceTime: number;
  readonly servers: number;
  readonly expected: Expected;
}

test.each(fixture<FiniteCase>('mmck'))('$id', ({ expected, ...queue }) =>
  expectResult(mmck(queue), expected),
);

test.each(fixture<SourceCase>('finite-source'))('$id', ({ expected, ...queue }) =>
  expectResult(finiteSource(queue), expected),
);

/** State probabilities by plain recursion, for small systems. */
function birthDeath(states: number, ratio: (n: number) => number): number[] {
  const weights = [1];
  for (let n = 0; n < states; n += 1) weights.push(weights[n]! * ratio(n));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((w) => w / total);
}

describe('M/M/c/K', () => {
  const queues = fc
    .record({
      servers: fc.integer({ min: 1, max: 30 }),
      room: fc.integer({ min: 0, max: 60 }),
      load: fc.double({ min: 0.05, max: 60, noNaN: true }),
      serviceTime: fc.double({ min: 0.01, max: 10, noNaN: true }),
    })
    .map(({ servers, room, load, serviceTime }) => ({
      servers,
      serviceTime,
      capacity: servers + room,
      arrivalRate: load / serviceTime,
    }));

  test('agrees with its birth and death process', () => {
    fc.assert(
      fc.property(queues, (queue) => {
        const { servers, capacity, arrivalRate, serviceTime } = queue;
        const load = arrivalRate * serviceTime;
        const p = birthDeath(capacity, (n) => load / Math.min(n + 1, servers));
        const result = mmck(queue);
        expectClose(result.blockingProbability, p[capacity]!, 1e-11);
        expectClose(
          result.meanInSystem,
          p.reduce((sum, pn, n) => sum + n * pn, 0),
          1e-11,
        );
        expectClose(
          result.meanQueueLength,
          p.reduce((sum, pn, n) => sum + Math.max(0, n - servers) * pn, 0),
          1e-10,
          1e-300,
        );
        expectClose(result.throughput, arrivalRate * (1 - p[capacity]!), 1e-9);
      }),
      SEED,
    );
  });

  test("keeps Little's law, and tails agree with means", () => {
    fc.assert(
      fc.property(queues, (queue) => {
        const result = mmck(queue);
        expectClose(result.meanInSystem, result.throughput * result.sojourn!.mean, 1e-11);
        expectClose(result.wait!.tail(0), result.waitProbability!, 1e-12);
        expectClose(result.sojourn!.tail(0), 1, 1e-12);
        expect(result.sojourn!.tail(1)).toBeGreaterThanOrEqual(result.wait!.tail(1));
        expectClose(integral(result.sojourn!.tail, result.sojourn!.mean), result.sojourn!.mean, 1e-5);
      }),
      { ...SEED, numRuns: 40 },
    );
  });

  test('with no room to wait it is Erlang B, with service times alone', () => {
    const result = mmck({ servers: 10, capacity: 10, arrivalRate: 12, serviceTime: 1 });
    expectClose(result.blockingProbability, erlangB(10, 12), 1e-14);
    expect(result.waitProbability).toBe(0);
    expect(result.wait!.percentile(0.99)).toBe(0);
    expect(result.wait!.tail(1)).toBe(0);
    expect(result.route).toContain('closed form');
    expectClose(result.sojourn!.percentile(0.5), Math.LN2, 1e-14);
  });

  test('with much room it is M/M/c', () => {
    for (const [servers, load] of [
      [1, 0.8],
      [8, 7],
      [200, 190],
    ] as const) {
      const open = mmc({ servers, arrivalRate: load, serviceTime: 1 });
      const result = mmck({ servers, arrivalRate: load, serviceTime: 1, capacity: servers + 2000 });
      expectClose(result.waitProbability, open.waitProbability!, 1e-11);
      expectClose(result.meanInSystem, open.meanInSystem!, 1e-11);
      for (const p of [0.5, 0.99, 0.999]) {
        expectClose(result.wait!.percentile(p), open.wait!.percentile(p), 1e-11, 1e-13);
        expectClose(result.sojourn!.percentile(p), open.sojourn!.percentile(p), 1e-11);
      }
    }
  });

  test('with K = c + 1 a wait is one service stage', () => {
    const { wait, waitProbability } = mmck({ servers: 4, capacity: 5, arrivalRate: 5, serviceTime: 1 });
    expectClose(wait!.tail(0.7), waitProbability! * Math.exp(-4 * 0.7), 1e-13);
  });

  test('answers for a million servers, below and above full load', () => {
    const at = (arrivalRate: number) => mmck({ servers: 1e6, capacity: 2e6, arrivalRate, serviceTime: 1 });
    expectClose(at(1e6).meanQueueLength, 5e5, 2e-3);
    expectClose(at(1.01e6).blockingProbability, 1 - 1 / 1.01, 1e-9);
    expectClose(at(1.01e6).wait!.percentile(0.5), 0.9998999943, 1e-9);
    expect(at(1.01e6).utilization).toBeLessThanOrEqual(1);
    expect(at(9e5).blockingProbability).toBe(0);
  });

  test.each([
    [
      { servers: 5, capacity: 4, arrivalRate: 1, serviceTime: 1 },
      'capacity must be a whole number of 5 or more, got 4',
    ],
    [{ servers: 0, capacity: 4, arrivalRate: 1, serviceTime: 1 }, 'servers must be'],
    [{ servers: 1, capacity: 4, arrivalRate: 0, serviceTime: 1 }, 'arrivalRate must be'],
    [{ servers: 1, capacity: 4, arrivalRate: 1, serviceTime: 0 }, 'serviceTime must be'],
  ])('wrong inputs are named (%#)', (queue, message) => {
    expect(() => mmck(queue)).toThrow(message);
  });
});

/** ∫ of a tail by Simpson's rule over forty means. */
function integral(tail: (t: number) => number, mean: number): number {
  const steps = 800;
  const step = (40 * mean) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i += 1) sum += tail(i * step) * (i === 0 || i === steps ? 1 : i % 2 ? 4 : 2);
  return (sum * step) / 3;
}

describe('M/M/c//N', () => {
  const sources = fc.record({
    population: fc.integer({ min: 1, max: 60 }),
    servers: fc.integer({ min: 1, max: 20 }),
    thinkTime: fc.double({ min: 0.01, max: 100, noNaN: true }),
    serviceTime: fc.double({ min: 0.01, max: 10, noNaN: true }),
  });

  test('agrees with its birth and death process', () => {
    fc.assert(
      fc.property(sources, (source) => {
        const { population, servers, thinkTime, serviceTime } = source;
        const a = serviceTime / thinkTime;
        const p = birthDeath(population, (n) => ((population - n) * a) / Math.min(n + 1, servers));
        const result = finiteSource(source);
        const mean = p.reduce((sum, pn, n) => sum + n * pn, 0);
        expectClose(result.meanInSystem, mean, 1e-11);
        expectClose(result.throughput, (population - mean) / thinkTime, 1e-8);
      }),
      SEED,
    );
  });

  test("keeps Little's law around the whole cycle", () => {
    fc.assert(
      fc.property(sources, (source) => {
        const result = finiteSource(source);
        expectClose(result.throughput * (source.thinkTime + result.sojourn!.mean), source.population, 1e-11);
        expectClose(result.meanQueueLength, result.throughput * result.wait!.mean, 1e-10, 1e-14);
        expectClose(result.sojourn!.tail(0), 1, 1e-12);
        expectClose(integral(result.sojourn!.tail, result.sojourn!.mean), result.sojourn!.mean, 1e-5);
      }),
      { ...SEED, numRuns: 40 },
    );
  });

  test('a server for everyone means no wait', () => {
    const result = finiteSource({ population: 5, servers: 5, thinkTime: 9, serviceTime: 1 });
    expect(result.waitProbability).toBe(0);
    expect(result.wait!.percentile(0.999)).toBe(0);
    expectClose(result.throughput, 0.5, 1e-14);
    expectClose(result.sojourn!.percentile(0.5), Math.LN2, 1e-13);
  });

  test('without thinking all are always there', () => {
    const result = finiteSource({ population: 5, servers: 2, thinkTime: 0, serviceTime: 1 });
    expect(result.meanInSystem).toBe(5);
    expectClose(result.throughput, 2, 1e-15);
    expectClose(result.wait!.mean, 1.5, 1e-15);
    expectClose(result.sojourn!.mean, 2.5, 1e-15);
  });

  test('without thinking a wait is an Erlang law of N − c stages, a sojourn at one server of N', () => {
    const { wait } = finiteSource({ population: 50, servers: 3, thinkTime: 0, serviceTime: 1 });
    const { sojourn } = finiteSource({ population: 50, servers: 1, thinkTime: 0, serviceTime: 1 });
    for (const t of [10, 15.7, 25]) expectClose(wait!.tail(t), upperGamma(47, 3 * t), 1e-11);
    for (const t of [30, 50, 90]) expectClose(sojourn!.tail(t), upperGamma(50, t), 1e-11);
  });

  test('tails of large populations agree with their means, nearly idle and nearly all waiting', () => {
    for (const [population, servers, thinkTime] of [
      [20_000, 2000, 9.2],
      [20_000, 2000, 8.8],
      [3000, 4, 1],
    ] as const) {
      const result = finiteSource({ population, servers, thinkTime, serviceTime: 1 });
      expectClose(result.throughput * (thinkTime + result.sojourn!.mean), population, 1e-11);
      for (const { tail, percentile, mean } of [result.wait!, result.sojourn!]) {
        const [from, to] = [percentile(1e-12), percentile(1 - 1e-12)];
        let area = from;
        const steps = 2000;
        const step = (to - from) / steps;
        for (let i = 0; i <= steps; i += 1)
          area += (tail(from + i * step) * step * (i === 0 || i === steps ? 1 : i % 2 ? 4 : 2)) / 3;
        expectClose(area, mean, 1e-4);
      }
      expectClose(result.wait!.tail(0), result.waitProbability!, 1e-12);
      expect(result.route).toContain('arrival theorem');
    }
  });

  test('with one customer there is no queue', () => {
    const result = finiteSource({ population: 1, servers: 1, thinkTime: 3, serviceTime: 1 });
    expectClose(result.utilization, 0.25, 1e-15);
    expect(result.waitProbability).toBe(0);
  });

  test('large populations approach M/M/c', () => {
    const open = mmc({ servers: 20, arrivalRate: 18, serviceTime: 1 });
    const { throughput, wait } = finiteSource({
      population: 1e7,
      servers: 20,
      thinkTime: 1e7 / 18,
      serviceTime: 1,
    });
    expectClose(throughput, 18, 1e-5);
    expectClose(wait!.percentile(0.99), open.wait!.percentile(0.99), 1e-4);
  });

  test('states of huge populations are a window', () => {
    const { first, probabilities } = machineStates(1e8, 1000, 1e-3);
    expect(first).toBeGreaterThan(9e7);
    expect(probabilities.length).toBeLessThan(100_000);
    expectClose(
      probabilities.reduce((a, b) => a + b, 0),
      1,
      1e-12,
    );
  });

  test.each([
    [
      { population: 0, servers: 1, thinkTime: 1, serviceTime: 1 },
      'population must be a whole number of 1 or more',
    ],
    [{ population: 1, servers: 0, thinkTime: 1, serviceTime: 1 }, 'servers must be'],
    [{ population: 1, servers: 1, thinkTime: -1, serviceTime: 1 }, 'thinkTime must be 0 or more'],
    [{ population: 1, servers: 1, thinkTime: 1, serviceTime: 0 }, 'serviceTime must be'],
  ])('wrong inputs are named (%#)', (source, message) => {
    expect(() => finiteSource(source)).toThrow(message);
  });
});

describe('sums of stages', () => {
  test('one stage is exponential, also far in the tail', () => {
    const one = (k: number) => (k < 1 ? 1 : 0);
    expectClose(stagesTail(2, 3, one), Math.exp(-6), 1e-15);
    expectClose(stagesTail(2, 300, one), Math.exp(-600), 1e-12);
  });

  test('geometrically many stages are exponential again', () => {
    const geometric = (k: number) => 0.9 ** k;
    for (const t of [0, 0.1, 5, 100, 3000])
      expectClose(stagesTail(1, t, geometric), Math.exp(-0.1 * t), 1e-11);
  });
});
