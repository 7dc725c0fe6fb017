import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smallest, smallestNear } from '../../../src/plan/search/smallest.js';

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

describe('the smallest number near a start', () => {
  test('is the same wherever the search starts below it or where some number holds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.nat(300),
        fc.nat(300),
        fc.nat(500),
        (low, first, width, start) => {
          const holds = (value: number): boolean => value >= first;
          const near = smallestNear(start, low, low + width, holds);
          if (start <= low + width) expect(near).toEqual(smallest(low, low + width, holds));
          else expect(near).toEqual({ value: null, below: null });
        },
      ),
      { seed: 6, numRuns: 2000 },
    );
  });

  test.each([
    [770, 12],
    [777, 2],
    [778, 4],
    [800, 11],
  ])('from %i it takes few questions', (start, most) => {
    let asked = 0;
    smallestNear(start, 1, 1_000_000, (value) => {
      asked += 1;
      return value >= 777;
    });
    expect(asked).toBeLessThanOrEqual(most);
  });
});
