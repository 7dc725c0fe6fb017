import { log1pMinus } from './exponentials.js';
import { normalTail } from './normal.js';
import { poissonWeight } from './poisson.js';

const MOST_TERMS = 100_000;

/**
 * Regularised upper incomplete gamma function Q(a, x) = Γ(a, x)/Γ(a) = P(X > x) of a gamma variable of shape a >
 * 0; x ≥ 0. Series below x = a + 1, Lentz's continued fraction above (DLMF 8.7.1, 8.9.2); relative accuracy about
 * 1e-13, in the upper tail too. Both take some √a terms, so that shapes from a million on are taken as nearly normal,
 * with relative accuracy about 1e-9.
 */
export function upperGamma(shape: number, x: number): number {
  if (x <= 0) return 1;
  if (shape >= NEARLY_NORMAL) return nearlyNormal(shape, x);
  return x < shape + 1 ? 1 - series(shape, x) : continuedFraction(shape, x);
}

const NEARLY_NORMAL = 1e6;

/** Temme's uniform expansion for large shapes, with its first correction (DLMF 8.12.4, 8.12.7). */
function nearlyNormal(shape: number, x: number): number {
  const excess = x / shape - 1;
  const eta = Math.sign(excess) * Math.sqrt(-2 * log1pMinus(excess));
  // 1/excess − 1/eta cancels near 0
  const first =
    Math.abs(eta) < 1e-2 ? -1 / 3 + eta * (1 / 12 + eta * (-2 / 135 + eta / 864)) : 1 / excess - 1 / eta;
  const correction = first - 1 / (540 * shape);
  const density = Math.exp((-shape * eta * eta) / 2) / Math.sqrt(2 * Math.PI * shape);
  return normalTail(eta * Math.sqrt(shape)) + density * correction;
}

/** x^a e^{−x}/Γ(a + 1). */
function prefactor(shape: number, x: number): number {
  return poissonWeight(shape, x);
}

function series(shape: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < MOST_TERMS; n += 1) {
    term *= x / (shape + n);
    sum += term;
    if (term < 1e-17 * sum) break;
  }
  return prefactor(shape, x) * sum;
}

function continuedFraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MOST_TERMS; n += 1) {
    const an = -n * (n - shape);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return prefactor(shape, x) * shape * fraction;
}
