import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Station } from '../../../src/model/connections/station.js';

/**
 * Throughput of a closed network of a delay (mean 1 − φ) and `c` exponential servers (mean φ), by convolution (Buzen 1973):
 * X(m) = G(m − 1)/G(m), in requests per mean uncontended wait.
 */
function throughput(requests: number, connections: number, share: number): number {
  const constant = (m: number): number => {
    let sum = 0;
    for (let b = 0; b <= m; b++) {
      let term = 1;
      for (let i = 1; i <= b; i++) term *= share / Math.min(i, connections);
      for (let i = 1; i <= m - b; i++) term *= (1 - share) / i;
      sum += term;
    }
    return sum;
  };
  return constant(requests - 1) / constant(requests);
}

describe('a station of connections', () => {
  it('gets through what a closed network of a delay and exponential servers does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.constantFrom(0.1, 0.5, 0.9, 1),
        fc.integer({ min: 1, max: 40 }),
        (connections, share, requests) => {
          const station = new Station({ connections, share });
          expect(requests / station.lengthening(requests)).toBeCloseTo(
            throughput(requests, connections, share),
            9,
          );
        },
      ),
      { seed: 1 },
    );
  });

  it('lengthens no wait while there is a connection for each', () => {
    const station = new Station({ connections: 5, share: 0.7 });
    for (const requests of [0, 0.5, 1, 4, 4.5, 5]) expect(station.lengthening(requests)).toBe(1);
    expect(station.found(4)).toMatchObject({ probability: 0, mean: 0 });
  });

  it('gets through no more than its connections, however many requests there are', () => {
    const station = new Station({ connections: 3, share: 0.5 });
    for (const requests of [100, 10_000, 1e6])
      expect(requests / station.lengthening(requests)).toBeCloseTo(3 / 0.5, 9);
    expect(station.found(1e6).probability).toBeCloseTo(1, 9);
  });

  it('finds the line of a closed queue: all but the servers and the one who asks', () => {
    // With nothing but the connections, 9 others hold 4 of them and 5 are in line, who leave at rate 4.
    const found = new Station({ connections: 4, share: 1 }).found(9);
    expect(found.probability).toBe(1);
    expect(found.mean).toBeCloseTo(6 / 4, 12);
  });

  it('has the mean of Pollaczek and Khinchine for one connection and requests that come at random', () => {
    // π(m) ∝ uᵐ·Π L(j)/j is the population before one server; of M/G/1 it has the mean u + f·u²/(1 − u).
    for (const [factor, utilization] of [
      [0.5, 0.6],
      [0.5, 0.9],
      [2.5, 0.7],
    ] as const) {
      const station = new Station({ connections: 1, share: 1 }, { factor, utilization });
      let [weight, total, mean] = [1, 1, 0];
      for (let m = 1; m < 2000; m++) {
        weight *= (utilization * station.lengthening(m)) / m;
        total += weight;
        mean += m * weight;
      }
      expect(mean / total).toBeCloseTo(utilization + (factor * utilization ** 2) / (1 - utilization), 6);
    }
  });
});
