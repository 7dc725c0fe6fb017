import { describe, expect, it } from 'vitest';
import {
  add,
  type Complex,
  complex,
  divide,
  exp,
  expm1,
  log1p,
  modulus,
  multiply,
  scale,
  subtract,
} from '../../../src/math/transform/complex.js';
import { fft } from '../../../src/math/transform/fft.js';
import { invertedDurations } from '../../../src/math/transform/inverted-durations.js';
import { invertLaplace } from '../../../src/math/transform/laplace-inversion.js';
import { expectClose } from '../fixture-cases.js';

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
    fft(fi, fr);
    for (let n = 0; n < size; n += 1) {
      expect(fr[n]! / size).toBeCloseTo(re[n]!, 13);
      expect(fi[n]! / size).toBeCloseTo(im[n]!, 13);
    }
  });
});

describe('complex arithmetic', () => {
  const x = complex(3, -2);
  const y = complex(-1, 4);

  it('is that of the textbook', () => {
    expect(complex(5)).toEqual({ re: 5, im: 0 });
    expect(add(x, y)).toEqual({ re: 2, im: 2 });
    expect(subtract(x, y)).toEqual({ re: 4, im: -6 });
    expect(scale(x, 3)).toEqual({ re: 9, im: -6 });
    expect(multiply(x, y)).toEqual({ re: 5, im: 14 });
    expect(divide({ re: 5, im: 14 }, y)).toEqual(x);
    expect(modulus(complex(3, -4))).toBe(5);
  });

  it('has Euler’s formula and its inverse', () => {
    const z = exp(complex(Math.LN2, Math.PI / 3));
    expectClose(z.re, 1, 1e-15, 're');
    expectClose(z.im, Math.sqrt(3), 1e-15, 'im');
    for (const value of [complex(0.3, -1.2), complex(-2, 3), complex(-0.5, 0.1)]) {
      const power = expm1(value);
      expectClose(power.re, exp(value).re - 1, 1e-13, 're');
      expectClose(power.im, exp(value).im, 1e-15, 'im');
      expectClose(log1p(power).re, value.re, 1e-14, 'ln re');
      expectClose(log1p(power).im, value.im, 1e-14, 'ln im');
    }
  });

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

  it('follows a tail through a kink when told where it bends', () => {
    // uniform on (0, 2): P(X > t) = 1 − t/2, then 0; (1 − (1 − e^{−2s})/(2s))/s
    const uniform = (s: Complex) => {
      const mean = divide(scale(expm1(scale(s, -2)), -1), scale(s, 2));
      return divide(subtract(complex(1), mean), s);
    };
    const miss = (t: number, bend?: number) => Math.abs(invertLaplace(uniform, t, bend) - (1 - t / 2));
    expect(miss(1.9)).toBeGreaterThan(5 * miss(1.9, 0.01));
    expect(miss(1.9, 0.01)).toBeLessThan(1e-4);
    expect(miss(0.01, 100)).toBeLessThan(1e-9);
  });

  it('takes a bounded number of looks at the transform, the more the more it bends', () => {
    const looks = (t: number, bend: number) => {
      let count = 0;
      invertLaplace(
        (s) => {
          count += 1;
          return divide(complex(1), complex(s.re + 1, s.im));
        },
        t,
        bend,
      );
      return count;
    };
    expect(looks(1, Number.POSITIVE_INFINITY)).toBe(55);
    expect(looks(4, 0.01)).toBe(1015);
    expect(looks(0.01, 4)).toBe(55);
    expect(looks(1, 1e-9)).toBe(20_015);
  });
});

describe('durations by inversion', () => {
  /** P(X > t) = share·e^{−rate·t}. */
  const exponential = (share: number, rate: number, floor = 1e-7) => {
    const asked: number[] = [];
    const durations = invertedDurations({
      transform: (s) => {
        if (s.im === 0) asked.push(11 / s.re); // s = 22/(2t) is the first asked of t
        return divide(complex(share), complex(s.re + rate, s.im));
      },
      mean: share / rate,
      atZero: share,
      bend: () => Number.POSITIVE_INFINITY,
      floor,
    });
    return { ...durations, asked };
  };

  it('have the atom at 0, and are certain before it', () => {
    const { mean, tail, percentile } = exponential(0.3, 2);
    expect(mean).toBe(0.15);
    expect(tail(0)).toBe(0.3);
    expect(tail(-1e-9)).toBe(1);
    expectClose(tail(1e-9), 0.3, 1e-8, 'at once');
    expect(tail(1e-13)).toBeLessThanOrEqual(0.3);
    expect(percentile(0.69)).toBe(0);
    expectClose(percentile(0.9), Math.log(3) / 2, 1e-8, 'p90');
  });

  it.each([1e-3, 1, 1e4])('go on exponentially below the floor, in any unit of time (rate %d)', (rate) => {
    for (const floor of [1e-5, 1e-7]) {
      const given = exponential(0.8, rate, floor);
      const at = (exponent: number) => given.tail(exponent / rate);
      expectClose(at(2), 0.8 * Math.exp(-2), 1e-8, 'near');
      expectClose(at(25), 0.8 * Math.exp(-25), 0.05, 'far');
      expectClose(at(60), 0.8 * Math.exp(-60), 0.2, 'very far');
      expectClose(at(9), 0.8 * Math.exp(-9), 1e-4, 'above the floor again');
    }
  });

  it('are inverted once where searches for several percentiles ask at the same times', () => {
    const { percentile, asked } = exponential(0.8, 1);
    for (const p of [0.5, 0.9, 0.95, 0.99]) percentile(p);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('are inverted only where asked, and never much below the floor', () => {
    const near = exponential(0.8, 1);
    near.tail(1);
    near.tail(3);
    expect(near.asked.map((t) => Math.round(t))).toEqual([1, 3]);
    const far = exponential(0.8, 1);
    far.tail(40);
    expect(far.asked.length).toBeGreaterThan(1);
    // 0.8 e^{−t} = 1e-7 at 15.9; the search goes by factors of two of the mean
    expect(Math.max(...far.asked)).toBeLessThan(26);
    const before = far.asked.length;
    far.tail(50);
    expect(far.asked.length - before).toBe(0);
    expect(far.asked.some((t) => Math.abs(t - 15.9) < 0.05)).toBe(true);
  });

  it('fall at the rate of the mean where the inverted tail has no slope', () => {
    const stuck = invertedDurations({
      transform: (s) => divide(complex(s.re < 2 ? 0 : 1), s),
      mean: 1,
      atZero: 1,
      bend: () => Number.POSITIVE_INFINITY,
      floor: 1e-7,
    });
    // 1 up to t = 5.5, then 0
    expectClose(stuck.tail(1), 1, 1e-8, 'before');
    expect(stuck.tail(30)).toBeLessThan(1e-7);
    expect(stuck.tail(30)).toBeGreaterThanOrEqual(0);
  });
});
