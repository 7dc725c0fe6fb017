import { type Complex, complex, expm1 } from '../transform/complex.js';

/** Where the normal density is below rounding. */
const REACH = 9.5;

/**
 * s ↦ 1 − E e^{−sX} of a lognormal law, Re s ≥ 0, to about 1e-13. E e^{−sX} = ∫ φ(y) exp(−s e^{μ+σy}) dy is taken
 * by the trapezoidal rule, which converges exponentially for an integrand analytic in a strip (Trefethen and
 * Weideman 2014), along the line y + iη: the shift turns s e^{iση} towards the positive axis, where the
 * exponential falls instead of oscillating.
 */
export function lognormalTransform(mean: number, cv: number): (s: Complex) => Complex {
  const sigma = Math.sqrt(Math.log1p(cv * cv));
  const mu = Math.log(mean) - (sigma * sigma) / 2;
  return (s) => {
    const angle = Math.atan2(s.im, s.re);
    // Where s e^{μ+σy} stays small nothing oscillates, and a shift would only cost digits.
    const calm = Math.hypot(s.re, s.im) * Math.exp(mu + REACH * sigma) < 1;
    const shift = calm ? 0 : Math.max(-3, Math.min(3, -angle / sigma));
    const turnable = (0.9 * (Math.PI / 2 - Math.abs(angle + sigma * shift))) / sigma;
    const strip = calm ? 5 : Math.min(5, turnable);
    const step = (2 * Math.PI * strip) / (37 + (Math.abs(shift) + strip) ** 2 / 2);
    const count = Math.ceil(REACH / step);
    const turned = complex(
      s.re * Math.cos(sigma * shift) - s.im * Math.sin(sigma * shift),
      s.re * Math.sin(sigma * shift) + s.im * Math.cos(sigma * shift),
    );
    let [re, im] = [0, 0];
    for (let n = -count; n <= count; n += 1) {
      const y = n * step;
      const x = Math.exp(mu + sigma * y);
      const value = expm1(complex(-turned.re * x, -turned.im * x));
      const weight = Math.exp((shift * shift - y * y) / 2);
      const [cos, sin] = [weight * Math.cos(y * shift), -weight * Math.sin(y * shift)];
      re -= value.re * cos - value.im * sin;
      im -= value.re * sin + value.im * cos;
    }
    const scale = step / Math.sqrt(2 * Math.PI);
    return complex(re * scale, im * scale);
  };
}
