import { describe, expect, it } from 'vitest';
import { asPhaseType, nearbyPhaseType } from '../../../src/math/laws/fit.js';
import { type Law, lawCv, lawMean, lawThirdMoment } from '../../../src/math/queues/index.js';
import {
  erlangPhases,
  hyperexponentialPhases,
  mixedErlangPhases,
  phaseTypeMoment,
} from '../../../src/math/queues/phase-type/phase-type.js';
import { definiteLaw } from '../../../src/math/queues/two-moment.js';
import { expectClose } from '../fixture-cases.js';

describe('laws as phases', () => {
  it('are their own phases where they have any', () => {
    expect(asPhaseType({ kind: 'exponential', mean: 2 })).toEqual(erlangPhases(2, 1));
    expect(asPhaseType({ kind: 'erlang', mean: 2, stages: 3 })).toEqual(erlangPhases(2, 3));
    expect(asPhaseType({ kind: 'hyperexponential', mean: 2, cv: 3 })).toEqual(hyperexponentialPhases(2, 3));
    const phases = { kind: 'phase-type', ...mixedErlangPhases(2, 0.6) } as const;
    expect(asPhaseType(phases)).toBe(phases);
    expect(nearbyPhaseType(phases)).toBe(phases);
  });

  it('are none for other laws, and of at most 200 stages', () => {
    for (const kind of ['lognormal', 'gamma', 'two-moment'] as const)
      expect(asPhaseType({ kind, mean: 1, cv: 0.5 })).toBeNull();
    expect(asPhaseType({ kind: 'deterministic', mean: 1 })).toBeNull();
    expect(asPhaseType({ kind: 'empirical', quantiles: [0, 1] })).toBeNull();
    expect(asPhaseType({ kind: 'erlang', mean: 1, stages: 200 })!.alpha).toHaveLength(200);
    expect(asPhaseType({ kind: 'erlang', mean: 1, stages: 201 })).toBeNull();
  });

  it('have three moments of a variable law that is near', () => {
    for (const law of [
      { kind: 'gamma', mean: 3, cv: 1.5 },
      { kind: 'lognormal', mean: 3, cv: 2 },
    ] as const) {
      const phases = nearbyPhaseType(law);
      expect(phases.alpha).toHaveLength(2);
      expectClose(phaseTypeMoment(phases, 1), 3, 1e-12, 'mean');
      expectClose(phaseTypeMoment(phases, 2), 9 * (1 + law.cv ** 2), 1e-12, 'second moment');
      expectClose(phaseTypeMoment(phases, 3), lawThirdMoment(law), 1e-12, 'third moment');
    }
  });

  it('have two moments where no two phases have three', () => {
    // short rare values: cv 1.2, third moment below what two exponentials reach
    const quantiles = [0, 0, 0, 0, 0, 0, 1, 3, 3, 3];
    const law: Law = { kind: 'empirical', quantiles };
    expect(lawCv(law)).toBeGreaterThan(1);
    expect(nearbyPhaseType(law)).toEqual(hyperexponentialPhases(lawMean(law), lawCv(law)));
  });

  it('of laws that vary little are Erlang mixtures, of at most 100 stages', () => {
    const phases = nearbyPhaseType({ kind: 'lognormal', mean: 3, cv: 0.4 });
    expect(phases).toEqual(mixedErlangPhases(3, 0.4));
    expect(nearbyPhaseType({ kind: 'deterministic', mean: 3 })).toEqual(erlangPhases(3, 100));
    expect(nearbyPhaseType({ kind: 'lognormal', mean: 3, cv: 1 })).toEqual(erlangPhases(3, 1));
  });
});

describe('the law that stands for two moments', () => {
  const kindOf = (cv: number) => definiteLaw({ kind: 'two-moment', mean: 2, cv });

  it('is the simplest with that cv', () => {
    expect(kindOf(0)).toEqual({ kind: 'deterministic', mean: 2 });
    expect(kindOf(1)).toEqual({ kind: 'exponential', mean: 2 });
    expect(kindOf(1.5)).toEqual({ kind: 'hyperexponential', mean: 2, cv: 1.5 });
    expect(kindOf(0.5)).toEqual({ kind: 'erlang', mean: 2, stages: 4 });
    expect(kindOf(Math.sqrt(1 / 3))).toEqual({ kind: 'erlang', mean: 2, stages: 3 });
    expect(kindOf(0.6)).toEqual({ kind: 'phase-type', ...mixedErlangPhases(2, 0.6) });
    expect(kindOf(0.05)).toEqual({ kind: 'gamma', mean: 2, cv: 0.05 });
    expect(kindOf(Math.sqrt(1 / 200))).toEqual({ kind: 'erlang', mean: 2, stages: 200 });
    expect(kindOf(Math.sqrt(1 / 202))).toMatchObject({ kind: 'gamma' });
  });

  it('leaves laws that are known as they are, in their simplest form', () => {
    for (const law of [
      { kind: 'erlang', mean: 2, stages: 2 },
      { kind: 'hyperexponential', mean: 2, cv: 1.1 },
      { kind: 'lognormal', mean: 2, cv: 1 },
      { kind: 'gamma', mean: 2, cv: 0.5 },
      { kind: 'empirical', quantiles: [0, 1] },
    ] as const)
      expect(definiteLaw(law)).toBe(law);
    for (const law of [
      { kind: 'erlang', mean: 2, stages: 1 },
      { kind: 'hyperexponential', mean: 2, cv: 1 },
      { kind: 'gamma', mean: 2, cv: 1 },
    ] as const)
      expect(definiteLaw(law)).toEqual({ kind: 'exponential', mean: 2 });
    for (const kind of ['lognormal', 'gamma'] as const)
      expect(definiteLaw({ kind, mean: 2, cv: 0 })).toEqual({ kind: 'deterministic', mean: 2 });
  });
});
