import { describe, expect, it } from 'vitest';
import { lawDurations } from '../../src/queueing/index.js';
import { lawDensity } from '../../src/queueing/law-density.js';
import { gaussLegendre } from '../../src/queueing/numeric/gauss-legendre.js';
import { upperGamma } from '../../src/queueing/numeric/incomplete-gamma.js';
import { percentileOfTail } from '../../src/queueing/percentile.js';
import { complex, divide, exp, expm1, log1p, multiply } from '../../src/queueing/transform/complex.js';
import { fft } from '../../src/queueing/transform/fft.js';
import { invertedDurations } from '../../src/queueing/transform/inverted-durations.js';
import { invertLaplace } from '../../src/queueing/transform/laplace-inversion.js';
import { expectClose } from './fixture-cases.js';

describe('the fast Fourier transform', () => {
  it('is the sum that defines it, and its inverse undoes it', () => {
    const size = 16;
    const re = Float64Array.from({ length: size }, (_, n) => Math.sin(n * n));
    const im = Float64Array.from({ length: size }, (_, n) => Math.cos(3 * n));
    const [fr, fi] = [re.slice(), im.slice()];
    fft(fr, fi);
    for (let k = 0; k < size; k += 1) {
      let [sumRe, sumIm] = [0, 0];
      for (let n = 0; n < size; n += 1) {
        const [c, s] = [Math.cos((2 * Math.PI * k * n) / size), -Math.sin((2 * Math.PI * k * n) / size)];
        sumRe += re[n]! * c - im[n]! * s;
        sumIm += re[n]! * s + im[n]! * c;
      }
      expect(fr[k]).toBeCloseTo(sumRe, 12);
      expect(fi[k]).toBeCloseTo(sumIm, 12);
    }
    fft(fr, fi, true);
    for (let n = 0; n < size; n += 1) {
      expect(fr[n]! / size).toBeCloseTo(re[n]!, 13);
      expect(fi[n]! / size).toBeCloseTo(im[n]!, 13);
    }
  });
});

describe('complex arithmetic', () => {
  it('keeps small numbers', () => {
    const tiny = complex(3e-12, -4e-12);
    expectClose(expm1(tiny).re, 3e-12, 1e-11, 'expm1');
    expectClose(log1p(tiny).im, -4e-12, 1e-11, 'log1p');
    const z = complex(0.3, -1.2);
    const back = divide(multiply(exp(z), z), z);
    expectClose(back.re, Math.exp(0.3) * Math.cos(1.2), 1e-14, 're');
    expectClose(log1p(expm1(z)).im, -1.2, 1e-14, 'im');
  });
});

describe('transform inversion', () => {
  it('finds smooth tails to about 1e-9', () => {
    const erlang = (s: { re: number; im: number }) => {
      // tail of two exponentials of rate 1: (1 + t)e^{−t} ↔ (s + 2)/(s + 1)²
      const one = complex(s.re + 1, s.im);
      return divide(complex(s.re + 2, s.im), multiply(one, one));
    };
    for (const t of [0.01, 0.5, 1, 3, 10])
      expect(Math.abs(invertLaplace(erlang, t) - (1 + t) * Math.exp(-t))).toBeLessThan(2e-9);
    const durations = invertedDurations({
      transform: erlang,
      mean: 2,
      atZero: 1,
      bend: () => Number.POSITIVE_INFINITY,
      floor: 1e-7,
    });
    // (1 + t)e^{−t} = 0.1
    expectClose(durations.percentile(0.9), 3.889720169867, 1e-8, 'p90');
    // continued exponentially, within a factor
    expectClose(Math.log(durations.tail(25)), Math.log(26) - 25, 0.05, 'beyond');
    expect(durations.tail(-1)).toBe(1);
  });
});

describe('numerical tools of the laws', () => {
  it('have the incomplete gamma function of Erlang and exponential laws', () => {
    // DLMF 8.4.10: Q(n, x) = e^{−x} Σ_{k<n} xᵏ/k!
    for (const x of [0.1, 2, 3.9, 4.1, 12, 60]) {
      let [sum, term] = [0, Math.exp(-x)];
      for (let k = 0; k < 4; k += 1) {
        sum += term;
        term *= x / (k + 1);
      }
      expectClose(upperGamma(4, x), sum, 1e-12, `Q(4, ${x})`);
    }
    expect(upperGamma(2.5, 0)).toBe(1);
    // Q(½, x) = erfc √x; erfc 1 from DLMF 7.2
    expectClose(upperGamma(0.5, 1), 0.15729920705028513, 1e-13, 'erfc');
    expectClose(upperGamma(1e6, 1e6), 0.4998670192, 1e-8, 'large shape');
  });

  it('integrate polynomials exactly', () => {
    const rule = gaussLegendre(6);
    const integral = (n: number) => rule.reduce((sum, { node, weight }) => sum + weight * node ** n, 0);
    for (const n of [0, 2, 4, 8, 10]) expectClose(integral(n), 2 / (n + 1), 1e-13, `x^${n}`);
    expect(Math.abs(integral(7))).toBeLessThan(1e-14);
  });

  it('have densities that are the slopes of their tails', () => {
    for (const law of [
      { kind: 'exponential', mean: 2 },
      { kind: 'erlang', mean: 2, stages: 3 },
      { kind: 'gamma', mean: 2, cv: 1.5 },
      { kind: 'lognormal', mean: 2, cv: 0.7 },
      { kind: 'hyperexponential', mean: 2, cv: 1.5 },
      { kind: 'two-moment', mean: 2, cv: 0.8 },
      { kind: 'empirical', quantiles: [0.2, 1, 1.7, 5] },
    ] as const) {
      const density = lawDensity(law);
      const { tail } = lawDurations(law);
      for (const t of [0.5, 1.3, 2.9])
        expectClose((tail(t - 1e-5) - tail(t + 1e-5)) / 2e-5, density(t), 1e-6, `${law.kind} at ${t}`);
    }
    expect(() => lawDensity({ kind: 'deterministic', mean: 1 })).toThrow(RangeError);
  });

  it('find percentiles wherever they lie, and 0 where an atom covers them', () => {
    const tail = (t: number) => 0.4 * Math.exp(-t / 1e9);
    expect(percentileOfTail(tail, 0.6, 1)).toBe(0);
    expectClose(percentileOfTail(tail, 0.9, 1e-6), 1e9 * Math.log(4), 1e-12, 'far');
    expectClose(percentileOfTail(tail, 0.600001, 1e15), 2500.00312, 1e-6, 'near');
    expect(() => percentileOfTail(tail, 1, 1)).toThrow(RangeError);
  });
});
