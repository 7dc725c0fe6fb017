import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { demandOf } from '../../../src/math/laws/limited-mean.js';
import type { ResponseParts } from '../../../src/model/response/response-parts.js';
import { timeoutProbability } from '../../../src/model/response/timeout.js';

const exponential = (mean: number) => demandOf({ kind: 'exponential', mean });
const none = demandOf({ kind: 'deterministic', mean: 0 });
const partsOf = (cpu: ResponseParts['cpu'], io: ResponseParts['io'], free = 1) =>
  ({ cpu, io, stretch: { free } }) as unknown as ResponseParts;

/** P(X + Y > t) of two exponential laws of different means (hypoexponential law). */
const sumBeyond = (a: number, b: number, t: number) =>
  (a * Math.exp(-t / a) - b * Math.exp(-t / b)) / (a - b);

describe('the probability that a request outlives its timeout', () => {
  test('is that of the sum of computing and waiting', () => {
    for (const [cpu, io, t] of [
      [20, 30, 100],
      [30, 20, 100],
      [5, 90, 300],
      [90, 5, 300],
      [10, 40, 20],
    ] as const)
      expect(timeoutProbability(partsOf(exponential(cpu), exponential(io)), t)).toBeCloseTo(
        sumBeyond(cpu, io, t),
        3,
      );
  });

  test('of computing or waiting alone is its own tail', () => {
    for (const t of [10, 50, 200]) {
      const tail = Math.exp(-t / 50);
      expect(timeoutProbability(partsOf(exponential(50), none), t)).toBeCloseTo(tail, 6);
      expect(timeoutProbability(partsOf(none, exponential(50)), t)).toBeCloseTo(tail, 2);
    }
  });

  test('is that of computing for as much longer as the cores are shared', () => {
    expect(timeoutProbability(partsOf(exponential(25), none, 2), 100)).toBeCloseTo(Math.exp(-2), 6);
    expect(timeoutProbability(partsOf(exponential(10), exponential(30), 2), 100)).toBeCloseTo(
      sumBeyond(20, 30, 100),
      3,
    );
  });

  test('is 0 where nothing lasts half as long, 1 where everything lasts longer, and falls with the timeout', () => {
    const constant = demandOf({ kind: 'deterministic', mean: 40 });
    expect(timeoutProbability(partsOf(constant, none), 100)).toBe(0);
    expect(timeoutProbability(partsOf(constant, none), 30)).toBeCloseTo(1, 9);
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 200, noNaN: true }),
        fc.double({ min: 1, max: 200, noNaN: true }),
        fc.double({ min: 5, max: 1000, noNaN: true }),
        (cpu, io, t) => {
          const parts = partsOf(exponential(cpu), exponential(io));
          const found = timeoutProbability(parts, t);
          expect(found).toBeGreaterThanOrEqual(0);
          expect(found).toBeLessThanOrEqual(1);
          expect(timeoutProbability(parts, 1.3 * t)).toBeLessThanOrEqual(found + 1e-9);
        },
      ),
      { numRuns: 50 },
    );
  });
});
