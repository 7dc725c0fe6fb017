import { describe, expect, it } from 'vitest';
import { type Law, mg1ps } from '../../../src/queueing/index.js';
import { generalPsSojourn } from '../../../src/queueing/processor-sharing/sojourn.js';
import { expectSoundDurations } from '../durations-checks.js';
import { type Case, casesOf, expectClose, PERCENTILES } from '../fixture-cases.js';

interface Inputs {
  readonly lambda: number;
  readonly mean_service: number;
}

const all: Case<Inputs>[] = casesOf<Inputs>('mg1-ps');
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
