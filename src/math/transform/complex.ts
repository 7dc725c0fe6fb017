/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

export const complex = (re: number, im = 0): Complex => ({ re, im });
export const add = (x: Complex, y: Complex): Complex => ({ re: x.re + y.re, im: x.im + y.im });
export const subtract = (x: Complex, y: Complex): Complex => ({ re: x.re - y.re, im: x.im - y.im });
export const scale = (x: Complex, factor: number): Complex => ({ re: x.re * factor, im: x.im * factor });
export const modulus = (x: Complex): number => Math.hypot(x.re, x.im);

export const multiply = (x: Complex, y: Complex): Complex => ({
  re: x.re * y.re - x.im * y.im,
  im: x.re * y.im + x.im * y.re,
});

export function divide(x: Complex, y: Complex): Complex {
  const square = y.re * y.re + y.im * y.im;
  return { re: (x.re * y.re + x.im * y.im) / square, im: (x.im * y.re - x.re * y.im) / square };
}

export function exp(x: Complex): Complex {
  const radius = Math.exp(x.re);
  return { re: radius * Math.cos(x.im), im: radius * Math.sin(x.im) };
}

/** e^x − 1 without cancellation near x = 0. */
export function expm1(x: Complex): Complex {
  const radius = Math.exp(x.re);
  return { re: Math.expm1(x.re) - 2 * radius * Math.sin(x.im / 2) ** 2, im: radius * Math.sin(x.im) };
}

/** ln(1 + x), principal branch, without cancellation near x = 0. */
export function log1p(x: Complex): Complex {
  return {
    re: 0.5 * Math.log1p(2 * x.re + x.re * x.re + x.im * x.im),
    im: Math.atan2(x.im, 1 + x.re),
  };
}
