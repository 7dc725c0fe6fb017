import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Law } from '../../../src/math/laws/law.js';
import { Random } from '../../../src/math/random/random.js';
import { Stream } from '../../../src/math/random/sampler.js';
import { exponentialVariate, fillExponential, normalVariate } from '../../../src/math/random/ziggurat.js';

const N = 200_000;

/** Kolmogorov–Smirnov distance times √n: above 1.95 in one of a thousand samples of the right law. */
function kolmogorov(sample: Float64Array, distribution: (x: number) => number): number {
  const sorted = sample.sort();
  let distance = 0;
  sorted.forEach((x, n) => {
    const p = distribution(x);
    distance = Math.max(distance, p - n / sorted.length, (n + 1) / sorted.length - p);
  });
  return distance * Math.sqrt(sorted.length);
}

/** Abramowitz & Stegun 7.1.26, within 1.5 × 10⁻⁷. */
function normalDistribution(x: number): number {
  const t = 1 / (1 + (0.3275911 * Math.abs(x)) / Math.SQRT2);
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const upper = 0.5 * poly * Math.exp((-x * x) / 2);
  return x < 0 ? upper : 1 - upper;
}

const drawn = (draw: (random: Random) => number, seed: number): Float64Array => {
  const random = new Random(seed, 0, 1);
  return Float64Array.from({ length: N }, () => draw(random));
};

describe('random numbers', () => {
  it.each([1, 2, 3, 4])('are uniform, exponential and normal (seed %i)', (seed) => {
    expect(
      kolmogorov(
        drawn((random) => random.uniform(), seed),
        (x) => x,
      ),
    ).toBeLessThan(1.95);
    expect(kolmogorov(drawn(exponentialVariate, seed), (x) => -Math.expm1(-x))).toBeLessThan(1.95);
    expect(kolmogorov(drawn(normalVariate, seed), normalDistribution)).toBeLessThan(1.95);
  });

  it('have the right weight beyond the last layer of the ziggurats', () => {
    const far = (sample: Float64Array, beyond: number) => sample.filter((x) => Math.abs(x) > beyond).length;
    const runs = [11, 12, 13, 14, 15];
    const exponential = runs.reduce((sum, seed) => sum + far(drawn(exponentialVariate, seed), 7.7), 0);
    const normal = runs.reduce((sum, seed) => sum + far(drawn(normalVariate, seed), 3.66), 0);
    const [wantedExponential, wantedNormal] = [5 * N * Math.exp(-7.7), 5 * N * 2.5222e-4];
    expect(Math.abs(exponential - wantedExponential)).toBeLessThan(4 * Math.sqrt(wantedExponential));
    expect(Math.abs(normal - wantedNormal)).toBeLessThan(4 * Math.sqrt(wantedNormal));
  });

  it('are the same exponentials one at a time or many at a time, from any place in the bits', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(2100), fc.integer({ min: 1, max: 3000 }), (seed, before, count) => {
        const [single, many] = [new Random(seed), new Random(seed)];
        for (let n = 0; n < before; n++) expect(single.bits()).toBe(many.bits());
        const out = new Float64Array(count);
        fillExponential(many, out, 3);
        expect(out).toEqual(out.map(() => 3 * exponentialVariate(single)));
        expect(many.bits()).toBe(single.bits());
      }),
      { seed: 8, numRuns: 30 },
    );
  });

  it('are the same for the same seed and path, and others for any other', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(1000), fc.nat(10), (seed, replication, source) => {
        const row = (...path: number[]) => {
          const random = new Random(seed, ...path);
          return [random.bits(), random.bits(), random.bits(), random.bits()].join();
        };
        expect(row(replication, source)).toBe(row(replication, source));
        expect(row(replication, source)).not.toBe(row(replication + 1, source));
        expect(row(replication, source)).not.toBe(row(replication, source + 1));
      }),
      { seed: 7 },
    );
  });

  it('stay within 0 and 1, and below a count', () => {
    const random = new Random(5);
    for (let n = 0; n < 100_000; n++) {
      const u = random.uniform();
      if (!(u > 0 && u < 1 && random.below(7) < 7)) throw new Error(`draw ${n} is out of range`);
    }
  });
});

describe('streams', () => {
  const laws: readonly (readonly [Law, number])[] = [
    [{ kind: 'deterministic', mean: 3 }, 0],
    [{ kind: 'exponential', mean: 3 }, 1],
    [{ kind: 'erlang', mean: 3, stages: 4 }, 0.5],
    [{ kind: 'erlang', mean: 3, stages: 25 }, 0.2],
    [{ kind: 'hyperexponential', mean: 3, cv: 2 }, 2],
    [{ kind: 'hyperexponential', mean: 3, cv: 1 }, 1],
    [{ kind: 'lognormal', mean: 3, cv: 1.5 }, 1.5],
    [{ kind: 'gamma', mean: 3, cv: 0.7 }, 0.7],
    [{ kind: 'gamma', mean: 3, cv: 2 }, 2],
    [{ kind: 'two-moment', mean: 3, cv: 0 }, 0],
    [{ kind: 'two-moment', mean: 3, cv: 0.5 }, 0.5],
    [{ kind: 'two-moment', mean: 3, cv: 1.5 }, 1.5],
    [{ kind: 'empirical', quantiles: [0, 6] }, 1 / Math.sqrt(3)],
    [
      {
        kind: 'phase-type',
        alpha: [1, 0],
        generator: [
          [-2 / 3, 2 / 3],
          [0, -2 / 3],
        ],
      },
      Math.SQRT1_2,
    ],
  ];

  it.each(laws)('draw %j with its mean and variation', (law, cv) => {
    const stream = new Stream(law, new Random(3, 0, 2));
    let sum = 0;
    let squares = 0;
    for (let n = 0; n < N; n++) {
      const x = stream.next();
      sum += x;
      squares += x * x;
    }
    const mean = sum / N;
    const measured = Math.sqrt(Math.max(0, squares / N - mean * mean)) / mean;
    expect(Math.abs(mean / 3 - 1)).toBeLessThan((4 * Math.max(cv, 1e-9)) / Math.sqrt(N) + 1e-12);
    expect(Math.abs(measured - cv)).toBeLessThan(0.02 + 0.05 * cv * cv);
  });
});
