import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Law } from '../../../src/math/laws/law.js';
import { Histogram, MEDIUM, noCounts } from '../../../src/math/statistics/histogram.js';
import { addValue, noMoments, variance } from '../../../src/math/statistics/moments.js';
import { empiricalLaw } from '../../../src/observe/logs/empirical.js';
import { fittedLaws } from '../../../src/observe/logs/laws.js';

/** A sample as it is counted. */
function sample(values: readonly number[]) {
  const [moments, logs] = [noMoments(), noMoments()];
  const histogram = new Histogram(noCounts(MEDIUM));
  for (const value of values) {
    addValue(moments, value);
    if (value > 0) addValue(logs, Math.log(value));
    histogram.add(value);
  }
  return { moments, logs, histogram };
}

const fitted = (values: readonly number[]) => {
  const { moments, logs, histogram } = sample(values);
  return fittedLaws(moments, logs, histogram);
};

/** So many equally likely values of a law by its quantiles. */
const drawn = (quantile: (p: number) => number, count = 4000) =>
  Array.from({ length: count }, (_, n) => quantile((n + 0.5) / count));

const exponential = (p: number) => -100 * Math.log1p(-p);

describe('fitted laws', () => {
  test('of exponential values begin with the exponential, whose one parameter is enough', () => {
    const [first, ...others] = fitted(drawn(exponential));
    expect(first).toMatchObject({ law: { kind: 'exponential' }, by: 'moments' });
    expect(first!.law.kind === 'exponential' && first!.law.mean).toBeCloseTo(100, 0);
    expect(first!.distance).toBeLessThan(0.01);
    for (const { distance } of others) expect(distance).toBeLessThanOrEqual(1);
  });

  test('of a sum of four stages hold the Erlang law of four; of constants the constant alone beside the exponential', () => {
    // quantiles of Erlang-4 by bisection of its tail, e^(−x) Σ x^k/k! (Kleinrock, Queueing Systems I, 1975, 4.2)
    const tail = (x: number) => Math.exp(-x) * (1 + x + x ** 2 / 2 + x ** 3 / 6);
    const quantile = (p: number) => {
      let [low, high] = [0, 60];
      for (let n = 0; n < 60; n++) {
        const middle = (low + high) / 2;
        if (tail(middle) > 1 - p) low = middle;
        else high = middle;
      }
      return 25 * low;
    };
    const erlang = fitted(drawn(quantile, 1000)).find(({ law }) => law.kind === 'erlang')!;
    expect(erlang.law).toMatchObject({ kind: 'erlang', stages: 4 });
    expect(erlang.distance).toBeLessThan(0.01);
    const kinds = fitted(Array(100).fill(50)).map(({ law }) => law.kind);
    expect(kinds).toEqual(['deterministic', 'exponential']);
    expect(fitted(Array(100).fill(50))[0]!.distance).toBeLessThan(0.01);
  });

  test('of values that vary more than exponentially hold the hyperexponential, of others never', () => {
    // two exponential laws with balanced means: p1/μ1 = p2/μ2
    const p1 = (1 + Math.sqrt(3 / 5)) / 2;
    const tail = (t: number) =>
      p1 * Math.exp((-2 * p1 * t) / 100) + (1 - p1) * Math.exp((-2 * (1 - p1) * t) / 100);
    const quantile = (p: number) => {
      let [low, high] = [0, 1e5];
      for (let n = 0; n < 60; n++) {
        const middle = (low + high) / 2;
        if (tail(middle) > 1 - p) low = middle;
        else high = middle;
      }
      return low;
    };
    const laws = fitted(drawn(quantile));
    expect(laws.find(({ law }) => law.kind === 'hyperexponential')!.distance).toBeLessThan(0.02);
    expect(laws.map(({ law }) => law.kind)).not.toContain('erlang');
    expect(fitted(drawn((p) => 50 + 100 * p)).map(({ law }) => law.kind)).not.toContain('hyperexponential');
  });

  test('of lognormal values are the lognormal by likelihood, whose logarithms are normal', () => {
    // logarithms ±1 and 0 of three values: mean 0, variance 1
    const law = fitted([Math.exp(-1), 1, Math.exp(1)]).find(({ by }) => by === 'likelihood')!.law as Extract<
      Law,
      { kind: 'lognormal' }
    >;
    expect(Math.log1p(law.cv ** 2)).toBeCloseTo(2 / 3, 9);
    expect(Math.log(law.mean)).toBeCloseTo(1 / 3, 9);
  });

  test('are none of nothing, or of requests that took no time', () => {
    expect(fitted([])).toEqual([]);
    expect(fitted([0, 0])).toEqual([]);
  });
});

describe('the empirical law', () => {
  const law = (values: readonly number[]) => {
    const { moments, histogram } = sample(values);
    return { moments, law: empiricalLaw(histogram, moments) };
  };
  /** Mean and second moment of equally likely uniform pieces. */
  const momentsOf = (ends: readonly number[]) => {
    const pieces = ends.slice(1).map((b, n) => [ends[n]!, b] as const);
    return {
      mean: pieces.reduce((sum, [a, b]) => sum + (a + b) / 2, 0) / pieces.length,
      second: pieces.reduce((sum, [a, b]) => sum + (a * a + a * b + b * b) / 3, 0) / pieces.length,
    };
  };

  test('has 200 equally likely pieces, the mean of the sample, and ends that rise', () => {
    const value = fc.double({ min: 0.1, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 300 }), (values) => {
        const { moments, law: found } = law(values);
        const { quantiles } = found!;
        expect(quantiles).toHaveLength(201);
        expect(momentsOf(quantiles).mean / moments.mean).toBeCloseTo(1, 4);
        for (const [n, end] of quantiles.entries())
          if (n > 0) expect(end).toBeGreaterThanOrEqual(quantiles[n - 1]! * (1 - 1e-5));
      }),
      { numRuns: 50 },
    );
  });

  test('keeps the second moment of a long tail, which decides how long requests queue', () => {
    for (const values of [drawn(exponential), drawn((p) => Math.exp(3 * p) / (1 - p) ** 0.3)]) {
      const { moments, law: found } = law(values);
      const second = variance(moments) + moments.mean ** 2;
      expect(momentsOf(found!.quantiles).second / second).toBeCloseTo(1, 2);
    }
  });

  test('is none of one value, or where all are 0', () => {
    expect(law([5]).law).toBeNull();
    expect(law([0, 0]).law).toBeNull();
    expect(law([5, 5]).law!.quantiles.every((end) => end === 5)).toBe(true);
  });
});
