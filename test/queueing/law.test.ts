import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Law, lawCv, lawDurations, lawMean, lawThirdMoment } from '../../src/queueing/index.js';
import { lawDensity } from '../../src/queueing/law-density.js';
import { transformComplement } from '../../src/queueing/law-transform.js';
import { expectSoundDurations } from './durations-checks.js';
import { expectClose } from './fixture-cases.js';
import { anyLaw } from './laws.js';

/** Moments by integration of the tail: E Xⁿ = n∫tⁿ⁻¹P(X > t)dt over equal steps of ln t. */
function momentOf(law: Law, n: number): number {
  const { tail } = lawDurations(law);
  let sum = 0;
  const step = 0.002;
  for (let y = -14; y < 14; y += step) sum += n * Math.exp(n * y) * tail(Math.exp(y)) * step;
  return sum;
}

const LAWS: Law[] = [
  { kind: 'exponential', mean: 2 },
  { kind: 'erlang', mean: 2, stages: 3 },
  { kind: 'hyperexponential', mean: 2, cv: 1.7 },
  { kind: 'lognormal', mean: 2, cv: 0.8 },
  { kind: 'gamma', mean: 2, cv: 1.4 },
  { kind: 'gamma', mean: 2, cv: 0.3 },
  { kind: 'two-moment', mean: 2, cv: 0.63 },
  { kind: 'two-moment', mean: 2, cv: 1.5 },
  { kind: 'empirical', quantiles: [0.1, 0.5, 1, 4] },
];

describe('laws of durations', () => {
  it.each(LAWS)('has the moments that its distribution function has: %j', (law) => {
    expectClose(lawMean(law), momentOf(law, 1), 1e-5, 'mean');
    expectClose(lawMean(law) ** 2 * (1 + lawCv(law) ** 2), momentOf(law, 2), 1e-5, 'second moment');
    expectClose(lawThirdMoment(law), momentOf(law, 3), 2e-5, 'third moment');
  });

  it.each(LAWS)('has the transform that its distribution function has: %j', (law) => {
    const { tail } = lawDurations(law);
    const complement = transformComplement(law);
    for (const s of [1e-6, 0.1, 1, 7]) {
      let sum = 0;
      const step = 0.001;
      for (let y = -16; y < 8; y += step) sum += s * Math.exp(y - s * Math.exp(y)) * tail(Math.exp(y)) * step;
      expectClose(complement({ re: s, im: 0 }).re, sum, 1e-5, `at ${s}`);
    }
    // |E e^{−sX}| ≤ 1, and the derivative at 0 is the mean
    for (const im of [0.1, 3, 50]) {
      const value = complement({ re: 0.01, im });
      expect(Math.hypot(1 - value.re, value.im)).toBeLessThanOrEqual(1);
    }
    expectClose(complement({ re: 1e-9, im: 0 }).re / 1e-9, lawMean(law), 1e-7, 'slope');
  });

  it('falls from 1 to 0 with percentiles that undo the tail', () => {
    fc.assert(
      fc.property(anyLaw, (law) => {
        const given = law(3);
        expectClose(lawMean(given), 3, 1e-12, 'mean');
        if (given.kind !== 'deterministic') expectSoundDurations(lawDurations(given), 1e-8);
      }),
      { seed: 13, numRuns: 80 },
    );
  });

  it('lets two moments stand for the simplest law that has them', () => {
    const cases = [0.1, 0.35, 0.5, 0.7, 0.9, 1, 1.3, 3];
    for (const cv of cases) {
      const law: Law = { kind: 'two-moment', mean: 5, cv };
      const { mean, tail } = lawDurations(law);
      expectClose(mean, 5, 1e-12, 'mean');
      expect(tail(0)).toBe(1);
      expectClose(Math.sqrt(momentOf(law, 2) / 25 - 1), cv, 1e-4, 'cv');
    }
  });

  it('has densities that are the slopes of their tails', () => {
    for (const law of [
      { kind: 'exponential', mean: 2 },
      { kind: 'erlang', mean: 2, stages: 3 },
      { kind: 'gamma', mean: 2, cv: 1.5 },
      { kind: 'lognormal', mean: 2, cv: 0.7 },
      { kind: 'hyperexponential', mean: 2, cv: 1.5 },
      { kind: 'two-moment', mean: 2, cv: 0.8 },
      { kind: 'empirical', quantiles: [0.2, 1, 1.7, 5] },
    ] as const) {
      const density = lawDensity(law);
      const { tail } = lawDurations(law);
      for (const t of [0.5, 1.3, 2.9])
        expectClose((tail(t - 1e-5) - tail(t + 1e-5)) / 2e-5, density(t), 1e-6, `${law.kind} at ${t}`);
    }
    expect(() => lawDensity({ kind: 'deterministic', mean: 1 })).toThrow(RangeError);
  });
});
