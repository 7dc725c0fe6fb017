import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leastEnough } from '../../src/fleet/least-enough.js';

/** A search in which what is chosen for a number does from `reach(n)` on, never before `answer`. */
function narrowing(answer: number, least: number, guess: number, reach: (n: number) => number) {
  const looked = new Set<number>();
  const asked = {
    least,
    most: 100_000,
    guess,
    growth: 1.2,
    isEnough: (n: number) => {
      looked.add(n);
      return n >= answer;
    },
    isEnoughAs: (n: number, lookedAt: number) => {
      expect(looked.has(lookedAt)).toBe(true);
      return n >= Math.max(answer, reach(lookedAt));
    },
    isHopeless: () => false,
  };
  return { found: leastEnough(asked), looked };
}

test('finds the least number that is enough, and has looked at the one before it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: 0, max: 500 }),
      fc.integer({ min: 0, max: 3000 }),
      fc.integer({ min: 0, max: 60 }),
      (least, more, off, reach) => {
        const answer = least + more;
        const { found, looked } = narrowing(answer, least, least + off, (n) => n - (n % 7) * reach);
        expect(found).toBe(answer);
        if (answer > least) expect(looked.has(answer - 1)).toBe(true);
      },
    ),
    { numRuns: 300, seed: 3 },
  );
});

test('looks only a few times where what is chosen hardly changes', () => {
  const { looked } = narrowing(1003, 800, 1100, (n) => (n > 1050 ? 1010 : 1003));
  expect(looked.size).toBeLessThanOrEqual(4);
});

test('says that none is enough, after the most was looked at or as soon as it is hopeless', () => {
  const { found } = narrowing(200_000, 10, 20, () => 1e9);
  expect(found).toBeNull();
  let looks = 0;
  const hopeless = {
    ...{ least: 1, most: 1000, guess: 5, growth: 1.2, isEnoughAs: () => false, isHopeless: () => true },
    isEnough: () => {
      looks++;
      return false;
    },
  };
  expect(leastEnough(hopeless)).toBeNull();
  expect(looks).toBe(1);
});
