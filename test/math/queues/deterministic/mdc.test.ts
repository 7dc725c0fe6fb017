import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaussLegendre } from '../../../../src/math/numeric/gauss-legendre.js';
import { deterministicQueue } from '../../../../src/math/queues/deterministic/queue-length.js';
import { type MdcInput, mdc } from '../../../../src/math/queues/index.js';
import { casesOf, expectClose, PERCENTILES } from '../../fixture-cases.js';
import { expectSoundDurations, expectSoundResult } from '../durations-checks.js';

describe('M/D/c', () => {
  it.each(casesOf<{ lambda: number; service: number; servers: number }>('mdc'))(
    'agrees with $id',
    ({ inputs, expected }) => {
      const result = mdc({
        arrivalRate: inputs.lambda,
        serviceTime: inputs.service,
        servers: inputs.servers,
      });
      expectClose(result.waitProbability!, expected.Pwait, 1e-12, 'wait probability');
      expectClose(result.wait!.mean, expected.Wq, 1e-11, 'mean wait');
      for (const [name, p] of PERCENTILES) {
        expectClose(result.wait!.percentile(p), expected[`Wq_${name}`], 1e-11, `wait ${name}`);
        expectClose(result.sojourn!.percentile(p), expected[`W_${name}`], 1e-11, `sojourn ${name}`);
      }
    },
  );

  it('gives half the wait of M/M/1 at one server, up to 1 − 1e-9', () => {
    for (const utilization of [0.05, 0.5, 0.9, 0.999, 1 - 1e-6, 1 - 1e-9]) {
      const result = mdc({ arrivalRate: utilization, serviceTime: 1, servers: 1 });
      expectClose(result.waitProbability!, utilization, 1e-13, 'wait probability');
      expectClose(result.wait!.mean, utilization / (1 - utilization) / 2, 1e-6, 'mean wait');
    }
  });

  it('is sound for random loads and up to thousands of servers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.double({ min: 0.05, max: 0.999, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (servers, utilization, serviceTime) => {
          const arrivalRate = (servers * utilization) / serviceTime;
          const result = mdc({ arrivalRate, serviceTime, servers });
          expectSoundResult(result, arrivalRate, serviceTime);
          if (result.waitProbability! > 1e-3) expectSoundDurations(result.wait!);
          expectClose(result.wait!.tail(0), result.wait!.tail(1e-12 * serviceTime), 1e-8, 'tail at 0');
        },
      ),
      { seed: 11, numRuns: 60 },
    );
  });

  it('has a mean wait that is the area under the tail', () => {
    const rule = gaussLegendre(12);
    for (const [servers, utilization] of [
      [1, 0.9],
      [7, 0.6],
      [40, 0.97],
    ] as const) {
      const { wait } = mdc({ arrivalRate: servers * utilization, serviceTime: 1, servers });
      // kinks lie at whole services only, between which the rule is exact but for rounding
      let area = 0;
      for (let n = 0; n < 400; n += 1)
        for (const { node, weight } of rule) area += (weight / 2) * wait!.tail(n + (node + 1) / 2);
      expectClose(area, wait!.mean, 1e-8, 'area');
    }
  });

  it('waits longer under more load and less with more servers', () => {
    const meanWait = (arrivalRate: number, servers: number) =>
      mdc({ arrivalRate, serviceTime: 1, servers }).wait!.mean;
    for (let rate = 0.5; rate < 9.4; rate += 0.1) {
      expect(meanWait(rate + 0.1, 10)).toBeGreaterThan(meanWait(rate, 10));
      expect(meanWait(rate, 11)).toBeLessThan(meanWait(rate, 10));
    }
  });

  it('reports overload as a result and bad input as an error', () => {
    expect(mdc({ arrivalRate: 4, serviceTime: 1, servers: 4 })).toMatchObject({
      stable: false,
      wait: null,
      throughput: 4,
    });
    const refused: readonly [Partial<MdcInput>, string][] = [
      [{ arrivalRate: -1 }, 'arrivalRate must be greater than 0'],
      [{ servers: 1.5 }, 'servers must be a whole number'],
      [{ serviceTime: Number.NaN }, 'serviceTime must be greater than 0'],
    ];
    for (const [wrong, message] of refused)
      expect(() => mdc({ arrivalRate: 1, serviceTime: 0.5, servers: 1, ...wrong })).toThrow(message);
    expect(() => mdc({ arrivalRate: -1, serviceTime: 1, servers: 4 })).toThrow(RangeError);
  });

  it('has the wait of Erlang at one server', () => {
    // P(W ≤ t) = (1 − ρ)Σ_{k≤t}(−ρ(t − k))ᵏ/k!·e^{ρ(t − k)} (Erlang 1909)
    for (const utilization of [0.1, 0.5, 0.89, 0.91, 0.95, 0.9999]) {
      const { wait, sojourn } = mdc({ arrivalRate: utilization, serviceTime: 1, servers: 1 });
      for (const t of [1e-9, 0.3, 0.999999, 1, 1.7, 2, 3.2]) {
        let sum = 0;
        for (let k = 0, factorial = 1; k <= t; k += 1, factorial *= k)
          sum += ((-utilization * (t - k)) ** k / factorial) * Math.exp(utilization * (t - k));
        expectClose(wait!.tail(t), 1 - (1 - utilization) * sum, 2e-10, `${utilization} at ${t}`);
        expectClose(sojourn!.tail(1 + t), wait!.tail(t), 1e-9, 'with the service');
      }
      expect(wait!.tail(-0.1)).toBe(1);
      expect(sojourn!.tail(0.99)).toBe(1);
    }
  });

  it('falls geometrically far beyond what the transform resolves', () => {
    for (const [servers, utilization] of [
      [1, 0.5],
      [1, 0.97],
      [4, 0.7],
      [50, 0.8],
      [50, 0.995],
    ] as const) {
      const { wait } = mdc({ arrivalRate: servers * utilization, serviceTime: 1, servers });
      const { growth } = deterministicQueue(servers, utilization);
      const far = wait!.percentile(1 - 1e-9);
      for (const t of [far + 3, 2 * far + 3, 5 * far + 3])
        expectClose(
          wait!.tail(t + 1) / wait!.tail(t),
          growth ** -servers,
          1e-5,
          `${servers}, ${utilization}`,
        );
      // ρ(z₀ − 1) = ln z₀
      expectClose(Math.log(growth), utilization * (growth - 1), 1e-12, 'growth');
    }
  });

  it('does not depend on the unit of time', () => {
    for (const unit of [1e-3, 60]) {
      const one = mdc({ arrivalRate: 3.4, serviceTime: 1, servers: 4 });
      const other = mdc({ arrivalRate: 3.4 / unit, serviceTime: unit, servers: 4 });
      expectClose(other.wait!.mean, unit * one.wait!.mean, 1e-13, 'mean');
      expectClose(other.meanQueueLength!, one.meanQueueLength!, 1e-13, 'queue');
      for (const t of [0, 0.4, 1, 3.3])
        expectClose(other.wait!.tail(unit * t), one.wait!.tail(t), 1e-12, `tail at ${t}`);
      expectClose(other.sojourn!.percentile(0.99), unit * one.sojourn!.percentile(0.99), 1e-12, 'p99');
    }
  });

  it('is exact, and waits at once with the probability of waiting', () => {
    const { exact, route, wait, waitProbability } = mdc({ arrivalRate: 3.4, serviceTime: 1, servers: 4 });
    expect(exact).toBe(true);
    expect(route).toContain('Franx');
    expect(wait!.tail(0)).toBe(waitProbability);
    expect(mdc({ arrivalRate: 1, serviceTime: 1, servers: 5000 }).wait!.percentile(0.999999)).toBe(0);
  });
});
