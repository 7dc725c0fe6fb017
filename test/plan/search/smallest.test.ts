import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smallest } from '../../../src/plan/search/smallest.js';

describe('the smallest number that holds', () => {
  test('is found wherever it lies, with its failing neighbour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.nat(2000), fc.nat(2000), (low, first, width) => {
        const high = low + width;
        const found = smallest(low, high, (value) => value >= first);
        const expected = Math.max(low, first);
        expect(found.value).toBe(expected > high ? null : expected);
        if (found.value !== null) expect(found.below).toBe(found.value === low ? null : found.value - 1);
        else expect(found.below).toBe(high);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  test('takes few questions', () => {
    let asked = 0;
    smallest(1, 1_000_000, (value) => {
      asked += 1;
      return value >= 777_777;
    });
    expect(asked).toBeLessThan(45);
  });

  test('of nothing is none', () => {
    expect(smallest(5, 4, () => true)).toEqual({ value: null, below: null });
  });
});
