import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lawDensity } from '../../../src/math/laws/density.js';
import { transformComplement } from '../../../src/math/laws/transform.js';
import { type Law, lawCv, lawDurations, lawMean, lawThirdMoment } from '../../../src/math/queues/index.js';
import { expectClose } from '../fixture-cases.js';
import { expectSoundDurations } from '../queues/durations-checks.js';
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

  it('has the moments of the textbook', () => {
    const third = (law: Law) => lawThirdMoment(law) / lawMean(law) ** 3;
    const mean = 2;
    const cases: readonly [Law, number, number][] = [
      [{ kind: 'deterministic', mean }, 0, 1],
      [{ kind: 'exponential', mean }, 1, 6],
      [{ kind: 'erlang', mean, stages: 4 }, 0.5, (5 * 6) / 16],
      [{ kind: 'gamma', mean, cv: 2 }, 2, 5 * 9],
      [{ kind: 'lognormal', mean, cv: 2 }, 2, 5 ** 3],
      // balanced means: 3cv²(cv² + 1)
      [{ kind: 'hyperexponential', mean, cv: 2 }, 2, 60],
      [{ kind: 'two-moment', mean, cv: 2 }, 2, 60],
      [{ kind: 'two-moment', mean, cv: 0.5 }, 0.5, (5 * 6) / 16],
      // uniform on (0, 2): E X² = 4/3, E X³ = 2
      [{ kind: 'empirical', quantiles: [0, 2] }, Math.sqrt(1 / 3), 2],
      [{ kind: 'empirical', quantiles: [0, 0.5, 1, 1.5, 2] }, Math.sqrt(1 / 3), 2],
      [{ kind: 'empirical', quantiles: [3, 3] }, 0, 1],
    ];
    for (const [law, cv, cubed] of cases) {
      expectClose(lawCv(law), cv, 1e-12, `cv of ${law.kind}`);
      expectClose(third(law), cubed, 1e-12, `third moment of ${law.kind}`);
    }
    expect(lawCv({ kind: 'empirical', quantiles: [0, 0] })).toBe(0);
    const phases: Law = { kind: 'phase-type', alpha: [1, 0], generator: [[-2, 2], [0, -2]] }; // biome-ignore format: a matrix
    expectClose(lawMean(phases), 1, 1e-14, 'mean');
    expectClose(lawCv(phases), Math.SQRT1_2, 1e-14, 'cv');
    expectClose(lawThirdMoment(phases), 3, 1e-14, 'third moment');
  });

  it('has the tail of the textbook', () => {
    const at = (law: Law, ...times: number[]) => times.map(lawDurations(law).tail);
    const close = (got: number[], want: number[]) => {
      expect(got).toHaveLength(want.length);
      want.forEach((x, i) => {
        expectClose(got[i]!, x, 1e-13, `number ${i}`);
      });
    };
    expect(at({ kind: 'deterministic', mean: 2 }, -1, 0, 1.99, 2, 3)).toEqual([1, 1, 1, 0, 0]);
    close(at({ kind: 'exponential', mean: 2 }, -1, 0, 3), [1, 1, Math.exp(-1.5)]);
    close(at({ kind: 'erlang', mean: 2, stages: 2 }, -1, 0, 3), [1, 1, 4 * Math.exp(-3)]);
    close(at({ kind: 'gamma', mean: 2, cv: Math.SQRT1_2 }, -1, 0, 3), [1, 1, 4 * Math.exp(-3)]);
    // the median of a lognormal law is e^μ = mean/√(1 + cv²)
    close(at({ kind: 'lognormal', mean: 2, cv: Math.sqrt(3) }, -1, 0, 1), [1, 1, 0.5]);
    close(
      at({ kind: 'hyperexponential', mean: 2, cv: Math.sqrt(5 / 3) }, -1, 0, 3),
      // balanced means with p = ¾ and ¼, rates ¾ and ¼
      [1, 1, 0.75 * Math.exp(-2.25) + 0.25 * Math.exp(-0.75)],
    );
    const empirical: Law = { kind: 'empirical', quantiles: [1, 2, 4, 4, 8] };
    close(
      at(empirical, 0, 1, 1.5, 2, 3, 3.999999, 4, 5, 8, 9),
      [1, 1, 0.875, 0.75, 0.625, 0.500000125, 0.25, 0.1875, 0, 0],
    );
    const { mean, percentile } = lawDurations(empirical);
    expect(mean).toBe((1.5 + 3 + 4 + 6) / 4);
    close([0, 0.125, 0.25, 0.375, 0.6, 0.75, 0.875].map(percentile), [1, 1.5, 2, 3, 4, 4, 6]);
    expect(lawDurations({ kind: 'deterministic', mean: 2 }).percentile(0.999)).toBe(2);
    expect(lawDurations({ kind: 'deterministic', mean: 2 }).mean).toBe(2);
  });

  it('has the density of the textbook', () => {
    const close = (law: Law, t: number, want: number) =>
      expectClose(lawDensity(law)(t), want, 1e-12, `${law.kind} at ${t}`);
    close({ kind: 'exponential', mean: 2 }, 3, Math.exp(-1.5) / 2);
    close({ kind: 'erlang', mean: 2, stages: 2 }, 3, 3 * Math.exp(-3));
    close({ kind: 'gamma', mean: 2, cv: Math.SQRT1_2 }, 3, 3 * Math.exp(-3));
    // χ² of one degree of freedom
    close({ kind: 'gamma', mean: 1, cv: Math.SQRT2 }, 3, Math.exp(-1.5) / Math.sqrt(6 * Math.PI));
    // at the median e^μ, 1/(σ√(2π)e^μ)
    close({ kind: 'lognormal', mean: 2, cv: Math.sqrt(3) }, 1, 1 / Math.sqrt(2 * Math.PI * Math.log(4)));
    for (const t of [1e-3, 3, 700])
      close(
        { kind: 'hyperexponential', mean: 2, cv: Math.sqrt(5 / 3) },
        t,
        0.75 ** 2 * Math.exp(-0.75 * t) + 0.25 ** 2 * Math.exp(-0.25 * t),
      );
    const empirical: Law = { kind: 'empirical', quantiles: [1, 2, 4, 4, 8] };
    close(empirical, 0.9, 0);
    close(empirical, 1, 0.25);
    close(empirical, 2, 0.125);
    close(empirical, 4, 0.0625);
    close(empirical, 8, 0);
    expect(() => lawDensity({ kind: 'two-moment', mean: 1, cv: 0 })).toThrow(
      'deterministic law has no density',
    );
  });
});
