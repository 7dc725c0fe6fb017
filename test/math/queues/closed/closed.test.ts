import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asymptoticBounds, balancedJobBounds } from '../../../../src/math/queues/closed/bounds.js';
import { closedNetwork } from '../../../../src/math/queues/closed/closed-network.js';
import { convolution } from '../../../../src/math/queues/closed/convolution.js';
import { meanValueAnalysis } from '../../../../src/math/queues/closed/mean-value-analysis.js';
import type { ClosedNetwork, ClosedResult } from '../../../../src/math/queues/closed/network.js';
import { finiteSource } from '../../../../src/math/queues/finite/finite-source.js';
import { expectClose, fixture, SEED } from '../../support.js';

interface Case extends ClosedNetwork {
  readonly id: string;
  readonly expected: {
    readonly throughput: number;
    readonly meanSojourn: number;
    readonly meanNumbers: readonly number[];
  };
}

describe.each([
  ['by the route of choice', closedNetwork],
  ['by convolution', convolution],
])('%s', (_, solve) => {
  test.each(fixture<Case>('closed'))('$id', ({ expected, ...network }) => {
    const result = solve(network);
    expectClose(result.throughput, expected.throughput, 1e-13);
    expectClose(result.meanSojourn, expected.meanSojourn, 1e-13);
    expected.meanNumbers.forEach((mean, i) => {
      expectClose(result.stations[i]!.meanNumber, mean, 1e-13);
    });
  });
});

const station = fc.record({
  demand: fc.double({ min: 0.001, max: 2, noNaN: true }),
  servers: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 12 }), fc.constant('delay' as const)),
});
const networks = fc.record({
  stations: fc.array(station, { minLength: 1, maxLength: 4 }),
  thinkTime: fc.double({ min: 0, max: 10, noNaN: true }),
  population: fc.integer({ min: 1, max: 25 }),
});

/** Throughput by summing over all states, with plain convolution of D^n/Π min(j, c). */
function plainThroughput({ stations, thinkTime, population }: ClosedNetwork): number {
  let g = Array.from({ length: population + 1 }, (_, n) => {
    let term = 1;
    for (let j = 1; j <= n; j += 1) term *= thinkTime / j;
    return term;
  });
  for (const { demand, servers } of stations) {
    const f = [1];
    for (let n = 1; n <= population; n += 1)
      f.push((f[n - 1]! * demand) / (servers === 'delay' ? n : Math.min(n, servers)));
    g = g.map((_, n) => f.slice(0, n + 1).reduce((sum, x, k) => sum + x * g[n - k]!, 0));
  }
  return g[population - 1]! / g[population]!;
}

function expectCustomersCounted(result: ClosedResult, { thinkTime, population }: ClosedNetwork): void {
  const inside = result.stations.reduce((sum, { meanNumber }) => sum + meanNumber, 0);
  expectClose(inside + result.throughput * thinkTime, population, 1e-11);
  expectClose(result.throughput * (result.meanSojourn + thinkTime), population, 1e-11);
}

describe('identities', () => {
  test('both routes agree with the plain normalising constants', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const wanted = plainThroughput(network);
        expectClose(convolution(network).throughput, wanted, 1e-11);
        expectClose(closedNetwork(network).throughput, wanted, 1e-11);
      }),
      SEED,
    );
  });

  test('all customers are somewhere', () => {
    fc.assert(
      fc.property(networks, (network) => {
        expectCustomersCounted(convolution(network), network);
        expectCustomersCounted(closedNetwork(network), network);
      }),
      SEED,
    );
  });

  test('the throughput keeps its bounds', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const { throughput, meanSojourn } = closedNetwork(network);
        const asymptotic = asymptoticBounds(network);
        expect(throughput).toBeGreaterThanOrEqual(asymptotic.throughput.lower * (1 - 1e-12));
        expect(throughput).toBeLessThanOrEqual(asymptotic.throughput.upper * (1 + 1e-12));
        expect(meanSojourn).toBeGreaterThanOrEqual(asymptotic.meanSojourn.lower * (1 - 1e-9));
        expect(meanSojourn).toBeLessThanOrEqual(asymptotic.meanSojourn.upper * (1 + 1e-9) + 1e-9);
        if (network.stations.some(({ servers }) => servers !== 'delay' && servers > 1)) return;
        const balanced = balancedJobBounds(network);
        expect(throughput).toBeGreaterThanOrEqual(balanced.throughput.lower * (1 - 1e-12));
        expect(throughput).toBeLessThanOrEqual(balanced.throughput.upper * (1 + 1e-12));
        expect(balanced.throughput.lower).toBeGreaterThanOrEqual(asymptotic.throughput.lower * (1 - 1e-12));
        expect(balanced.throughput.upper).toBeLessThanOrEqual(asymptotic.throughput.upper * (1 + 1e-12));
      }),
      SEED,
    );
  });

  test('throughput grows with the population and with servers', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const { throughput } = closedNetwork(network);
        const more = closedNetwork({ ...network, population: network.population + 1 });
        expect(more.throughput).toBeGreaterThanOrEqual(throughput * (1 - 1e-12));
        const stations = network.stations.map(({ demand, servers }) => ({
          demand,
          servers: servers === 'delay' ? servers : servers + 1,
        }));
        expect(closedNetwork({ ...network, stations }).throughput).toBeGreaterThanOrEqual(
          throughput * (1 - 1e-12),
        );
      }),
      SEED,
    );
  });

  test('one multi-server station is the finite-source queue', () => {
    for (const [population, servers] of [
      [30, 4],
      [500, 60],
      [20_000, 300],
    ] as const) {
      const queue = finiteSource({ population, servers, thinkTime: 60, serviceTime: 1 });
      const network = closedNetwork({ population, thinkTime: 60, stations: [{ demand: 1, servers }] });
      expectClose(network.throughput, queue.throughput, 1e-11);
      expectClose(network.stations[0]!.meanNumber, queue.meanInSystem!, 1e-11);
      expectClose(network.stations[0]!.utilization, queue.utilization, 1e-11);
    }
  });
});

describe('populations of 100,000', () => {
  const population = 100_000;

  test('several servers per station: all customers are somewhere, none negative', () => {
    const network = {
      population,
      thinkTime: 100,
      stations: [
        { demand: 4, servers: 1000 },
        { demand: 2, servers: 500 },
        { demand: 0.004, servers: 1 },
        { demand: 1, servers: 'delay' as const },
      ],
    };
    const result = closedNetwork(network);
    expectCustomersCounted(result, network);
    for (const { meanNumber } of result.stations) expect(meanNumber).toBeGreaterThan(0);
    expect(result.throughput).toBeLessThan(250);
    expect(result.throughput).toBeGreaterThan(249.9);
    expect(result.route).toContain('convolution');
  });

  test('the textbook case in which the classical recursion goes negative', () => {
    const at = (n: number) =>
      closedNetwork({ population: n, thinkTime: 10, stations: [{ demand: 4, servers: 8 }] }).meanSojourn;
    expectClose(at(60), 20.0000000033, 1e-11);
    expectClose(at(90), 35, 1e-12);
    expectClose(at(100_000), 100_000 / 2 - 10, 1e-11);
  });

  test('balanced single servers share the customers', () => {
    const stations = [1, 2, 3].map(() => ({ demand: 0.005, servers: 1 }));
    const mva = meanValueAnalysis({ stations, thinkTime: 0, population });
    for (const { meanNumber } of mva.stations) expectClose(meanNumber, population / 3, 1e-11);
    expectClose(mva.throughput, population / (0.005 * (population + 2)), 1e-11);
    expectClose(convolution({ stations, thinkTime: 0, population }).throughput, mva.throughput, 1e-10);
    expect(mva.route).toBe('exact mean value analysis');
  });

  test('sixty balanced stations do not underflow', () => {
    const stations = Array.from({ length: 60 }, () => ({ demand: 1, servers: 2 }));
    const network = { stations, thinkTime: 0, population: 10_000 };
    const result = convolution(network);
    expectCustomersCounted(result, network);
    for (const { meanNumber } of result.stations) expectClose(meanNumber, 10_000 / 60, 1e-10);
  });
});

describe('edges', () => {
  test('delays alone never queue', () => {
    const result = closedNetwork({
      population: 7,
      thinkTime: 1,
      stations: [
        { demand: 2, servers: 'delay' },
        { demand: 0.5, servers: 7 },
      ],
    });
    expectClose(result.throughput, 2, 1e-15);
    expectClose(result.meanSojourn, 2.5, 1e-15);
    expect(result.stations[0]!.utilization).toBeNull();
    expectClose(result.stations[1]!.utilization, 1 / 7, 1e-14);
    expectClose(convolution({ population: 7, thinkTime: 3.5, stations: [] }).throughput, 2, 1e-15);
  });

  test('a station without demand is empty', () => {
    const result = closedNetwork({
      population: 3,
      thinkTime: 0,
      stations: [
        { demand: 1, servers: 1 },
        { demand: 0, servers: 1 },
        { demand: 0, servers: 2 },
      ],
    });
    expectClose(result.throughput, 1, 1e-15);
    expect(result.stations.map(({ meanNumber }) => meanNumber)).toEqual([3, 0, 0]);
  });

  test.each([
    [{ population: 0, thinkTime: 1, stations: [] }, 'population must be a whole number of 1 or more, got 0'],
    [{ population: 1, thinkTime: -1, stations: [] }, 'thinkTime must be 0 or more, got -1'],
    [{ population: 1, thinkTime: 0, stations: [] }, 'needs a think time or a demand'],
    [
      { population: 1, thinkTime: 0, stations: [{ demand: -1, servers: 1 }] },
      'demand must be 0 or more, got -1',
    ],
    [
      { population: 1, thinkTime: 0, stations: [{ demand: 1, servers: 0 }] },
      'servers must be a whole number',
    ],
  ])('wrong inputs are named (%#)', (network, message) => {
    expect(() => closedNetwork(network)).toThrow(message);
    expect(() => asymptoticBounds(network)).toThrow(message);
  });

  test('what does not apply to several servers says so', () => {
    const network = { population: 9, thinkTime: 1, stations: [{ demand: 1, servers: 2 }] };
    expect(() => meanValueAnalysis(network)).toThrow(/single servers and delays; use closedNetwork/);
    expect(() => balancedJobBounds(network)).toThrow(/single servers and delays only/);
  });
});

describe('bounds', () => {
  test('of a published example', () => {
    // Octave queueing 1.2.7, qncsaba: two stations, 120 s of thinking, 20 customers: X ≤ 0.109, R ≥ 64.
    const { throughput, meanSojourn } = asymptoticBounds({
      population: 20,
      thinkTime: 120,
      stations: [
        { demand: 9.2, servers: 1 },
        { demand: 8, servers: 1 },
      ],
    });
    expect(throughput.upper).toBeCloseTo(0.109, 3);
    expect(meanSojourn.lower).toBeCloseTo(64, 8);
    expectClose(throughput.lower, 20 / (120 + 20 * 17.2), 1e-14);
    expectClose(meanSojourn.upper, 20 * 17.2, 1e-13);
  });

  test('balanced job bounds are exact for balanced networks without thinking', () => {
    const stations = [1, 1, 1].map((demand) => ({ demand, servers: 1 }));
    const bounds = balancedJobBounds({ population: 6, thinkTime: 0, stations });
    expectClose(bounds.throughput.lower, 6 / 8, 1e-14);
    expectClose(bounds.throughput.upper, 6 / 8, 1e-14);
  });

  test('without queueing they meet', () => {
    const bounds = balancedJobBounds({
      population: 4,
      thinkTime: 1,
      stations: [{ demand: 1, servers: 'delay' }],
    });
    expect(bounds.throughput).toEqual({ lower: 2, upper: 2 });
    expect(bounds.meanSojourn).toEqual({ lower: 1, upper: 1 });
  });

  test('stations without demand change nothing', () => {
    const network = {
      population: 7,
      thinkTime: 3,
      stations: [
        { demand: 1, servers: 1 },
        { demand: 0.4, servers: 1 },
        { demand: 2, servers: 'delay' as const },
      ],
    };
    const more = { ...network, stations: [...network.stations, { demand: 0, servers: 1 }] };
    expect(balancedJobBounds(more)).toEqual(balancedJobBounds(network));
    expect(asymptoticBounds(more)).toEqual(asymptoticBounds(network));
  });
});

test('convolution is taken only where some may queue for several servers', () => {
  const route = (servers: number | 'delay', population: number) =>
    closedNetwork({
      population,
      thinkTime: 1,
      stations: [
        { demand: 1, servers: 1 },
        { demand: 1, servers },
      ],
    });
  expect(route(1, 9)).toMatchObject({ route: 'exact mean value analysis', exact: true });
  expect(route('delay', 9).route).toBe('exact mean value analysis');
  expect(route(9, 9).route).toBe('exact mean value analysis');
  expect(route(8, 9)).toMatchObject({ route: 'exact convolution, tilted', exact: true });
});
