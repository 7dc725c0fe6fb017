import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lawDensity } from '../../../src/math/laws/density.js';
import { lawTail } from '../../../src/math/laws/distribution.js';
import type { Law } from '../../../src/math/laws/law.js';
import { lawCv } from '../../../src/math/laws/moments.js';
import { ggc, gimc, mdc, mg1, mg1ps } from '../../../src/math/queues/index.js';
import { expectSoundDurations } from './durations-checks.js';

/** Laws that hardly vary: constant in all but name. */
const nearlyConstant: fc.Arbitrary<Law> = fc
  .tuple(
    fc.constantFrom('gamma', 'lognormal', 'two-moment'),
    fc.double({ min: 1.5, max: 9, noNaN: true }).map((digits) => 10 ** -digits),
  )
  .map(([kind, cv]) => ({ kind, mean: 1, cv }) as Law);

test('services that hardly vary answer as constant ones do, shared or in line', () => {
  fc.assert(
    fc.property(nearlyConstant, fc.double({ min: 0.01, max: 0.98, noNaN: true }), (service, utilization) => {
      const shared = mg1ps({ arrivalRate: utilization, service }).sojourn!;
      const constant = mg1ps({ arrivalRate: utilization, service: { kind: 'deterministic', mean: 1 } });
      expectSoundDurations(shared, 1e-4);
      // at most what a lone service differs by
      const spread = 4 * lawCv(service);
      for (const p of [0.5, 0.95, 0.99])
        expect(Math.abs(shared.percentile(p) / constant.sojourn!.percentile(p) - 1)).toBeLessThan(
          spread + 1e-6,
        );
    }),
    { seed: 5, numRuns: 25 },
  );
});

test('regular arrivals at servers whose service hardly varies find nobody before them', () => {
  fc.assert(
    fc.property(
      nearlyConstant,
      fc.integer({ min: 1, max: 50 }),
      fc.double({ min: 1e-6, max: 0.5, noNaN: true }),
      (service, servers, utilization) => {
        const arrival: Law = { kind: 'erlang', mean: 1 / (servers * utilization), stages: 23 };
        const { sojourn } = ggc({ arrival, service, servers });
        expectSoundDurations(sojourn!, 1e-6);
        expect(sojourn!.percentile(0.1)).toBeGreaterThan(0.9);
      },
    ),
    { seed: 6, numRuns: 25 },
  );
});

test('Poisson arrivals at a server whose service hardly varies answer as at a constant one', () => {
  fc.assert(
    fc.property(nearlyConstant, fc.double({ min: 1e-9, max: 0.99, noNaN: true }), (service, utilization) => {
      const { sojourn } = mg1({ arrivalRate: utilization, service });
      const constant = mdc({ arrivalRate: utilization, serviceTime: 1, servers: 1 }).sojourn!;
      const spread = 4 * lawCv(service) + 1e-6;
      let before = 0;
      for (const p of [0.5, 0.9, 0.95, 0.99]) {
        const t = sojourn!.percentile(p);
        expect(t).toBeGreaterThanOrEqual(before);
        expect(Math.abs(t / constant.percentile(p) - 1)).toBeLessThan(spread);
        before = t;
      }
    }),
    { seed: 7, numRuns: 25 },
  );
});

test('intervals that are never over before a service find nobody', () => {
  const { waitProbability } = gimc({
    arrival: { kind: 'lognormal', mean: 3e5, cv: 0.5 },
    serviceTime: 1,
    servers: 2,
  });
  expect(waitProbability).toBeLessThan(1e-12);
});

test('the density of phases with rates far apart is minus the slope of their tail', () => {
  const law: Law = {
    kind: 'phase-type',
    alpha: [1, 0, 0],
    generator: [
      [-100, 12.5, 0],
      [0, -0.126, 0.0957],
      [0, 0, -45_157],
    ],
  };
  const [density, tail] = [lawDensity(law), lawTail(law)];
  for (const t of [0.003, 0.1, 2, 30]) {
    const width = t * 1e-4;
    const slope = (tail(t - width) - tail(t + width)) / (2 * width);
    expect(Math.abs(density(t) / slope - 1)).toBeLessThan(1e-6);
  }
});

test('bends of the wait are followed where there are any, and cost nothing beyond', () => {
  for (const [utilization, cv] of [
    [0.5, 0.02],
    [0.9, 0.02],
    [0.9988, 0.015],
  ] as const) {
    const asked = process.cpuUsage();
    const { wait } = mg1({ arrivalRate: utilization, service: { kind: 'lognormal', mean: 1, cv } });
    const like = mg1({ arrivalRate: utilization, service: { kind: 'gamma', mean: 1, cv } }).wait!;
    for (const p of [0.9, 0.95, 0.99])
      expect(Math.abs(wait!.percentile(p) / like.percentile(p) - 1)).toBeLessThan(1e-6);
    // 5 s of CPU where every bend far out was looked for
    expect(process.cpuUsage(asked).user / 1e6).toBeLessThan(1.5);
  }
});
