import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { givingUp, smallest } from '../../../src/plan/search/smallest.js';

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

/** After how many of these misses it is given up; null where it never is. */
function triesUntilGivenUp(misses: readonly number[], largest: number): number | null {
  const isVain = givingUp(() => largest);
  const at = misses.findIndex((miss) => isVain(miss));
  return at < 0 ? null : at + 1;
}

test.each([
  ['misses that shrink, the largest near', [9, 7, 5, 3, 1.5, 1.1], 1.2, null],
  ['misses that shrink towards a limit that is too high', [9, 7, 5, 4.5, 4.2], 4, 3],
  ['two losses in turn', [3, 2, 2.5, 3], 0.5, 4],
  ['one loss, as between even and uneven numbers', [1.17, 1.25, 1.17, 1.11, 1.05], 0.5, null],
  ['what is said twice', [3, 3, 3, 3, 3], 0.9, null],
  ['numbers that are not allowed', [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 5, 4], 0.9, null],
])('gives up where nothing is to be hoped: %s', (_, misses, largest, tries) => {
  expect(triesUntilGivenUp(misses, largest)).toBe(tries);
});

test('the largest is asked once, and only after some tries', () => {
  let asked = 0;
  const isVain = givingUp(() => {
    asked += 1;
    return 1;
  });
  const seen = [9, 8, 7, 6, 5].map((miss) => [isVain(miss), asked]);
  expect(seen).toEqual([
    [false, 0],
    [false, 0],
    [false, 1],
    [false, 1],
    [false, 1],
  ]);
});
