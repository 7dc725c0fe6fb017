const HALF_LOG_TWO_PI = 0.9189385332046728;

/** Coefficients of 1/x, 1/x³, … in Stirling's series, B₂ₖ/(2k(2k − 1)) (Abramowitz & Stegun 1964, 6.1.41). */
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
] as const;
const SERIES_FROM = 10;

/**
 * What Stirling's formula leaves out: ln Γ(x + 1) − (x + ½) ln x + x − ½ ln 2π, x > 0. Absolute error below 1e-15.
 * Small arguments are raised to where the series holds by δ(x) = δ(x + 1) + (x + ½) ln(1 + 1/x) − 1.
 */
export function stirlingError(x: number): number {
  let raised = 0;
  let y = x;
  while (y < SERIES_FROM) {
    raised += (y + 0.5) * Math.log1p(1 / y) - 1;
    y += 1;
  }
  const square = 1 / (y * y);
  let sum = 0;
  for (let k = STIRLING.length - 1; k >= 0; k -= 1) sum = sum * square + STIRLING[k]!;
  return sum / y + raised;
}

/** ln Γ(x), x > 0. Error below 1e-15 absolute, or relative to the value where that is larger. */
export function logGamma(x: number): number {
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingError(x);
}
