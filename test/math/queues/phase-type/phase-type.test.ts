import { describe, expect, it } from 'vitest';
import {
  erlangPhases,
  exitRates,
  hyperexponentialOfMoments,
  hyperexponentialPhases,
  mixedErlangPhases,
  occupancy,
  type PhaseType,
  phaseTypeMoment,
} from '../../../../src/math/queues/phase-type/phase-type.js';
import { expectClose } from '../../fixture-cases.js';

/** Every phase leads to every other. */
const cyclic: PhaseType = {
  alpha: [0.2, 0.5, 0.3],
  generator: [
    [-3, 1, 1],
    [2, -5, 1],
    [1, 2, -4],
  ],
};

describe('phase-type laws', () => {
  it('have the moments n!α(−T)⁻ⁿ1', () => {
    // by elimination in exact fractions
    expectClose(phaseTypeMoment(cyclic, 1), 34 / 45, 1e-14, 'mean');
    expectClose(phaseTypeMoment(cyclic, 2), 637 / 540, 1e-14, 'second moment');
    expectClose(phaseTypeMoment(cyclic, 3), 3007 / 1080, 1e-14, 'third moment');
    [3 / 10, 11 / 45, 19 / 90].forEach((time, i) => {
      expectClose(occupancy(cyclic)[i]!, time, 1e-14, `time in phase ${i}`);
    });
  });

  it('are left at the rates missing in their rows, rounding apart', () => {
    expect(exitRates(cyclic)).toEqual([1, 2, 1]);
    const rounded = [
      [-0.3, 0.1 + 0.2],
      [0, -7],
    ];
    expect(exitRates({ alpha: [1, 0], generator: rounded })).toEqual([0, 7]);
  });
});

describe('phase-type fits', () => {
  it('have the moments asked for', () => {
    for (const cv of [1.1, 2, 5]) {
      const law = hyperexponentialPhases(3, cv);
      expectClose(phaseTypeMoment(law, 1), 3, 1e-13, 'mean');
      expectClose(phaseTypeMoment(law, 2), 9 * (1 + cv * cv), 1e-13, 'second moment');
      // balanced means
      expectClose(law.alpha[0]! / -law.generator[0]![0]!, 1.5, 1e-12, 'half the mean');
      expect(law.alpha[0]).toBeGreaterThan(law.alpha[1]!);
    }
    for (const cv of [0.2, 0.45, 0.6, 0.95]) {
      const law = mixedErlangPhases(3, cv);
      expectClose(phaseTypeMoment(law, 1), 3, 1e-12, 'mean');
      expectClose(phaseTypeMoment(law, 2), 9 * (1 + cv * cv), 1e-12, 'second moment');
      // k − 1 stages with this probability, k otherwise
      expect(law.alpha[1]).toBeGreaterThanOrEqual(0);
      expect(law.alpha[1]).toBeLessThan(1);
    }
    const law = hyperexponentialOfMoments(2, 12, 150)!;
    for (const [n, moment] of [
      [1, 2],
      [2, 12],
      [3, 150],
    ] as const)
      expectClose(phaseTypeMoment(law, n), moment, 1e-12, `moment ${n}`);
    expect(hyperexponentialOfMoments(1, 1.5, 4)).toBeNull();
    expect(hyperexponentialOfMoments(1, 3, 10)).toBeNull();
  });

  it('are Erlang laws where cv² is 1/k', () => {
    for (const stages of [1, 2, 3, 7, 10])
      expect(mixedErlangPhases(4, 1 / Math.sqrt(stages))).toEqual(erlangPhases(4, stages));
    expect(erlangPhases(6, 2)).toEqual({
      alpha: [1, 0],
      generator: [
        [-1 / 3, 1 / 3],
        [0, -1 / 3],
      ],
    });
  });

  it('fit three moments in any unit of time, up to the edges of what two exponentials can have', () => {
    for (const unit of [1e-6, 1, 1e6]) {
      for (const [second, third] of [
        [2 + 1e-6, 6 + 9.1e-6], // nearly exponential
        [10, 151],
        [10, 1e6],
      ] as const) {
        const law = hyperexponentialOfMoments(unit, second * unit ** 2, third * unit ** 3)!;
        expectClose(phaseTypeMoment(law, 1) / unit, 1, 1e-9, 'mean');
        expectClose(phaseTypeMoment(law, 2) / unit ** 2, second, 1e-9, 'second moment');
        expectClose(phaseTypeMoment(law, 3) / unit ** 3, third, 1e-9, 'third moment');
        for (const p of law.alpha) expect(Math.abs(p - 0.5)).toBeLessThan(0.5);
      }
      expect(hyperexponentialOfMoments(unit, 2 * unit ** 2, 6 * unit ** 3)).toBeNull();
      expect(hyperexponentialOfMoments(unit, 2 * unit ** 2, 7 * unit ** 3)).toBeNull();
      expect(hyperexponentialOfMoments(unit, 10 * unit ** 2, 149 * unit ** 3)).toBeNull();
      expect(hyperexponentialOfMoments(unit, 10 * unit ** 2, 150 * unit ** 3)).toBeNull();
    }
  });
});
