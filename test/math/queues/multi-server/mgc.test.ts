import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { erlangC, type Law, mdc, mg1, mgc, mmc } from '../../../../src/math/queues/index.js';
import { casesOf, expectClose, PERCENTILES } from '../../fixture-cases.js';
import { anyLaw } from '../../laws/laws.js';
import { expectSoundDurations, expectSoundResult } from '../durations-checks.js';

interface Inputs {
  readonly lambda: number;
  readonly servers: number;
  readonly scv: number;
  readonly ph_alpha: number[];
  readonly ph_T: number[][];
}

describe('M/G/c', () => {
  it.each(casesOf<Inputs>('mphc'))('solves $id exactly', ({ inputs, expected }) => {
    const service: Law = { kind: 'phase-type', alpha: inputs.ph_alpha, generator: inputs.ph_T };
    const result = mgc({ arrivalRate: inputs.lambda, service, servers: inputs.servers });
    expect(result.exact).toBe(true);
    expectClose(result.waitProbability!, expected.Pwait, 1e-11, 'wait probability');
    expectClose(result.wait!.mean, expected.Wq, 1e-11, 'mean wait');
    for (const [name, p] of PERCENTILES) {
      expectClose(result.wait!.percentile(p), expected[`Wq_${name}`], 1e-10, `wait ${name}`);
      expectClose(result.sojourn!.percentile(p), expected[`W_${name}`], 1e-10, `sojourn ${name}`);
    }
  });

  it('is M/M/c, M/D/c and M/G/1 where it should be', () => {
    const phases: Law = {
      kind: 'phase-type',
      alpha: [0.4, 0.6],
      generator: [
        [-0.5, 0],
        [0, -0.5],
      ],
    };
    for (const [servers, utilization] of [
      [2, 0.3],
      [9, 0.9],
      [40, 0.97],
    ] as const) {
      const arrivalRate = (servers * utilization) / 2;
      const markov = mmc({ arrivalRate, serviceTime: 2, servers });
      const solved = mgc({ arrivalRate, service: phases, servers });
      expectClose(solved.wait!.mean, markov.wait!.mean, 1e-11, 'mean wait');
      for (const p of [0.5, 0.99]) {
        expectClose(solved.wait!.percentile(p), markov.wait!.percentile(p), 1e-9, 'wait');
        expectClose(solved.sojourn!.percentile(p), markov.sojourn!.percentile(p), 1e-9, 'sojourn');
      }
      const fixed = mgc({ arrivalRate, service: { kind: 'deterministic', mean: 2 }, servers });
      expect(fixed.wait!.mean).toBe(mdc({ arrivalRate, serviceTime: 2, servers }).wait!.mean);
    }
    const service: Law = { kind: 'lognormal', mean: 1, cv: 2 };
    const single = mgc({ arrivalRate: 0.7, service, servers: 1 });
    expect(single.wait!.percentile(0.9)).toBe(mg1({ arrivalRate: 0.7, service }).wait!.percentile(0.9));
  });

  it('is sound for random laws, loads and up to thousands of servers', () => {
    fc.assert(
      fc.property(
        anyLaw,
        fc.oneof(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 31, max: 5000 })),
        fc.double({ min: 0.05, max: 0.999, noNaN: true }),
        (law, servers, utilization) => {
          const arrivalRate = servers * utilization;
          const result = mgc({ arrivalRate, service: law(1), servers });
          expectSoundResult(result, arrivalRate, 1);
          if (result.waitProbability! > 1e-2) expectSoundDurations(result.wait!, 1e-6);
          for (const p of [0.5, 0.99]) expect(result.sojourn!.percentile(p)).toBeGreaterThan(0);
        },
      ),
      { seed: 21, numRuns: 40 },
    );
  });

  it('goes over smoothly from exact to approximate as servers grow', () => {
    for (const cv of [0.75, 1.5, 3]) {
      const service: Law = { kind: 'two-moment', mean: 1, cv };
      let last = { ratio: 0, exact: true };
      for (let servers = 60; servers <= 180; servers += 20) {
        const arrivalRate = 0.9 * servers;
        const result = mgc({ arrivalRate, service: lawGiven(service), servers });
        const ratio = result.waitProbability! / erlangC(servers, arrivalRate);
        if (last.ratio > 0) expectClose(ratio, last.ratio, 0.01, `${servers}, ${result.route}`);
        last = { ratio, exact: result.exact };
      }
      expect(last.exact).toBe(false);
    }
  });

  it('waits longer with more load, fewer servers and more variability', () => {
    const meanWait = (rate: number, servers: number, cv: number) =>
      mgc({ arrivalRate: rate, service: { kind: 'two-moment', mean: 1, cv }, servers }).wait!.mean;
    const cvs = [0, 0.3, 0.5, 0.6, 0.75, 0.9, 1, 1.2, 2, 4];
    for (const servers of [3, 12, 200]) {
      for (const utilization of [servers > 100 ? 0.8 : 0.6, 0.9]) {
        const rate = servers * utilization;
        cvs.reduce((low, high) => {
          expect(meanWait(rate, servers, high)).toBeGreaterThan(meanWait(rate, servers, low));
          return high;
        });
        for (const cv of [0.5, 2]) {
          expect(meanWait(rate * 1.02, servers, cv)).toBeGreaterThan(meanWait(rate, servers, cv));
          expect(meanWait(rate, servers + 1, cv)).toBeLessThan(meanWait(rate, servers, cv));
        }
      }
    }
  });

  it('says by which route and how exactly', () => {
    const ask = (service: Law, servers: number) => mgc({ arrivalRate: servers * 0.8, service, servers });
    expect(ask({ kind: 'erlang', mean: 1, stages: 2 }, 8).exact).toBe(true);
    expect(ask({ kind: 'erlang', mean: 1, stages: 20 }, 50)).toMatchObject({ exact: false });
    expect(ask({ kind: 'two-moment', mean: 1, cv: 2 }, 8).errorBand).toContain('cv');
    expect(ask({ kind: 'lognormal', mean: 1, cv: 2 }, 8)).toMatchObject({ exact: false });
    expect(mgc({ arrivalRate: 9, service: { kind: 'gamma', mean: 1, cv: 2 }, servers: 8 }).stable).toBe(
      false,
    );
  });
});

function lawGiven(law: Law): Law {
  if (law.kind !== 'two-moment') return law;
  return law.cv > 1 ? { kind: 'hyperexponential', mean: law.mean, cv: law.cv } : law;
}
