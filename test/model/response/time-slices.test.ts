import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Law } from '../../../src/math/laws/law.js';
import { demandOf } from '../../../src/math/laws/limited-mean.js';
import {
  growth,
  interleaving,
  linkedWaits,
  repeatedInEqualParts,
  sparedWaits,
  stillThere,
} from '../../../src/model/response/time-slices.js';

const demand = (mean: number, cv: number) => demandOf({ kind: 'two-moment', mean, cv });
const utilizations = fc.double({ min: 0, max: 1, noNaN: true });

describe('bursts that take turns', () => {
  test('are felt with their own variability where a turn outlasts them', () => {
    for (const cv of [0, 0.5, 1, 2]) {
      expect(interleaving(demand(4, cv), 1, Number.POSITIVE_INFINITY).burstScv(0.7)).toBeCloseTo(cv ** 2, 9);
      expect(interleaving(demand(4, cv), 1, 4e4).burstScv(0.7)).toBeCloseTo(cv ** 2, 2);
    }
  });

  test('are felt as exponential ones where turns are short: processor sharing', () => {
    for (const cv of [0, 0.5, 2])
      for (const utilization of [0.3, 0.9])
        expect(Math.abs(interleaving(demand(400, cv), 1, 0.5).burstScv(utilization) - 1)).toBeLessThan(0.01);
  });

  test('are felt as exponential ones where they are, whatever the turn', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), utilizations, (turnMs, utilization) => {
        expect(interleaving(demand(4, 1), 1, turnMs).burstScv(utilization)).toBeCloseTo(1, 9);
      }),
    );
  });

  test('of almost exponential law are felt as almost exponential ones', () => {
    const law: Law = {
      kind: 'phase-type',
      alpha: [0.5, 0.5],
      generator: [
        [-0.25, 0],
        [0, -0.25001],
      ],
    };
    for (const turnMs of [0.4, 3, 9])
      expect(interleaving(demandOf(law), 1, turnMs).burstScv(0.8)).toBeCloseTo(1, 3);
  });

  test('leave as much work in line as in any other order', () => {
    // Constant bursts of two turns: W₁ = ρ(W₀ + q), and W₀ of x ms and W₁ of x − q ms are all of the work in line.
    const [x, q, load] = [6, 5, 0.8];
    const inLine = (load * x) / 2 / (1 - load);
    const w0 = (x * inLine - load * q * (x - q)) / (x + load * (x - q));
    const total = w0 + load * (w0 + q);
    const exponential = (load / (1 - load)) * x;
    expect((1 + interleaving(demand(x, 0), 1, q).burstScv(load)) / 2).toBeCloseTo(total / exponential, 6);
  });

  test('a burst that is just beyond its turn waits about twice', () => {
    const within = interleaving(demand(5, 0), 1, 5).burstScv(0.95);
    const beyond = interleaving(demand(5.01, 0), 1, 5).burstScv(0.95);
    expect(within).toBeCloseTo(0, 6);
    expect(beyond).toBeGreaterThan(0.9);
  });
});

describe('waits of one request’s visits', () => {
  test('are linked by no more than there is a line, and the less the longer they are apart', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e4, noNaN: true }),
        fc.double({ min: 0.1, max: 100, noNaN: true }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (gapMs, burstMs, utilization) => {
          const linked = linkedWaits(gapMs, burstMs, 1, utilization);
          expect(linked).toBeGreaterThanOrEqual(0);
          expect(linked).toBeLessThanOrEqual(utilization);
          expect(linkedWaits(2 * gapMs, burstMs, 1, utilization)).toBeLessThanOrEqual(linked + 1e-12);
        },
      ),
    );
  });

  test('have the correlation of regulated Brownian motion', () => {
    // Abate and Whitt 1988: c*(t) = 2(1 − 2t − t²)Φᶜ(√t) + 2√t φ(√t)(1 + t), at t = 1/4.
    expect(linkedWaits(2, 0.2, 1, 0.8) / 0.8).toBeCloseTo(0.71, 2);
    expect(linkedWaits(0, 0.2, 1, 0.8)).toBeCloseTo(0.8, 9);
  });

  test('grow to 2p/(p + 1) times where the line stays as it is', () => {
    expect(growth(1, 1)).toBe(1);
    expect(growth(2, 1)).toBeCloseTo(4 / 3, 12);
    expect(growth(5, 0)).toBe(1);
  });

  test('are spared where nothing varies, and only there', () => {
    expect(sparedWaits(repeatedInEqualParts(2), 1, 0, 0)).toBeCloseTo(1 / 4, 12);
    expect(sparedWaits(repeatedInEqualParts(5), 1, 0, 0)).toBeCloseTo(16 / 25, 12);
    expect(sparedWaits(repeatedInEqualParts(Number.POSITIVE_INFINITY), 1, 0, 0)).toBe(1);
    const none: readonly (readonly [number, number, number, number])[] = [
      [1, 1, 0, 0],
      [2, 0, 0, 0],
      [2, 1, 1, 0],
      [2, 1, 0, 1],
      [2, 1, 0, 4],
    ];
    for (const [parts, ...given] of none)
      expect(sparedWaits(repeatedInEqualParts(parts), ...given)).toBeCloseTo(0, 12);
  });

  test('find what they left while nothing has changed', () => {
    expect(stillThere(0, 3)).toBe(1);
    expect(stillThere(3, 3)).toBe(0.5);
    expect(stillThere(3, 0)).toBe(0);
  });
});
