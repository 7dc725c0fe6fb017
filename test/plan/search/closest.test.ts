import { expect, test } from 'vitest';
import type { Evaluated } from '../../../src/plan/search/candidate.js';
import { closest } from '../../../src/plan/search/with-rate.js';

/** What the choice looks at of a configuration that misses the objective. */
const missing = (score: number, memoryMiB: number | null, workers: number, threads = 1): Evaluated =>
  ({ verdict: { score }, memoryMiB, candidate: { workers, threads } }) as Evaluated;

test('of configurations that miss the objective, the one that misses it least is shown', () => {
  const near = missing(1.2, 900, 9);
  expect(closest([missing(2, 100, 1), near, missing(1.3, 100, 1)])).toBe(near);
  expect(closest([])).toBeNull();
});

test('of those within a hundredth of it, the one with the least memory', () => {
  const lean = missing(1.01, 300, 9);
  const fat = missing(1.0, 400, 2);
  expect(closest([fat, lean])).toBe(lean);
  expect(closest([lean, fat])).toBe(lean);
  // More than a hundredth worse is worse.
  expect(closest([fat, missing(1.0101, 300, 9)])).toBe(fat);
});

test('of those with the same memory, the one with the fewest slots, the first where they are alike', () => {
  const [many, few] = [missing(1, 300, 4, 4), missing(1, 300, 5, 3)];
  expect(closest([many, few])).toBe(few);
  expect(closest([few, many])).toBe(few);
  expect(closest([missing(1, 400, 1), many])).toBe(many);
  const [first, second] = [missing(1, null, 2, 6), missing(1, null, 3, 4)];
  expect(closest([first, second])).toBe(first);
  expect(closest([second, first])).toBe(second);
});
