/** ln(1 − e^x) for x < 0, without cancellation at either end (Mächler 2012, equation 7). */
export function log1mexp(x: number): number {
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
}

/** ln(e^x + e^y); −∞ where both are. */
export function logAddExp(x: number, y: number): number {
  const high = Math.max(x, y);
  return high === -Infinity ? high : high + Math.log1p(Math.exp(-Math.abs(x - y)));
}

/** (1 − e^−x)/x, continued by 1 at x = 0: the mean of e^−u over 0 ≤ u ≤ x. */
export function meanDecay(x: number): number {
  return x === 0 ? 1 : -Math.expm1(-x) / x;
}

/** ln(1 + x) − x, x > −1, with full relative accuracy near 0, where the plain difference has none. */
export function log1pMinus(x: number): number {
  if (x < -0.5 || x > 0.6) return Math.log1p(x) - x;
  // With r = x/(2 + x): ln(1 + x) = 2(r + r³/3 + r⁵/5 + …) and x = 2r + x·r, so the leading terms cancel exactly.
  const r = x / (2 + x);
  const square = r * r;
  let power = square;
  let sum = 0;
  for (let odd = 3; power > 1e-18 * square; odd += 2) {
    sum += power / odd;
    power *= square;
  }
  return r * (2 * sum - x);
}
