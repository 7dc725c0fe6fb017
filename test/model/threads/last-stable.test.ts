import { expect, test } from 'vitest';
import { lastStable } from '../../../src/model/threads/last-stable.js';

test('what does not depend on the rate is the answer itself', () => {
  expect(lastStable(() => 7, 7)).toBe(7);
});

test.each([
  ['a loss that grows with the rate', (rate: number) => 10 - rate / 4, 8],
  ['a loss that falls again', (rate: number) => 8 + ((rate - 6) / 10) ** 2, 56 - Math.sqrt(2300)],
  ['a loss of most of it', (rate: number) => 10 / (1 + rate * 10), (Math.sqrt(401) - 1) / 20],
])('%s: just below where as much comes as gets through', (_, saturation, exact) => {
  const found = lastStable(saturation, 10);
  expect(saturation(found)).toBeGreaterThan(found);
  expect(1 - found / exact).toBeGreaterThan(0);
  expect(1 - found / exact).toBeLessThan(1e-9);
});
