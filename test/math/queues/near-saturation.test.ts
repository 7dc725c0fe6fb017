import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Law } from '../../../src/math/laws/law.js';
import { lawCv, lawMean } from '../../../src/math/laws/moments.js';
import { ggc, gimc, mdc, mg1, mg1ps, mgc, mmc, type QueueResult } from '../../../src/math/queues/index.js';

const SHARES = [0.5, 0.9, 0.95, 0.99];
const idles = fc.double({ min: 5, max: 12, noNaN: true }).map((digits) => 10 ** -digits);
const crowds = fc.constantFrom(1, 2, 8, 1000, 1_000_000);
const laws = (mean: number, most: number): fc.Arbitrary<Law> =>
  fc.oneof(
    fc.constant<Law>({ kind: 'deterministic', mean }),
    fc.constant<Law>({ kind: 'erlang', mean, stages: 3 }),
    fc
      .tuple(fc.constantFrom('lognormal', 'gamma'), fc.double({ min: 0.1, max: most, noNaN: true }))
      .map(([kind, cv]) => ({ kind, mean, cv }) as Law),
    fc
      .double({ min: 1.01, max: most, noNaN: true })
      .map((cv): Law => ({ kind: 'hyperexponential', mean, cv })),
  );

/** Exponential waits with the mean of heavy traffic, as nearly as the idle share times the variability says. */
function expectLimit(result: QueueResult, limitMean: number, band: number): void {
  // Many servers are not in heavy traffic yet.
  if (band > 0.2) return;
  const { wait, sojourn, waitProbability } = result;
  expect(Math.abs(wait!.mean / limitMean - 1)).toBeLessThan(band);
  expect(waitProbability!).toBeGreaterThan(1 - band);
  expect(waitProbability!).toBeLessThanOrEqual(1);
  // Where a service is nothing beside the wait, the sojourn is as long.
  const long = limitMean * band > sojourn!.mean - wait!.mean;
  for (const durations of long ? [wait!, sojourn!] : [wait!])
    for (const share of SHARES)
      expect(Math.abs(durations.percentile(share) / (-limitMean * Math.log1p(-share)) - 1)).toBeLessThan(
        band,
      );
}

const SETTINGS = { seed: 11, numRuns: 15 };

describe('within 1e-5 to 1e-12 of saturation waits are those of heavy traffic', () => {
  test('M/G/c', () => {
    fc.assert(
      fc.property(idles, crowds, laws(1, 100), (idle, servers, service) => {
        const scv = lawCv(service) ** 2;
        const result = mgc({ arrivalRate: servers * (1 - idle), service, servers });
        const exactIdle = 1 - result.utilization;
        const limit = (1 + scv) / (2 * servers * exactIdle);
        expectLimit(result, limit, 0.02 + 20 * exactIdle * Math.sqrt(servers) * (1 + scv));
      }),
      SETTINGS,
    );
  });

  test('GI/M/c and G/G/c', () => {
    fc.assert(
      fc.property(
        idles,
        fc.constantFrom(1, 4, 100),
        laws(1, 10),
        fc.boolean(),
        (idle, servers, shape, exponential) => {
          const arrival = {
            ...shape,
            mean: 1 / (servers * (1 - idle)),
          } as Law;
          const service: Law = exponential
            ? { kind: 'exponential', mean: 1 }
            : { kind: 'erlang', mean: 1, stages: 2 };
          const result = exponential
            ? gimc({ arrival, serviceTime: 1, servers })
            : ggc({ arrival, service, servers });
          const scv = lawCv(arrival) ** 2 + lawCv(service) ** 2;
          const exactIdle = 1 - result.utilization;
          expectLimit(result, scv / (2 * servers * exactIdle), 0.03 + 10 * exactIdle * servers * (1 + scv));
        },
      ),
      { ...SETTINGS, numRuns: 12 },
    );
  });

  test('M/D/c, M/G/1', () => {
    fc.assert(
      fc.property(idles, crowds, laws(1, 50), (idle, servers, service) => {
        const fixed = mdc({ arrivalRate: servers * (1 - idle), serviceTime: 1, servers });
        const fixedIdle = 1 - fixed.utilization;
        expectLimit(fixed, 1 / (2 * servers * fixedIdle), 0.01 + 3 * fixedIdle * Math.sqrt(servers));
        const single = mg1({ arrivalRate: 1 - idle, service });
        const singleIdle = 1 - single.utilization;
        const scv = lawCv(service) ** 2;
        expectLimit(single, (1 + scv) / (2 * singleIdle), 0.01 + 3 * singleIdle * (1 + scv));
      }),
      SETTINGS,
    );
  });

  test('M/G/1-PS grows with its mean', () => {
    for (const service of [
      { kind: 'lognormal', mean: 1, cv: 2 },
      { kind: 'erlang', mean: 1, stages: 2 },
      { kind: 'deterministic', mean: 1 },
    ] as const) {
      const far = mg1ps({ arrivalRate: 1 - 1e-3, service }).sojourn!;
      const near = mg1ps({ arrivalRate: 1 - 1e-9, service }).sojourn!;
      expect(near.mean).toBeCloseTo(1e9, -2);
      for (const share of [0.5, 0.95])
        expect(
          Math.abs(near.percentile(share) / near.mean / (far.percentile(share) / far.mean) - 1),
        ).toBeLessThan(0.01);
    }
  });
});

test('solved and scaled waits join where one turns to the other', () => {
  const service: Law = { kind: 'hyperexponential', mean: 1, cv: 2 };
  const [before, after] = [1.01e-5, 0.99e-5].map((idle) =>
    mgc({ arrivalRate: 4 * (1 - idle), service, servers: 4 }),
  );
  expect(before!.exact).toBe(true);
  expect(after!.exact).toBe(false);
  for (const of of ['wait', 'sojourn'] as const)
    for (const value of [(r: QueueResult) => r[of]!.mean, (r: QueueResult) => r[of]!.percentile(0.95)])
      expect((value(after!) * 0.99) / (value(before!) * 1.01)).toBeCloseTo(1, 4);
});

test('M/H2/c with both phases alike is M/M/c up to rounding from saturation', () => {
  for (const idle of [1e-6, 1e-9, 1e-11]) {
    const servers = 3;
    const arrivalRate = servers * (1 - idle);
    const service: Law = {
      kind: 'phase-type',
      alpha: [0.5, 0.5],
      generator: [
        [-1, 0],
        [0, -1],
      ],
    };
    const found = mgc({ arrivalRate, service, servers });
    const exact = mmc({ arrivalRate, serviceTime: 1, servers });
    expect(found.wait!.mean / exact.wait!.mean).toBeCloseTo(1, 4);
    expect(found.sojourn!.percentile(0.99) / exact.sojourn!.percentile(0.99)).toBeCloseTo(1, 4);
  }
});

test('the last numbers below saturation are answered', () => {
  const service: Law = { kind: 'lognormal', mean: 1, cv: 2 };
  for (const servers of [1, 4]) {
    const arrivalRate = servers * (1 - 2 ** -53);
    for (const result of [
      mdc({ arrivalRate, serviceTime: 1, servers }),
      mgc({ arrivalRate, service, servers }),
      gimc({ arrival: { ...service, mean: 1 / arrivalRate }, serviceTime: 1, servers }),
    ]) {
      if (!result.stable) continue;
      expect(Number.isFinite(result.wait!.mean)).toBe(true);
      expect(result.wait!.percentile(0.95)).toBeGreaterThan(result.wait!.mean);
    }
  }
});

test('queues that are nearly always empty are answered', () => {
  for (const servers of [1, 2])
    for (const arrivalRate of [1e-6, 1e-9]) {
      const result = mdc({ arrivalRate, serviceTime: 1e-9, servers });
      expect(result.wait!.mean).toBeGreaterThanOrEqual(0);
      expect(result.sojourn!.percentile(0.99)).toBe(lawMean({ kind: 'deterministic', mean: 1e-9 }));
    }
});
