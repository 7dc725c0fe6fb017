import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  lastRowOfNegativeInverse,
  negativeInverse,
  stationaryVector,
} from '../../../src/math/matrix/elimination.js';

/** Rates among n phases, row-major, with a diagonal of minus what leaves, 0.1 more than stays among them. */
const rates = fc.integer({ min: 1, max: 7 }).chain((n) =>
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

  test('the last row alone is that of the negative inverse, where all rows but the last two are tridiagonal', () => {
    fc.assert(
      fc.property(rates, ({ n, s }) => {
        for (let i = 0; i < n - 2; i++) for (let j = 0; j < n; j++) if (Math.abs(i - j) > 1) s[i * n + j] = 0;
        const diagonals = (shift: number): Float64Array =>
          Float64Array.from({ length: n }, (_, i) =>
            i + shift >= 0 && i + shift < n ? at(s, n, i, i + shift) : 0,
          );
        const row = new Float64Array(n);
        lastRowOfNegativeInverse(
          {
            lower: diagonals(-1),
            diagonal: diagonals(0),
            upper: diagonals(1),
            nextToLast: n > 1 ? s.slice((n - 2) * n, (n - 1) * n) : new Float64Array(1),
            last: s.slice((n - 1) * n),
          },
          n,
          row,
        );
        const whole = negativeInverse(s.slice(), n);
        for (let j = 0; j < n; j++) expect(row[j]!).toBeCloseTo(at(whole, n, n - 1, j), 9);
      }),
    );
  });

  test('the stationary vector of a birth–death chain is its product form', () => {
    // 0 ⇄ 1 ⇄ 2 with rates 2, 3 up and 4, 5 down.
    const pi = stationaryVector(Float64Array.of(0, 2, 0, 4, 0, 3, 0, 5, 0), 3);
    expect(pi[1]! / pi[0]!).toBeCloseTo(2 / 4, 12);
    expect(pi[2]! / pi[0]!).toBeCloseTo((2 * 3) / (4 * 5), 12);
  });
});
