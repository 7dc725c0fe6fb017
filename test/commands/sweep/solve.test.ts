import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kneeRate } from '../../../src/commands/sweep/knee.js';
import { solve } from '../../../src/commands/sweep/solve.js';

test('solving finds where M/M/1 reaches a mean, also near saturation: λ = μ − 1/T', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.1, max: 1e4, noNaN: true }),
      fc.double({ min: 1.001, max: 1e6, noNaN: true }),
      (mu, times) => {
        const mean = (rate: number) => (rate < mu ? 1 / (mu - rate) : null);
        const limit = times / mu;
        const found = solve(mean, limit, true, { low: mu * 1e-9, high: mu * 2, whole: false });
        expect(found.kind).toBe('found');
        if (found.kind === 'found') expect(found.x / (mu - 1 / limit)).toBeCloseTo(1, 6);
      },
    ),
    { seed: 4 },
  );
});

test('solving in whole numbers gives the last that keeps the limit', () => {
  expect(solve((x) => 100 / x, 9, true, { low: 1, high: 4096, whole: true })).toMatchObject({
    kind: 'found',
    x: 12,
  });
  expect(solve((x) => x, 50, false, { low: 1, high: 4096, whole: true })).toMatchObject({
    kind: 'found',
    x: 50,
  });
});

test('a condition that never or always holds says so', () => {
  expect(solve(() => null, 1, true, { low: 1, high: 2, whole: false }).kind).toBe('never');
  expect(solve(() => 1, 1, true, { low: 1, high: 2, whole: false }).kind).toBe('always');
});

test('the knee of M/M/1 is at half its capacity (Kleinrock 1979)', () => {
  expect(kneeRate((rate) => (rate < 100 ? 1 / (100 - rate) : null), 100)).toBeCloseTo(50, 1);
  expect(kneeRate(() => null, 100)).toBeNull();
});
