import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Law, mdc, mg1 } from '../../../../src/math/queues/index.js';
import { bendingCv, bendNear, floorOf } from '../../../../src/math/queues/single-server/mg1-inverted.js';
import { casesOf, expectClose, PERCENTILES } from '../../fixture-cases.js';
import { anyLaw } from '../../laws/laws.js';
import { expectSoundDurations, expectSoundResult } from '../durations-checks.js';

interface Inputs {
  readonly lambda: number;
  readonly mean_service: number;
  readonly scv: number;
  readonly dist: 'lognormal' | 'gamma' | 'deterministic';
}

describe('M/G/1', () => {
  it.each(casesOf<Inputs>('mg1-means'))('has the mean of $id', ({ inputs, expected }) => {
    const service: Law = { kind: 'two-moment', mean: inputs.mean_service, cv: Math.sqrt(inputs.scv) };
    const result = mg1({ arrivalRate: inputs.lambda, service });
    expectClose(result.wait!.mean, expected.Wq, 1e-12, 'mean wait');
    expectClose(result.meanInSystem!, expected.L, 1e-12, 'number in system');
    expectClose(result.waitProbability!, expected.Pwait, 1e-12, 'wait probability');
  });

  it.each(casesOf<Inputs>('mg1-percentiles'))('has the percentiles of $id', ({ inputs, expected }) => {
    const { dist: kind, mean_service: mean } = inputs;
    const service: Law =
      kind === 'deterministic' ? { kind, mean } : { kind, mean, cv: Math.sqrt(inputs.scv) };
    const result = mg1({ arrivalRate: inputs.lambda, service });
    for (const [name, p] of PERCENTILES)
      expectClose(result.wait!.percentile(p), expected[`Wq_${name}`], 1e-7, `wait ${name}`);
  });

  it('is M/M/1 for exponential service', () => {
    for (const utilization of [0.05, 0.5, 0.95, 0.999]) {
      const result = mg1({ arrivalRate: utilization / 3, service: { kind: 'exponential', mean: 3 } });
      for (const p of [0.5, 0.99, 0.99999]) {
        const sojourn = (-3 * Math.log(1 - p)) / (1 - utilization);
        expectClose(result.sojourn!.percentile(p), sojourn, 1e-9, 'sojourn');
        const wait = Math.max(0, sojourn + (3 * Math.log(utilization)) / (1 - utilization));
        expectClose(result.wait!.percentile(p), wait, 1e-9, 'wait');
      }
    }
  });

  it('is M/D/1 for deterministic service, and near it for service that hardly varies', () => {
    const exact = mdc({ arrivalRate: 0.8, serviceTime: 1, servers: 1 });
    const same = mg1({ arrivalRate: 0.8, service: { kind: 'deterministic', mean: 1 } });
    const near = mg1({ arrivalRate: 0.8, service: { kind: 'gamma', mean: 1, cv: 0.01 } });
    for (const p of [0.5, 0.9, 0.99]) {
      expect(same.sojourn!.percentile(p)).toBe(exact.sojourn!.percentile(p));
      expectClose(near.sojourn!.percentile(p), exact.sojourn!.percentile(p), 1e-3, 'near');
    }
  });

  it('finds by inversion what uniformisation finds', () => {
    for (const [stages, utilization] of [
      [2, 0.5],
      [4, 0.95],
      [25, 0.8],
      [100, 0.7],
      [150, 0.9],
      [200, 0.4],
    ] as const) {
      const byPhases = mg1({ arrivalRate: utilization, service: { kind: 'erlang', mean: 1, stages } });
      const gamma: Law = { kind: 'gamma', mean: 1, cv: 1 / Math.sqrt(stages) };
      const byInversion = mg1({ arrivalRate: utilization, service: gamma });
      for (const p of [0.5, 0.9, 0.99, 0.999]) {
        expectClose(byInversion.wait!.percentile(p), byPhases.wait!.percentile(p), 1e-7, `wait ${p}`);
        expectClose(
          byInversion.sojourn!.percentile(p),
          byPhases.sojourn!.percentile(p),
          1e-7,
          `sojourn ${p}`,
        );
      }
    }
  });

  it('is sound for random laws and loads', () => {
    fc.assert(
      fc.property(anyLaw, fc.double({ min: 0.05, max: 0.999, noNaN: true }), (service, utilization) => {
        const arrivalRate = utilization / 2;
        const result = mg1({ arrivalRate, service: service(2) });
        expectSoundResult(result, arrivalRate, 2);
        expectSoundDurations(result.wait!, 1e-6);
        expectSoundDurations(result.sojourn!, 1e-6);
      }),
      { seed: 12, numRuns: 40 },
    );
  });

  it('says which numbers two moments do not fix', () => {
    const known = mg1({ arrivalRate: 0.5, service: { kind: 'hyperexponential', mean: 1, cv: 2 } });
    const guessed = mg1({ arrivalRate: 0.5, service: { kind: 'two-moment', mean: 1, cv: 2 } });
    expect(known.exact).toBe(true);
    expect(guessed.exact).toBe(false);
    expect(guessed.errorBand).toContain('percentiles');
    expect(guessed.wait!.percentile(0.99)).toBe(known.wait!.percentile(0.99));
    expect(mg1({ arrivalRate: 1, service: { kind: 'exponential', mean: 1 } }).stable).toBe(false);
  });

  it('does not depend on the unit of time', () => {
    const laws: readonly ((unit: number) => Law)[] = [
      (mean) => ({ kind: 'gamma', mean, cv: 0.1 }),
      (mean) => ({ kind: 'lognormal', mean, cv: 1.5 }),
      (mean) => ({ kind: 'erlang', mean, stages: 3 }),
      (mean) => ({ kind: 'deterministic', mean }),
      (mean) => ({ kind: 'empirical', quantiles: [0, mean, 2 * mean] }),
    ];
    for (const law of laws) {
      const one = mg1({ arrivalRate: 0.8, service: law(1) });
      const other = mg1({ arrivalRate: 0.8 / 250, service: law(250) });
      for (const t of [0.5, 1.1, 4]) {
        expectClose(other.wait!.tail(250 * t), one.wait!.tail(t), 1e-9, `wait of ${law(1).kind}`);
        expectClose(other.sojourn!.tail(250 * t), one.sojourn!.tail(t), 1e-9, `sojourn of ${law(1).kind}`);
      }
      expectClose(other.wait!.mean, 250 * one.wait!.mean, 1e-12, 'mean');
    }
  });

  it('of many equal values is M/D/1, of a uniform law near its steps', () => {
    const exact = mdc({ arrivalRate: 0.8, serviceTime: 1, servers: 1 });
    const equal = mg1({ arrivalRate: 0.8, service: { kind: 'empirical', quantiles: [1, 1, 1] } });
    expectClose(equal.wait!.mean, exact.wait!.mean, 1e-12, 'mean');
    for (const t of [0.3, 0.7, 1.5, 3.5])
      expectClose(equal.wait!.tail(t), exact.wait!.tail(t), 2e-3, `tail at ${t}`);
  });

  it('names its route and wrong inputs', () => {
    const routes = (service: Law) => mg1({ arrivalRate: 0.5, service }).route;
    expect(routes({ kind: 'deterministic', mean: 1 })).toBe(
      'Pollaczek–Khinchine; percentiles by the M/D/1 law',
    );
    expect(routes({ kind: 'erlang', mean: 1, stages: 2 })).toContain('uniformisation');
    expect(routes({ kind: 'gamma', mean: 1, cv: 2 })).toContain('inversion');
    const fixed = mg1({ arrivalRate: 0.5, service: { kind: 'two-moment', mean: 1, cv: 0 } });
    expect(fixed.exact).toBe(true);
    expect(fixed).not.toHaveProperty('errorBand');
    expect(() => mg1({ arrivalRate: 0, service: { kind: 'exponential', mean: 1 } })).toThrow(
      'arrivalRate must',
    );
    expect(() => mg1({ arrivalRate: 1, service: { kind: 'exponential', mean: 0 } })).toThrow(
      'mean service time must',
    );
  });
});

describe('the bends of a tail', () => {
  it('are as wide as the service varies, more after several services, none after a dozen or 4/cv² of them', () => {
    expect(bendNear(0.5, 0.1)).toBe(0.1);
    expectClose(bendNear(9, 0.1), 0.3, 1e-15, 'three times');
    expectClose(bendNear(12, 0.1), 0.346, 2e-3, 'at the end');
    expect(bendNear(12.1, 0.1)).toBe(Number.POSITIVE_INFINITY);
    expect(bendNear(5, 1)).toBe(Number.POSITIVE_INFINITY);
  });

  it('are narrow and everywhere for laws of pieces, the narrower the fewer', () => {
    const pieces = (n: number): Law => ({
      kind: 'empirical',
      quantiles: Array.from({ length: n }, (_, i) => i),
    });
    expect(bendingCv({ kind: 'gamma', mean: 3, cv: 0.4 })).toBe(0.4);
    expect(bendingCv({ kind: 'gamma', mean: 3, cv: 0.001 })).toBe(0.01);
    expect(bendingCv(pieces(21))).toBe(0.2);
    expect(bendingCv(pieces(20))).toBe(0.03);
    expect(floorOf(pieces(3))).toBeGreaterThan(floorOf({ kind: 'gamma', mean: 3, cv: 0.4 }));
  });
});
