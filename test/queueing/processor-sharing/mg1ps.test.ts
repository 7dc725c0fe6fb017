import { describe, expect, it } from 'vitest';
import { type Law, mg1ps } from '../../../src/queueing/index.js';
import {
  erlangPhases,
  hyperexponentialPhases,
  type PhaseType,
} from '../../../src/queueing/phase-type/phase-type.js';
import { phaseTypeConditional } from '../../../src/queueing/processor-sharing/conditional-transform.js';
import { generalPsSojourn } from '../../../src/queueing/processor-sharing/sojourn.js';
import { expectSoundDurations } from '../durations-checks.js';
import { type Case, casesOf, expectClose, PERCENTILES } from '../fixture-cases.js';

interface Inputs {
  readonly lambda: number;
  readonly mean_service: number;
  readonly dist?: string;
  readonly job_size?: number;
}

const all: Case<Inputs>[] = casesOf<Inputs>('mg1-ps');
const phases: Readonly<Record<string, PhaseType>> = {
  exponential: erlangPhases(1, 1),
  erlang2: erlangPhases(1, 2),
  'h2-balanced-scv4': hyperexponentialPhases(1, 2),
};

describe('M/G/1 with processor sharing', () => {
  it.each(all.filter(({ expected }) => expected.W_p50 !== undefined))(
    'has the percentiles of $id',
    ({ inputs, expected }) => {
      const result = mg1ps({ arrivalRate: inputs.lambda, service: { kind: 'exponential', mean: 1 } });
      expectClose(result.sojourn!.mean, expected.W, 1e-12, 'mean');
      for (const [name, p] of PERCENTILES)
        expectClose(result.sojourn!.percentile(p), expected[`W_${name}`], 1e-11, name);
    },
  );

  it.each(all.filter(({ inputs }) => phases[inputs.dist ?? ''] && inputs.job_size !== undefined))(
    'has the conditional moments of $id',
    ({ inputs, expected }) => {
      // mean and variance from the transform near 0, by differences
      const at = phaseTypeConditional(inputs.lambda, inputs.lambda, phases[inputs.dist!]!);
      const mean = expected.E_T_given_x!;
      const lengths = { length: Float64Array.of(inputs.job_size!), mass: Float64Array.of(1) };
      const log = (s: number) => Math.log(at({ re: s, im: 0 })(lengths).re);
      const step = 2e-3 / Math.max(1, mean);
      expectClose((log(step) - log(3 * step)) / (2 * step) / mean, 1, 0.05, 'slope');
      const curvature = (log(3 * step) - 2 * log(2 * step) + log(step)) / (step * step);
      expectClose(curvature, expected.Var_T_given_x, 0.12, 'variance');
    },
  );

  it('has a mean that depends on no more than the mean of the service', () => {
    const laws: Law[] = [
      { kind: 'deterministic', mean: 2 },
      { kind: 'exponential', mean: 2 },
      { kind: 'hyperexponential', mean: 2, cv: 2 },
      { kind: 'erlang', mean: 2, stages: 3 },
      { kind: 'two-moment', mean: 2, cv: 0.7 },
    ];
    for (const service of laws) {
      const { sojourn, meanInSystem } = mg1ps({ arrivalRate: 0.35, service });
      expectClose(sojourn!.mean, 2 / 0.3, 1e-12, 'mean');
      expectClose(meanInSystem!, 0.7 / 0.3, 1e-12, 'number');
      // the same from the tail, by equal steps of ln t
      let area = 0;
      const step = 0.3;
      for (let y = -7; y < Math.log(1500); y += step) area += step * Math.exp(y) * sojourn!.tail(Math.exp(y));
      expectClose(area, 2 / 0.3, 5e-3, `area for ${service.kind}`);
    }
  });

  it('finds by transform inversion what the integral gives for exponential service', () => {
    for (const utilization of [0.3, 0.8, 0.95]) {
      const exact = mg1ps({ arrivalRate: utilization, service: { kind: 'exponential', mean: 1 } }).sojourn!;
      const inverted = generalPsSojourn(utilization, { kind: 'exponential', mean: 1 });
      for (const p of [0.5, 0.9, 0.99])
        expectClose(inverted.percentile(p), exact.percentile(p), 1e-5, `${utilization} ${p}`);
    }
  });

  it('is sound up to loads near 1', () => {
    for (const utilization of [0.01, 0.5, 0.99, 0.9999]) {
      const { sojourn } = mg1ps({ arrivalRate: utilization / 3, service: { kind: 'exponential', mean: 3 } });
      expectSoundDurations(sojourn!);
      expectClose(sojourn!.tail(1e-300), 1, 1e-12, 'total');
    }
  });

  it('reports overload', () => {
    expect(mg1ps({ arrivalRate: 1, service: { kind: 'exponential', mean: 1 } }).stable).toBe(false);
    expect(() => mg1ps({ arrivalRate: 0, service: { kind: 'exponential', mean: 1 } })).toThrow(RangeError);
  });
});
