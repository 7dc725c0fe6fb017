import { describe, expect, test } from 'vitest';
import {
  nonNegative,
  openShare,
  percentileShare,
  positive,
  whole,
} from '../../../src/math/numeric/domain.js';
import { lnGeometricSum, truncatedGeometricMean } from '../../../src/math/numeric/geometric.js';
import { leastSquares, solve } from '../../../src/math/numeric/least-squares.js';
import { findRoot, leastWhole, NoneFulfils } from '../../../src/math/numeric/roots.js';
import { neumaierSum } from '../../../src/math/numeric/sum.js';
import { expectClose } from '../support.js';

describe('roots', () => {
  test('finds a root to the last digits, from either side', () => {
    expectClose(
      findRoot((x) => x * x - 2, 0, 2),
      Math.SQRT2,
      1e-15,
    );
    expectClose(
      findRoot((x) => 2 - x * x, 2, 0),
      Math.SQRT2,
      1e-15,
    );
    expectClose(
      findRoot((x) => Math.exp(-x) - 1e-200, 0, 1e4),
      200 * Math.LN10,
      1e-14,
    );
  });

  test('takes an end that is a root', () => {
    expect(findRoot((x) => x, 0, 1)).toBe(0);
    expect(findRoot((x) => x - 1, 0, 1)).toBe(1);
  });

  test('needs few looks at a smooth function', () => {
    let looks = 0;
    findRoot(
      (x) => {
        looks += 1;
        return Math.cos(x) - x;
      },
      0,
      1,
    );
    expect(looks).toBeLessThan(14);
  });

  test('needs no more looks than bisection and few more, however the function bends', () => {
    const looksAt = (f: (x: number) => number, from: number, to: number, root: number) => {
      let looks = 0;
      const found = findRoot(
        (x) => {
          looks += 1;
          return f(x);
        },
        from,
        to,
      );
      expectClose(found, root, 1e-14, 1e-300);
      return looks;
    };
    expect(looksAt((x) => x - 1 / 3, 0, 1, 1 / 3)).toBeLessThanOrEqual(4);
    expect(looksAt((x) => x ** 3 - 8, 0, 100, 2)).toBeLessThan(20);
    expect(looksAt((x) => Math.log(x), 1e-3, 1e3, 1)).toBeLessThan(20);
    expect(looksAt((x) => Math.tanh(50 * (x - 0.9)), 0, 1, 0.9)).toBeLessThan(20);
    expect(looksAt((x) => (x < 0.7 ? -1 : 1), 0, 1, 0.7)).toBeLessThan(60);
    expect(looksAt((x) => 1e300 * (x - 0.25) ** 9, 0, 1, 0.25)).toBeLessThan(200);
  });

  test('stops at the precision asked for', () => {
    let looks = 0;
    const root = findRoot(
      (x) => {
        looks += 1;
        return x < 0.7 ? -1 : 1;
      },
      0,
      1,
      1e-3,
    );
    expectClose(root, 0.7, 3e-3);
    expect(looks).toBeLessThan(14);
  });

  test('goes on where a function is infinite on one side', () => {
    expectClose(
      findRoot((x) => (x > 2 ? -Infinity : 1 - x), 0, 10),
      1,
      1e-14,
    );
  });

  test('refuses an interval without a change of sign', () => {
    expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow(/no change of sign between -1 and 1/);
  });
});

describe('least whole number', () => {
  test.each([1, 2, 7, 99, 100, 101, 12_345])('finds %d from any guess', (answer) => {
    for (const guess of [1, 50, 100, 100.5, 1e6]) {
      expect(leastWhole((n) => n >= answer, 1, guess)).toBe(answer);
    }
  });

  test('looks near the guess first', () => {
    const looksFor = (answer: number, guess: number) => {
      let looks = 0;
      leastWhole(
        (n) => {
          looks += 1;
          return n >= answer;
        },
        1,
        guess,
      );
      return looks;
    };
    expect(looksFor(1_000_000, 1_000_000)).toBe(2);
    expect(looksFor(1_000_001, 1_000_000)).toBe(2);
    expect(looksFor(999_999, 1_000_000)).toBe(4);
    expect(looksFor(1_000_100, 1_000_000)).toBeLessThan(16);
    expect(looksFor(999_900, 1_000_000)).toBeLessThan(16);
    expect(looksFor(1, 1)).toBe(1);
    expect(looksFor(1, 1000)).toBeLessThan(20);
  });

  test('names what it could not find', () => {
    expect(() => leastWhole(() => false, 1, 1, 1)).toThrow(NoneFulfils);
    try {
      leastWhole(() => false, 1, 1, 1);
    } catch (error) {
      expect((error as Error).name).toBe('NoneFulfils');
    }
  });

  test('never asks below the least or above the most', () => {
    const asked: number[] = [];
    const ask = (n: number) => {
      asked.push(n);
      return true;
    };
    expect(leastWhole(ask, 5, 1000, 900)).toBe(5);
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...asked)).toBeLessThanOrEqual(900);
  });

  test('says so where no number is enough', () => {
    expect(() => leastWhole(() => false, 1, 3, 64)).toThrow('no number up to 64 is enough');
  });

  test('takes the most where only that is enough', () => {
    expect(leastWhole((n) => n >= 64, 1, 3, 64)).toBe(64);
  });
});

describe('geometric sums', () => {
  const plainSum = (ratio: number, n: number) => {
    let sum = 0;
    for (let j = 0; j < n; j += 1) sum += ratio ** j;
    return sum;
  };
  const plainMean = (ratio: number, n: number) => {
    let sum = 0;
    for (let j = 0; j < n; j += 1) sum += j * ratio ** j;
    return sum / plainSum(ratio, n);
  };

  test.each([
    [0.5, 1],
    [0.5, 30],
    [0.999, 100],
    [1, 17],
    [1 - 1e-12, 1000],
  ])('sum of ratio %d over %d terms', (ratio, n) => {
    expectClose(lnGeometricSum(Math.log(ratio), n), Math.log(plainSum(ratio, n)), 1e-12, 1e-14);
  });

  test.each([
    [0.5, 1],
    [0.5, 30],
    [0.9, 5],
    [0.99, 50],
    [0.999, 100],
    [1, 17],
    [1.001, 100],
    [2, 10],
  ])('mean of the law of ratio %d cut to %d values', (ratio, n) => {
    expectClose(truncatedGeometricMean(Math.log(ratio), n), plainMean(ratio, n), 1e-12, 1e-14);
  });

  // 1/(e^δ − 1) − n/(e^(nδ) − 1) in 50 digits (mpmath 1.3)
  test.each([
    [-0.049, 10, 4.097374565116231],
    [-0.0499, 10, 4.090040374925987],
    [-0.0501, 10, 4.08841100131634],
    [-0.00049, 1000, 458.82918035082787],
    [-0.24, 2, 0.4402863507328071],
    [-0.16, 3, 0.8937859345686009],
    [0.16, 3, 2 - 0.8937859345686009],
    [-1e-8, 10, 4.4999999175],
  ])(
    'around ratio 1 the mean of the law of log-ratio %d on %d values keeps all digits',
    (lnRatio, n, mean) => {
      expectClose(truncatedGeometricMean(lnRatio, n), mean, 2e-15);
    },
  );

  test('the mean passes smoothly through ratio 1 for very long laws', () => {
    expectClose(truncatedGeometricMean(-1e-15, 1e6), (1e6 - 1) / 2, 1e-9);
    expectClose(truncatedGeometricMean(1e-15, 1e6), (1e6 - 1) / 2, 1e-9);
    expectClose(truncatedGeometricMean(Math.log(0.5), 1e9), 1, 1e-14);
  });
});

test('a sum keeps what a plain one loses', () => {
  expect(neumaierSum([1, 1e100, 1, -1e100])).toBe(2);
  expect(neumaierSum(new Float64Array(1000).fill(0.1))).toBeCloseTo(100, 13);
});

describe('least squares', () => {
  test('fits an exponential exactly where there is no noise', () => {
    const x = [0, 1, 2, 3, 4];
    const y = x.map((t) => 3 * Math.exp(-0.7 * t));
    const fit = leastSquares(
      {
        points: x.length,
        residual: ([a, b], i) => a! * Math.exp(-b! * x[i]!) - y[i]!,
        gradient: ([a, b], i) => [Math.exp(-b! * x[i]!), -a! * x[i]! * Math.exp(-b! * x[i]!)],
      },
      [1, 0.1],
    );
    expectClose(fit.parameters[0]!, 3, 1e-10);
    expectClose(fit.parameters[1]!, 0.7, 1e-10);
    expect(fit.squares).toBeLessThan(1e-20);
  });

  /** Residuals y − f(x) of a curve with one parameter, whose sum of squares has its least far from where it starts. */
  const decay = (y: readonly number[]) => ({
    points: y.length,
    residual: ([b]: readonly number[], i: number) => Math.exp(-b! * i) - y[i]!,
    gradient: ([b]: readonly number[], i: number) => [-i * Math.exp(-b! * i)],
  });

  test('comes back from where the plain step would overshoot', () => {
    const y = [1, Math.exp(-0.5), Math.exp(-1), Math.exp(-1.5)];
    for (const start of [0, 3, 8, -2]) expectClose(leastSquares(decay(y), [start]).parameters[0]!, 0.5, 1e-9);
  });

  test('looks at the data a bounded number of times, also where nothing fits', () => {
    let looks = 0;
    const hopeless = {
      points: 3,
      residual: ([b]: readonly number[], i: number) => {
        looks += 1;
        return Math.abs(b! - i) + 1;
      },
      gradient: () => [1],
    };
    expect(Number.isFinite(leastSquares(hopeless, [0.3]).parameters[0])).toBe(true);
    expect(looks).toBeLessThan(300);
    looks = 0;
    const linear = {
      points: 2,
      residual: ([b]: readonly number[], i: number) => {
        looks += 1;
        return b! - i;
      },
      gradient: () => [1],
    };
    expectClose(leastSquares(linear, [100]).parameters[0]!, 0.5, 1e-9);
    expect(looks).toBeLessThan(200);
  });

  test('keeps its start where the curve does not depend on the parameter', () => {
    const flat = { points: 2, residual: () => 1, gradient: () => [0] };
    expect(leastSquares(flat, [7])).toEqual({ parameters: [7], squares: 2, covariance: null });
  });

  test('gives the inverse of JᵀJ', () => {
    const { covariance } = leastSquares(
      {
        points: 3,
        residual: ([a, b], i) => a! + b! * i - [1, 3, 4][i]!,
        gradient: (_, i) => [1, i],
      },
      [0, 0],
    );
    // JᵀJ = [[3, 3], [3, 5]], of determinant 6.
    const wanted = [5, -3, -3, 3].map((v) => v / 6);
    for (const [at, value] of covariance!.flat().entries()) expectClose(value, wanted[at]!, 1e-12);
  });

  test('solves, also where the scales are far apart, and knows a singular matrix', () => {
    expect(
      solve(
        [
          [4, 2],
          [2, 3],
        ],
        [[2, 5]],
      )![0]!.map((v) => Math.round(v * 1e9) / 1e9),
    ).toEqual([-0.5, 2]);
    const [far] = solve(
      [
        [4e20, 2e10, 0],
        [2e10, 3, 0],
        [0, 0, 1e-20],
      ],
      [[2e10, 5, 3e-20]],
    )!;
    expectClose(far![0]!, -0.5e-10, 1e-12);
    expectClose(far![1]!, 2, 1e-12);
    expectClose(far![2]!, 3, 1e-12);
    expect(
      solve(
        [
          [1, 1],
          [1, 1],
        ],
        [[1, 1]],
      ),
    ).toBeNull();
  });
});

describe('domains', () => {
  test('what lies inside passes unchanged', () => {
    expect([positive('x', 1e-300), nonNegative('x', 0), whole('x', 1), openShare('x', 0.5)]).toEqual([
      1e-300, 0, 1, 0.5,
    ]);
    expect([percentileShare(0), percentileShare(0.999)]).toEqual([0, 0.999]);
    expect(whole('x', 0, 0)).toBe(0);
  });

  test.each([
    [() => positive('rate', 0), 'rate must be greater than 0, got 0'],
    [() => positive('rate', Number.NaN), 'rate must be greater than 0, got NaN'],
    [() => positive('rate', Infinity), 'rate must be greater than 0, got Infinity'],
    [() => nonNegative('load', -1), 'load must be 0 or more, got -1'],
    [() => nonNegative('load', Infinity), 'load must be 0 or more, got Infinity'],
    [() => whole('servers', 1.5), 'servers must be a whole number of 1 or more, got 1.5'],
    [() => whole('servers', 0), 'servers must be a whole number of 1 or more, got 0'],
    [() => openShare('waiting', 0), 'waiting must lie between 0 and 1, got 0'],
    [() => openShare('waiting', 1), 'waiting must lie between 0 and 1, got 1'],
    [() => percentileShare(1), 'a percentile needs a probability of 0 to below 1, got 1'],
    [() => percentileShare(-0.1), 'a percentile needs a probability of 0 to below 1, got -0.1'],
  ])('what lies outside is named (%#)', (call, message) => {
    expect(call).toThrow(RangeError);
    expect(call).toThrow(message);
  });
});
