import { expect, test } from 'vitest';
import { lawMean } from '../../src/math/laws/moments.js';
import { splitServiceLaw } from '../../src/profile/service-law.js';

/** Quantiles of an exponential law of mean 100, cut at 1/2000. */
const LAW = {
  kind: 'empirical',
  quantiles: Array.from({ length: 201 }, (_, n) => -100 * Math.log(1 - Math.min(n / 200, 1 - 1 / 2000))),
} as const;
const MEAN = lawMean(LAW);

test.each([
  [0, 'cpu'],
  [0.1, 'cpu'],
  [0.25, 'cpu'],
  [0.75, 'io'],
  [0.9, 'io'],
  [1, 'io'],
] as const)(
  'with %s of the time spent waiting, the %s part carries the shape and both keep their means',
  (share, carrier) => {
    const split = splitServiceLaw(LAW, MEAN * (1 - share), MEAN * share)!;
    expect(lawMean(split.cpu)).toBeCloseTo(MEAN * (1 - share), 6);
    expect(lawMean(split.io)).toBeCloseTo(MEAN * share, 6);
    expect(split[carrier].kind).toBe('empirical');
    expect(split[carrier === 'cpu' ? 'io' : 'cpu'].kind).toBe('deterministic');
  },
);

test('the tail of the sum is that of the law', () => {
  const { io } = splitServiceLaw(LAW, MEAN * 0.1, MEAN * 0.9)!;
  if (io.kind !== 'empirical') throw new Error('the waiting must carry the shape');
  expect((io.quantiles[190]! + MEAN * 0.1) / LAW.quantiles[190]!).toBeCloseTo(1, 1);
});

test('where neither part dominates nothing is made up', () => {
  expect(splitServiceLaw(LAW, MEAN / 2, MEAN / 2)).toBeNull();
});
