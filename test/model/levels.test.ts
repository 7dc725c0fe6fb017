import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lastRowOfNegativeInverse, negativeInverse, startingLevel } from '../../src/model/levels.js';

/** Rates among n phases, row-major, with a diagonal of minus what leaves, 0.1 more than stays among them. */
const rates = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: n * n, maxLength: n * n }).map((list) => {
    const s = Float64Array.from(list);
    for (let i = 0; i < n; i++) {
      s[i * n + i] = 0;
      s[i * n + i] = -0.1 - s.subarray(i * n, i * n + n).reduce((sum, v) => sum + v, 0);
    }
    return { n, s };
  }),
);

const at = (m: Float64Array, n: number, i: number, j: number): number => m[i * n + j]!;

describe('blocks of a chain that goes one level up or down', () => {
  test('times −S, the negative inverse is the identity', () => {
    fc.assert(
      fc.property(rates, ({ n, s }) => {
        const inverse = negativeInverse(s.slice(), n);
        for (let i = 0; i < n; i++)
          for (let j = 0; j < n; j++) {
            let sum = 0;
            for (let k = 0; k < n; k++) sum -= at(inverse, n, i, k) * at(s, n, k, j);
            expect(sum).toBeCloseTo(i === j ? 1 : 0, 8);
          }
      }),
    );
  });

  test('the last row alone is that of the negative inverse, and the others are 0', () => {
    fc.assert(
      fc.property(rates, ({ n, s }) => {
        const whole = negativeInverse(s.slice(), n);
        const row = lastRowOfNegativeInverse(s.slice(), n);
        for (let j = 0; j < n; j++) expect(at(row, n, n - 1, j)).toBeCloseTo(at(whole, n, n - 1, j), 9);
        expect(row.subarray(0, (n - 1) * n).every((v) => v === 0)).toBe(true);
      }),
    );
  });

  test('the stationary vector of a birth–death chain is its product form', () => {
    // 0 ⇄ 1 ⇄ 2 with rates 2, 3 up and 4, 5 down.
    const pi = startingLevel(Float64Array.of(0, 2, 0, 4, 0, 3, 0, 5, 0), 3);
    expect(pi[1]! / pi[0]!).toBeCloseTo(2 / 4, 12);
    expect(pi[2]! / pi[0]!).toBeCloseTo((2 * 3) / (4 * 5), 12);
  });
});
