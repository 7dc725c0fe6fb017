import { describe, expect, it } from 'vitest';
import type { Law } from '../../../../src/math/queues/index.js';
import { erlangC } from '../../../../src/math/queues/index.js';
import { decayRate, slowestRate } from '../../../../src/math/queues/multi-server/decay-rate.js';
import { affordable } from '../../../../src/math/queues/multi-server/effort.js';
import { momentBand } from '../../../../src/math/queues/multi-server/moment-band.js';
import { occupancy, occupancySize } from '../../../../src/math/queues/multi-server/occupancy.js';
import { phphTimes } from '../../../../src/math/queues/multi-server/phph-times.js';
import {
  extrapolatedMeans,
  quadraticMeans,
} from '../../../../src/math/queues/multi-server/poisson-approximation.js';
import { renewalTimes } from '../../../../src/math/queues/multi-server/renewal-approximation.js';
import { extrapolated, similarSystem } from '../../../../src/math/queues/multi-server/similar-system.js';
import {
  twoExponentialSojourn,
  twoExponentials,
  twoExponentialWait,
} from '../../../../src/math/queues/multi-server/two-exponentials.js';
import {
  erlangPhases,
  hyperexponentialPhases,
  mixedErlangPhases,
} from '../../../../src/math/queues/phase-type/phase-type.js';
import { expectClose } from '../../fixture-cases.js';

const poisson = (servers: number, utilization: number) => erlangPhases(1 / (servers * utilization), 1);

describe('states of busy servers', () => {
  it('conserve probability and count what they should', () => {
    const service = mixedErlangPhases(1, 0.55);
    const { size, within, replacing, ending, starting } = occupancy(5, service);
    expect(size).toBe(occupancySize(5, service.alpha.length));
    const rows = (sparse: { entries: readonly { row: number; value: number }[] }) => {
      const sums = new Array<number>(size).fill(0);
      for (const { row, value } of sparse.entries) sums[row]! += value;
      return sums;
    };
    const [inside, replaced, ended, started] = [within, replacing, ending, starting].map(rows);
    for (let i = 0; i < size; i += 1) {
      expect(Math.abs(inside![i]! + replaced![i]!)).toBeLessThan(1e-12);
      expect(Math.abs(ended![i]! - replaced![i]!)).toBeLessThan(1e-12);
      expect(started![i]!).toBeCloseTo(1, 12);
    }
  });

  it('are limited to what can be solved in time', () => {
    const two = erlangPhases(1, 2);
    expect(affordable(poisson(100, 0.9), two, 100, 0.9)).toBe(true);
    expect(affordable(poisson(200, 0.9), two, 200, 0.9)).toBe(false);
    expect(affordable(poisson(8, 0.9), erlangPhases(1, 4), 8, 0.9)).toBe(true);
    expect(affordable(poisson(12, 0.9), erlangPhases(1, 4), 12, 0.9)).toBe(false);
    expect(affordable(poisson(5000, 0.9), two, 5000, 0.9)).toBe(false);
  });
});

describe('rate of decay', () => {
  it('is cμ − λ for M/M/c, cμ(1 − σ) for GI/M/c, and that of the exact tail elsewhere', () => {
    const exponential = (mean: number): Law => ({ kind: 'exponential', mean });
    expectClose(decayRate(exponential(0.25), exponential(1), 5), 1, 1e-10, 'M/M/5');
    for (const [arrival, service, servers] of [
      [erlangPhases(1 / 2.7, 2), hyperexponentialPhases(1, 2), 3],
      [hyperexponentialPhases(1 / 4.5, 1.5), erlangPhases(1, 3), 5],
    ] as const) {
      const law = (phases: typeof arrival): Law => ({ kind: 'phase-type', ...phases });
      const theta = decayRate(law(arrival), law(service), servers);
      const { wait } = phphTimes(arrival, service, servers);
      const [near, far] = [wait.percentile(1 - 1e-6), wait.percentile(1 - 1e-9)];
      expectClose(Math.log(wait.tail(near) / wait.tail(far)) / (far - near), theta, 1e-5, 'slope');
    }
  });

  it('is infinite where nobody can wait for long, and finite for lognormal service by its fit', () => {
    const fixed = (mean: number): Law => ({ kind: 'deterministic', mean });
    expect(decayRate(fixed(0.5), fixed(1), 4)).toBe(Number.POSITIVE_INFINITY);
    const theta = decayRate({ kind: 'exponential', mean: 0.3 }, { kind: 'lognormal', mean: 1, cv: 2 }, 4);
    expect(theta).toBeGreaterThan(0);
    expect(theta).toBeLessThan(4);
    expect(slowestRate({ kind: 'gamma', mean: 2, cv: 0.5 })).toBe(2);
    const cyclic: Law = {
      kind: 'phase-type',
      alpha: [1, 0],
      generator: [
        [-2, 1],
        [1, -2],
      ],
    };
    expectClose(slowestRate(cyclic), 1, 1e-9, 'cyclic');
  });
});

describe('two exponentials', () => {
  it('are exact for M/H₂/1', () => {
    const service: Law = { kind: 'hyperexponential', mean: 1, cv: 1.8 };
    const exact = phphTimes(poisson(1, 0.8), hyperexponentialPhases(1, 1.8), 1);
    const decay = decayRate({ kind: 'exponential', mean: 1.25 }, service, 1);
    const fitted = twoExponentials(0.8, exact.wait.mean, decay, 0.2);
    const [wait, sojourn] = [twoExponentialWait(fitted), twoExponentialSojourn(fitted, service)];
    for (const p of [0.3, 0.9, 0.999]) {
      expectClose(wait.percentile(p), exact.wait.percentile(p), 1e-9, `wait ${p}`);
      expectClose(sojourn.percentile(p), exact.sojourn.percentile(p), 1e-7, `sojourn ${p}`);
    }
  });

  it('become one where mean and decay leave no room for two', () => {
    expect(twoExponentials(0.5, 1, 0.5, 0.5)).toMatchObject({ share: 1, slow: 0.5 });
    expect(twoExponentials(0.5, 1, Number.POSITIVE_INFINITY, 0.5)).toMatchObject({ share: 1, slow: 0.5 });
    const none = twoExponentials(0, 0, 1, 1);
    expect(twoExponentialWait(none).percentile(0.99)).toBe(0);
    expectClose(
      twoExponentialSojourn(none, { kind: 'exponential', mean: 2 }).percentile(0.9),
      4.605170186,
      1e-8,
      'service',
    );
    const fixed = twoExponentialSojourn(twoExponentials(0.5, 1, 0.5, 0.5), {
      kind: 'deterministic',
      mean: 3,
    });
    expectClose(fixed.percentile(0.75), 3 + Math.log(2) / 0.5, 1e-12, 'deterministic');
    expect(fixed.tail(2.9)).toBe(1);
  });
});

describe('systems out of reach', () => {
  it('are like smaller ones with the same probability of waiting', () => {
    for (const [servers, utilization] of [
      [500, 0.95],
      [5000, 0.99],
      [200, 0.4],
    ] as const) {
      const similar = similarSystem(servers, utilization, 30);
      const target = Math.max(Math.exp(-60), erlangC(servers, servers * utilization));
      expectClose(erlangC(30, 30 * similar.utilization), target, 1e-9, 'probability');
    }
    expectClose(
      extrapolated(400, { servers: 25, value: 1.2 }, { servers: 100, value: 1.1 }),
      1.05,
      1e-12,
      'line',
    );
  });

  it('are extrapolated to well within their band', () => {
    for (const [law, band] of [
      [erlangPhases(1, 2), 2e-4],
      [hyperexponentialPhases(1, 2), 1.5e-3],
    ] as const) {
      const means = extrapolatedMeans(law, 80, 0.9);
      const exact = phphTimes(poisson(80, 0.9), law, 80);
      expectClose(means.mean, exact.wait.mean, band, 'mean');
      expectClose(means.waitProbability, exact.waitProbability, band, 'probability');
    }
  });

  it('are interpolated in cv² to within half a per cent, exactly at ½', () => {
    const exact = phphTimes(poisson(5, 0.8), erlangPhases(1, 4), 5);
    expectClose(quadraticMeans(0.25, 5, 0.8).mean, exact.wait.mean, 5e-3, 'E4');
    const two = phphTimes(poisson(5, 0.8), erlangPhases(1, 2), 5);
    expectClose(quadraticMeans(0.5, 5, 0.8).mean, two.wait.mean, 1e-11, 'E2');
  });

  it('of renewal arrivals stay within their band when laws are simplified', () => {
    for (const [arrival, service, servers] of [
      [erlangPhases(1 / 3.4, 4), erlangPhases(1, 4), 4],
      [hyperexponentialPhases(1 / 3.4, 2), erlangPhases(1, 4), 4],
      [erlangPhases(1 / 30, 2), hyperexponentialPhases(1, 2), 34],
    ] as const) {
      const exact = phphTimes(arrival, service, servers);
      const found = renewalTimes(
        { kind: 'phase-type', ...arrival },
        { kind: 'phase-type', ...service },
        servers,
      );
      expectClose(found.wait.mean, exact.wait.mean, 0.02, 'mean');
      expectClose(found.sojourn.percentile(0.99), exact.sojourn.percentile(0.99), 0.01, 'p99');
    }
  });

  it('say what two moments leave open, the more the more variable', () => {
    const texts = [0.5, 1.2, 1.9, 3, 9].map((scv) => momentBand(scv, 4));
    expect(new Set(texts).size).toBe(5);
    expect(momentBand(4, 1)).toContain('mean wait exact');
  });
});
