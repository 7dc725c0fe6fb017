import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundedExponential, decayMeanFor } from '../../../src/math/laws/bounded-exponential.js';

test('E[min(X, x)] is the integral of the tail', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.double({ min: -30, max: 30, noNaN: true }),
        fc.double({ min: -1e-3, max: 1e-3, noNaN: true }),
      ),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (decay, x) => {
        const law = boundedExponential(1 / decay, 1);
        const points = 2000;
        let sum = 0;
        for (let k = 0; k < points; k++) {
          const u = ((k + 0.5) * x) / points;
          sum += (Math.abs(decay) < 1e-9 ? 1 - u : Math.expm1(decay * (1 - u)) / Math.expm1(decay)) / points;
        }
        expect(law.limitedMean(x)).toBeCloseTo(sum * x, 5);
        expect(law.limitedMean(2)).toBeCloseTo(law.mean, 9);
      },
    ),
    { seed: 3, numRuns: 200 },
  );
});

test('is exponential where the bound is far, and uniform where nothing decays', () => {
  expect(boundedExponential(1, 1e3).mean).toBeCloseTo(1, 12);
  expect(boundedExponential(1, 1e3).scv).toBeCloseTo(1, 9);
  expect(boundedExponential(Number.POSITIVE_INFINITY, 2).mean).toBeCloseTo(1, 12);
  expect(boundedExponential(1e9, 2).scv).toBeCloseTo(1 / 3, 6);
});

test('is found by its mean', () => {
  for (const mean of [0.05, 0.3, 0.5, 0.7, 0.94])
    expect(boundedExponential(decayMeanFor(mean, 1), 1).mean).toBeCloseTo(mean, 6);
});
