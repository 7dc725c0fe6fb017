/** Coefficients of Lanczos' approximation of Γ (g = 7, n = 9); relative error below 1e-14 for x > 0. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** ln Γ(x), x > 0 (Lanczos 1964). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  let sum = LANCZOS[0]!;
  for (let i = 1; i < 9; i++) sum += LANCZOS[i]! / (z + i);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Upper regularised incomplete gamma function Q(shape, x): the tail of a gamma law of scale 1. */
export function gammaTail(shape: number, x: number, logGammaShape = logGamma(shape)): number {
  if (x <= 0) return 1;
  const front = Math.exp(shape * Math.log(x) - x - logGammaShape);
  return x < shape + 1 ? 1 - front * lowerSeries(shape, x) : front * upperFraction(shape, x);
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; n < 10_000 && term > sum * 1e-13; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return sum;
}

/** Continued fraction of Γ(shape, x)·eˣ·x^−shape by Lentz's method. */
function upperFraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 10_000; i++) {
    const a = -i * (i - shape);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-13) break;
  }
  return h;
}

/** Tail of the standard normal law, P(Z > z); relative accuracy about 1e-12 in the upper tail. */
export function normalTail(z: number): number {
  const q = 0.5 * gammaTail(0.5, (z * z) / 2, LOG_GAMMA_HALF);
  return z >= 0 ? q : 1 - q;
}

const LOG_GAMMA_HALF = 0.5 * Math.log(Math.PI);
