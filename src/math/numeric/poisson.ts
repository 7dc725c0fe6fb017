import { log1pMinus } from './exponentials.js';
import { stirlingError } from './log-gamma.js';

/**
 * ln(e^−m mᵏ/Γ(k + 1)): the logarithm of the Poisson probability of k (real, ≥ 0) at mean m ≥ 0, by the saddle point
 * (Loader 2000), which keeps full accuracy where k ln m, m and ln k! are each large.
 */
export function logPoissonWeight(k: number, mean: number): number {
  if (k === 0) return -mean;
  return -stirlingError(k) - poissonDeviance(k, mean) - 0.5 * Math.log(2 * Math.PI * k);
}

/** e^−m mᵏ/Γ(k + 1); 0 where that underflows. */
export function poissonWeight(k: number, mean: number): number {
  return Math.exp(logPoissonWeight(k, mean));
}

/** k ln(k/m) + m − k ≥ 0, without cancellation where m ≈ k. */
function poissonDeviance(k: number, mean: number): number {
  const excess = (mean - k) / k;
  return excess < -0.5 ? k * Math.log(k / mean) + mean - k : -k * log1pMinus(excess);
}
