import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mdc } from '../../../src/queueing/index.js';
import { gaussLegendre } from '../../../src/queueing/numeric/gauss-legendre.js';
import { expectSoundDurations, expectSoundResult } from '../durations-checks.js';
import { casesOf, expectClose, PERCENTILES } from '../fixture-cases.js';

describe('M/D/c', () => {
  it.each(casesOf<{ lambda: number; service: number; servers: number }>('mdc'))(
    'agrees with $id',
    ({ inputs, expected }) => {
      const result = mdc({
        arrivalRate: inputs.lambda,
        serviceTime: inputs.service,
        servers: inputs.servers,
      });
      expectClose(result.waitProbability!, expected.Pwait, 1e-12, 'wait probability');
      expectClose(result.wait!.mean, expected.Wq, 1e-11, 'mean wait');
      for (const [name, p] of PERCENTILES) {
        expectClose(result.wait!.percentile(p), expected[`Wq_${name}`], 1e-11, `wait ${name}`);
        expectClose(result.sojourn!.percentile(p), expected[`W_${name}`], 1e-11, `sojourn ${name}`);
      }
    },
  );

  it('gives half the wait of M/M/1 at one server, up to 1 − 1e-9', () => {
    for (const utilization of [0.05, 0.5, 0.9, 0.999, 1 - 1e-6, 1 - 1e-9]) {
      const result = mdc({ arrivalRate: utilization, serviceTime: 1, servers: 1 });
      expectClose(result.waitProbability!, utilization, 1e-13, 'wait probability');
      expectClose(result.wait!.mean, utilization / (1 - utilization) / 2, 1e-6, 'mean wait');
    }
  });

  it('is sound for random loads and up to thousands of servers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3000 }),
        fc.double({ min: 0.05, max: 0.999, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (servers, utilization, serviceTime) => {
          const arrivalRate = (servers * utilization) / serviceTime;
          const result = mdc({ arrivalRate, serviceTime, servers });
          expectSoundResult(result, arrivalRate, serviceTime);
          if (result.waitProbability! > 1e-3) expectSoundDurations(result.wait!);
          expectClose(result.wait!.tail(0), result.wait!.tail(1e-12 * serviceTime), 1e-8, 'tail at 0');
        },
      ),
      { seed: 11, numRuns: 60 },
    );
  });

  it('has a mean wait that is the area under the tail', () => {
    const rule = gaussLegendre(12);
    for (const [servers, utilization] of [
      [1, 0.9],
      [7, 0.6],
      [40, 0.97],
    ] as const) {
      const { wait } = mdc({ arrivalRate: servers * utilization, serviceTime: 1, servers });
      // kinks lie at whole services only, between which the rule is exact but for rounding
      let area = 0;
      for (let n = 0; n < 400; n += 1)
        for (const { node, weight } of rule) area += (weight / 2) * wait!.tail(n + (node + 1) / 2);
      expectClose(area, wait!.mean, 1e-8, 'area');
    }
  });

  it('waits longer under more load and less with more servers', () => {
    const meanWait = (arrivalRate: number, servers: number) =>
      mdc({ arrivalRate, serviceTime: 1, servers }).wait!.mean;
    for (let rate = 0.5; rate < 9.4; rate += 0.1) {
      expect(meanWait(rate + 0.1, 10)).toBeGreaterThan(meanWait(rate, 10));
      expect(meanWait(rate, 11)).toBeLessThan(meanWait(rate, 10));
    }
  });

  it('reports overload as a result and bad input as an error', () => {
    expect(mdc({ arrivalRate: 4, serviceTime: 1, servers: 4 })).toMatchObject({
      stable: false,
      wait: null,
      throughput: 4,
    });
    expect(() => mdc({ arrivalRate: -1, serviceTime: 1, servers: 4 })).toThrow(RangeError);
    expect(() => mdc({ arrivalRate: 1, serviceTime: 1, servers: 1.5 })).toThrow(RangeError);
    expect(() => mdc({ arrivalRate: 1, serviceTime: Number.NaN, servers: 1 })).toThrow(RangeError);
  });
});
