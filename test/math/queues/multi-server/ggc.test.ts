import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ggc, gimc, type Law, mgc, mmc } from '../../../../src/math/queues/index.js';
import { casesOf, expectClose, PERCENTILES } from '../../fixture-cases.js';
import { anyLaw } from '../../laws/laws.js';
import { expectSoundDurations, expectSoundResult } from '../durations-checks.js';

interface Side {
  readonly dist: string;
  readonly scv: number;
  readonly ph_alpha?: number[];
  readonly ph_T?: number[][];
}

interface Inputs {
  readonly lambda: number;
  readonly servers: number;
  readonly arrival: Side;
  readonly service: Side;
}

function lawOf(side: Side, mean: number): Law {
  if (side.ph_alpha && side.ph_T) return { kind: 'phase-type', alpha: side.ph_alpha, generator: side.ph_T };
  if (side.dist === 'exponential' || side.dist === 'deterministic') return { kind: side.dist, mean };
  if (side.dist.startsWith('erlang')) return { kind: 'erlang', mean, stages: Number(side.dist.slice(6)) };
  return { kind: 'empirical', quantiles: [0.5 * mean, 1.5 * mean] };
}

describe('G/G/c', () => {
  it.each(casesOf<Inputs>('ggc'))('solves $id exactly', ({ inputs, expected }) => {
    const arrival = lawOf(inputs.arrival, 1 / inputs.lambda);
    const service = lawOf(inputs.service, 1);
    const input = { arrival, service, servers: inputs.servers };
    const result = service.kind === 'exponential' ? gimc({ ...input, serviceTime: 1 }) : ggc(input);
    // twelve servers of E4 services and intervals and the like are beyond the exact route
    const precision = result.exact ? 1e-10 : 0.03;
    expectClose(result.waitProbability!, expected.Pwait, precision, 'wait probability');
    expectClose(result.wait!.mean, expected.Wq, precision, 'mean wait');
    for (const [name, p] of PERCENTILES.slice(result.exact ? 0 : 2)) {
      expectClose(result.wait!.percentile(p), expected[`Wq_${name}`], precision, `wait ${name}`);
      expectClose(result.sojourn!.percentile(p), expected[`W_${name}`], precision, `sojourn ${name}`);
    }
  });

  it('finds by the root of Takács what the matrices find', () => {
    for (const servers of [1, 3, 12]) {
      const arrival: Law = { kind: 'hyperexponential', mean: 1 / (0.85 * servers), cv: 2 };
      const phases: Law = {
        kind: 'phase-type',
        alpha: [0.4, 0.6],
        generator: [
          [-1, 0],
          [0, -1],
        ],
      };
      const byRoot = gimc({ arrival, serviceTime: 1, servers });
      const byMatrix = ggc({ arrival, service: phases, servers });
      expectClose(byMatrix.wait!.mean, byRoot.wait!.mean, 1e-11, 'mean wait');
      for (const p of [0.5, 0.99])
        expectClose(byMatrix.sojourn!.percentile(p), byRoot.sojourn!.percentile(p), 1e-9, 'sojourn');
    }
  });

  it('is M/M/c for exponential intervals and services, wherever the crossing of Takács lies', () => {
    for (const servers of [1, 2, 7, 50, 1000]) {
      for (const utilization of [0.05, 0.5, 0.9, 0.999]) {
        const arrivalRate = servers * utilization;
        const markov = mmc({ arrivalRate, serviceTime: 1, servers });
        const renewal = gimc({
          arrival: { kind: 'exponential', mean: 1 / arrivalRate },
          serviceTime: 1,
          servers,
        });
        expectClose(renewal.waitProbability!, markov.waitProbability!, 1e-10, `${servers} ${utilization}`);
        expectClose(renewal.sojourn!.percentile(0.99), markov.sojourn!.percentile(0.99), 1e-10, 'p99');
      }
    }
    const service: Law = { kind: 'erlang', mean: 1, stages: 3 };
    const poisson = ggc({ arrival: { kind: 'exponential', mean: 0.2 }, service, servers: 6 });
    expect(poisson.wait!.mean).toBe(mgc({ arrivalRate: 5, service, servers: 6 }).wait!.mean);
  });

  it('is sound for random intervals and services', () => {
    fc.assert(
      fc.property(
        anyLaw,
        anyLaw,
        fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 1000 })),
        fc.double({ min: 0.05, max: 0.995, noNaN: true }),
        (interval, service, servers, utilization) => {
          const arrivalRate = servers * utilization;
          const result = ggc({ arrival: interval(1 / arrivalRate), service: service(1), servers });
          expectSoundResult(result, result.throughput, 1);
          if (result.waitProbability! > 1e-2) expectSoundDurations(result.wait!, 1e-6);
          expect(result.sojourn!.percentile(0.99)).toBeGreaterThan(0);
        },
      ),
      { seed: 22, numRuns: 40 },
    );
  });

  it('never waits where neither intervals nor services vary', () => {
    const arrival: Law = { kind: 'deterministic', mean: 0.3 };
    const result = ggc({ arrival, service: { kind: 'deterministic', mean: 1 }, servers: 4 });
    expect(result).toMatchObject({ waitProbability: 0, meanQueueLength: 0, exact: true });
    expect(result.sojourn!.percentile(0.99)).toBe(1);
  });
});
