import { describe, expect, it } from 'vitest';
import { type Law, mg1ps } from '../../../../src/math/queues/index.js';
import { generalPsSojourn } from '../../../../src/math/queues/processor-sharing/sojourn.js';
import { type Case, casesOf, expectClose, PERCENTILES } from '../../fixture-cases.js';
import { expectSoundDurations } from '../durations-checks.js';

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

  it('lets nobody wait', () => {
    const result = mg1ps({ arrivalRate: 0.25, service: { kind: 'erlang', mean: 2, stages: 2 } });
    expect(result).toMatchObject({ waitProbability: 0, meanQueueLength: 0, utilization: 0.5, servers: 1 });
    expect(result.wait!.mean).toBe(0);
    expect(result.wait!.tail(0)).toBe(0);
    expect(result.wait!.percentile(0.99)).toBe(0);
    expectClose(result.meanInSystem!, 1, 1e-14, 'number');
  });

  it.each([
    [{ kind: 'exponential', mean: 1 }, true, 'Flatto'],
    [{ kind: 'deterministic', mean: 1 }, true, 'Ott'],
    [{ kind: 'erlang', mean: 1, stages: 8 }, true, 'Ott'],
    [{ kind: 'hyperexponential', mean: 1, cv: 3 }, true, 'Ott'],
    [{ kind: 'erlang', mean: 1, stages: 9 }, false, 'Ott'],
    [{ kind: 'gamma', mean: 1, cv: 1.5 }, false, 'Ott'],
    [{ kind: 'lognormal', mean: 1, cv: 2 }, false, 'Ott'],
    [{ kind: 'two-moment', mean: 1, cv: 0 }, true, 'Ott'],
    [{ kind: 'two-moment', mean: 1, cv: 1 }, false, 'Flatto'],
    [{ kind: 'two-moment', mean: 1, cv: 3 }, false, 'Ott'],
  ] as const)('says how %j was solved', (service, exact, route) => {
    const result = mg1ps({ arrivalRate: 0.5, service });
    expect(result.exact).toBe(exact);
    expect(result.route).toContain(route);
    expect('errorBand' in result).toBe(!exact);
    if (exact) return;
    expect(result.errorBand).toMatch(
      service.kind === 'two-moment'
        ? /^mean exact; percentiles those of a law fitted/
        : /^mean exact; percentiles ±\d/,
    );
  });

  it('has a wider band for service of cv above 2, or of pieces', () => {
    const band = (service: Law) => mg1ps({ arrivalRate: 0.5, service }).errorBand;
    expect(band({ kind: 'lognormal', mean: 1, cv: 2 })).toBe('mean exact; percentiles ±1 %');
    expect(band({ kind: 'lognormal', mean: 1, cv: 2.01 })).toBe('mean exact; percentiles ±3 %');
    expect(band({ kind: 'empirical', quantiles: [0, 2] })).toBe('mean exact; percentiles ±3 %');
  });

  it('reports overload and wrong inputs', () => {
    const service = { kind: 'exponential', mean: 1 } as const;
    expect(mg1ps({ arrivalRate: 1, service })).toMatchObject({ stable: false, throughput: 1, servers: 1 });
    expect(() => mg1ps({ arrivalRate: 0, service })).toThrow('arrivalRate must');
    expect(() => mg1ps({ arrivalRate: 1, service: { ...service, mean: 0 } })).toThrow(
      'mean service time must',
    );
    expect(() => mg1ps({ arrivalRate: 0, service })).toThrow(RangeError);
  });
});
