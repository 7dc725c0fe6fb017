import { describe, expect, test } from 'vitest';
import type { Law } from '../../../src/math/laws/law.js';
import { demandOf } from '../../../src/math/laws/limited-mean.js';
import { lawMean } from '../../../src/math/laws/moments.js';

/** A fast phase that a slow one follows with the given probability. */
const stiff = (fast: number, slow: number, share: number): Law => ({
  kind: 'phase-type',
  alpha: [1, 0],
  generator: [
    [-fast, share * fast],
    [0, -slow],
  ],
});

describe('a phase-type law', () => {
  test.each([
    [1, 0.5, 0.5],
    [1e3, 0.1, 0.3],
    [1e6, 1e-2, 0.01],
    [1e9, 1e-6, 1e-4],
  ])('of rates %d and %d has the mean of its chain, and its limited mean ends there', (fast, slow, share) => {
    const law = stiff(fast, slow, share);
    const mean = 1 / fast + share / slow;
    const demand = demandOf(law);
    expect(demand.mean / mean).toBeCloseTo(1, 12);
    expect(lawMean(law) / mean).toBeCloseTo(1, 12);
    expect(demand.limitedMean(60 / slow) / mean).toBeCloseTo(1, 9);
    // E[min(X, x)] of the slow phase alone, the fast one being nothing beside it.
    if (fast > 1e5)
      for (const x of [0.1, 1, 3])
        expect(demand.limitedMean(x / slow) / ((-share * Math.expm1(-x)) / slow)).toBeCloseTo(1, 2);
  });

  test.each([[[1e5, 0.01, 0.003]], [[0.02, 1e7, 0.005]], [[1e4, 1, 1e-4]], [[3e9, 2e-6, 1e-6]]])(
    'of phases in a row, however unlike (%j), is the sum of their exponentials',
    (rates) => {
      const demand = demandOf({
        kind: 'phase-type',
        alpha: [1, 0, 0],
        generator: rates.map((rate, i) => rates.map((_, j) => (j === i ? -rate : j === i + 1 ? rate : 0))),
      });
      // P(X > x) = Σ wᵢ e^{−rᵢx}, wᵢ = Π rⱼ / (rⱼ − rᵢ), so that E[min(X, x)] = Σ wᵢ (1 − e^{−rᵢx}) / rᵢ.
      const exact = (x: number): number =>
        rates.reduce((sum, rate) => {
          const weight = rates.reduce((w, other) => (other === rate ? w : (w * other) / (other - rate)), 1);
          return sum - (weight * Math.expm1(-rate * x)) / rate;
        }, 0);
      const mean = rates.reduce((sum, rate) => sum + 1 / rate, 0);
      for (const share of [0.03, 0.3, 1, 3, 10, 40])
        expect(demand.limitedMean(share * mean) / exact(share * mean)).toBeCloseTo(1, 9);
      expect(demand.limitedMean(0)).toBe(0);
    },
  );

  test('that is exponential is limited as an exponential one', () => {
    const chain = demandOf({ kind: 'phase-type', alpha: [1], generator: [[-0.5]] });
    const plain = demandOf({ kind: 'exponential', mean: 2 });
    for (const x of [0.01, 1, 10, 50]) expect(chain.limitedMean(x)).toBeCloseTo(plain.limitedMean(x), 12);
  });
});
