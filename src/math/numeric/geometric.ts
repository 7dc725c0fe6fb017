/** ln(1 + r + … + rⁿ⁻¹) for ln r ≤ 0, n ≥ 0 (−Infinity for no terms); exact at and near r = 1. */
export function lnGeometricSum(lnRatio: number, n: number): number {
  if (lnRatio === 0) return Math.log(n);
  return Math.log(Math.expm1(n * lnRatio) / Math.expm1(lnRatio));
}

/**
 * Mean of the geometric law of ratio r = e^lnRatio (any real) cut to 0, 1, …, n − 1:
 * 1/(e^δ − 1) − n/(e^(nδ) − 1), δ = −ln r. Around δ = 0, where these cancel, by k(x) = 1/(e^x − 1) − 1/x + ½, which is
 * odd and small: (n − 1)/2 + k(δ) − n·k(nδ).
 */
export function truncatedGeometricMean(lnRatio: number, n: number): number {
  if (lnRatio > 0) return n - 1 - truncatedGeometricMean(-lnRatio, n);
  const delta = -lnRatio;
  if (n * delta < 0.5) return (n - 1) / 2 + bernoulliTail(delta) - n * bernoulliTail(n * delta);
  return 1 / Math.expm1(delta) - n / Math.expm1(n * delta);
}

/** 1/(e^x − 1) − 1/x + ½ for |x| ≤ ½, from the Bernoulli numbers. */
function bernoulliTail(x: number): number {
  const s = x * x;
  const inner = 1 / 1209600 - s * (1 / 47900160 - s * (691 / 1307674368000 - s / 74724249600));
  return x * (1 / 12 - s * (1 / 720 - s * (1 / 30240 - s * inner)));
}
