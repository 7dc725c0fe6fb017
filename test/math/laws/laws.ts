import fc from 'fast-check';
import { type Law, lawMean } from '../../../src/math/queues/index.js';

const cv = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Laws of every kind, as a function of the mean. */
export const anyLaw: fc.Arbitrary<(mean: number) => Law> = fc.oneof(
  fc.constant((mean: number): Law => ({ kind: 'deterministic', mean })),
  fc.constant((mean: number): Law => ({ kind: 'exponential', mean })),
  fc.integer({ min: 1, max: 40 }).map(
    (stages) =>
      (mean: number): Law => ({ kind: 'erlang', mean, stages }),
  ),
  cv(1, 5).map(
    (c) =>
      (mean: number): Law => ({ kind: 'hyperexponential', mean, cv: c }),
  ),
  cv(0.2, 3).map(
    (c) =>
      (mean: number): Law => ({ kind: 'lognormal', mean, cv: c }),
  ),
  cv(0.2, 3).map(
    (c) =>
      (mean: number): Law => ({ kind: 'gamma', mean, cv: c }),
  ),
  cv(0.2, 4).map(
    (c) =>
      (mean: number): Law => ({ kind: 'two-moment', mean, cv: c }),
  ),
  fc.array(cv(0.01, 10), { minLength: 4, maxLength: 12 }).map((values) => (mean: number): Law => {
    const quantiles = [0, ...values.sort((a, b) => a - b)];
    const factor = mean / lawMean({ kind: 'empirical', quantiles });
    return { kind: 'empirical', quantiles: quantiles.map((q) => q * factor) };
  }),
);
