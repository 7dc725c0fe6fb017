import { describe, expect, it } from 'vitest';
import { findRoot } from '../../../../src/math/numeric/roots.js';
import { gimc, type Law, mmc } from '../../../../src/math/queues/index.js';
import { takacsWait } from '../../../../src/math/queues/multi-server/gimc.js';
import { expectClose } from '../../fixture-cases.js';

/** P(W > 0) by the sum of Takács as printed, for few servers. */
function waitProbability(transform: (s: number) => number, servers: number, sigma: number): number {
  let sum = 1 / (1 - sigma);
  let product = 1;
  let binomial = 1;
  for (let j = 1; j <= servers; j += 1) {
    const phi = transform(j);
    product *= (1 - phi) / phi;
    binomial *= (servers - j + 1) / j;
    sum += ((binomial * product) / (1 - phi)) * ((servers * (1 - phi) - j) / (servers * (1 - sigma) - j));
  }
  return 1 / (sum * (1 - sigma));
}

describe('GI/M/c', () => {
  it('is in closed form for Erlang intervals of two stages at one server', () => {
    for (const utilization of [0.1, 0.6, 0.99]) {
      // with a = 2ρ: σ(a + 1 − σ)² = a², of which σ = 1 is one root
      const a = 2 * utilization;
      const sigma = (1 + 2 * a - Math.sqrt(1 + 4 * a)) / 2;
      const arrival: Law = { kind: 'erlang', mean: 3 / utilization, stages: 2 };
      const {
        waitProbability: waiting,
        wait,
        sojourn,
        exact,
        route,
      } = gimc({ arrival, serviceTime: 3, servers: 1 });
      expectClose(waiting!, sigma, 1e-13, 'probability');
      expectClose(wait!.mean, (3 * sigma) / (1 - sigma), 1e-12, 'mean');
      // the sojourn is exponential
      for (const t of [0.5, 3, 20])
        expectClose(sojourn!.tail(t), Math.exp((-(1 - sigma) * t) / 3), 1e-12, `sojourn at ${t}`);
      expect(sojourn!.tail(-1)).toBe(1);
      expect(exact).toBe(true);
      expect(route).toContain('Takács');
    }
  });

  it('is the sum of Takács for deterministic and other intervals', () => {
    const transforms: readonly [(mean: number) => Law, (mean: number, s: number) => number][] = [
      [(mean) => ({ kind: 'deterministic', mean }), (mean, s) => Math.exp(-s * mean)],
      [(mean) => ({ kind: 'gamma', mean, cv: 2 }), (mean, s) => (1 + 4 * s * mean) ** -0.25],
    ];
    for (const [law, transform] of transforms)
      for (const [servers, utilization] of [
        [2, 0.5],
        [3, 0.9],
        [6, 0.7],
      ] as const) {
        const mean = 1 / (servers * utilization);
        const at = (s: number) => transform(mean, s);
        const sigma = findRoot((x) => at(servers * (1 - x)) - x, 0, 1 - 1e-6);
        const { waitProbability: waiting, rate } = takacsWait(law(mean), 1, servers);
        expectClose(rate, servers * (1 - sigma), 1e-9, 'rate');
        expectClose(waiting, waitProbability(at, servers, sigma), 1e-8, `${law(1).kind}, ${servers} servers`);
      }
  });

  it('passes smoothly through the crossing, where c(1 − σ) is a whole number', () => {
    // c(1 − σ) = 1 for M/M/c with c − a = 1
    const near = (load: number) =>
      gimc({ arrival: { kind: 'exponential', mean: 1 / load }, serviceTime: 1, servers: 4 });
    for (const load of [3, 3 + 1e-7, 3 - 1e-7, 3 + 1e-5, 2, 1 - 1e-9]) {
      const markov = mmc({ arrivalRate: load, serviceTime: 1, servers: 4 });
      expectClose(near(load).waitProbability!, markov.waitProbability!, 1e-9, `at ${load}`);
      expectClose(near(load).sojourn!.tail(2), markov.sojourn!.tail(2), 1e-9, `tail at ${load}`);
      expectClose(near(load).sojourn!.mean, markov.sojourn!.mean, 1e-9, `mean at ${load}`);
    }
  });

  it('answers in any unit of time and where hardly anybody waits', () => {
    const at = (unit: number) =>
      gimc({ arrival: { kind: 'gamma', mean: 0.3 * unit, cv: 0.6 }, serviceTime: unit, servers: 4 });
    expectClose(at(1000).wait!.mean, 1000 * at(1).wait!.mean, 1e-11, 'mean');
    expectClose(at(1000).sojourn!.percentile(0.99), 1000 * at(1).sojourn!.percentile(0.99), 1e-11, 'p99');
    const idle = gimc({ arrival: { kind: 'deterministic', mean: 1 }, serviceTime: 1, servers: 300 });
    expect(idle.waitProbability).toBeLessThan(1e-100);
    expectClose(idle.sojourn!.percentile(0.5), Math.LN2, 1e-12, 'service alone');
    const hectic = gimc({
      arrival: { kind: 'hyperexponential', mean: 1.02, cv: 30 },
      serviceTime: 1,
      servers: 1,
    });
    expect(hectic.waitProbability).toBeGreaterThan(0.98);
    expect(hectic.wait!.mean).toBeGreaterThan(10_000);
  });

  it('says what is guessed, overloaded and wrong', () => {
    const arrival: Law = { kind: 'two-moment', mean: 2, cv: 1.5 };
    const guessed = gimc({ arrival, serviceTime: 1, servers: 1 });
    expect(guessed.exact).toBe(false);
    expect(guessed.errorBand).toContain('two moments of the intervals');
    const fixed = gimc({ arrival: { kind: 'two-moment', mean: 2, cv: 0 }, serviceTime: 1, servers: 1 });
    expect(fixed.exact).toBe(true);
    expect(fixed).not.toHaveProperty('errorBand');
    expect(gimc({ arrival, serviceTime: 2, servers: 1 })).toMatchObject({ stable: false, throughput: 0.5 });
    expect(() => gimc({ arrival: { ...arrival, mean: 0 }, serviceTime: 1, servers: 1 })).toThrow(
      'mean interval',
    );
    expect(() => gimc({ arrival, serviceTime: -1, servers: 1 })).toThrow('serviceTime');
    expect(() => gimc({ arrival, serviceTime: 1, servers: 0 })).toThrow('servers');
  });
});
