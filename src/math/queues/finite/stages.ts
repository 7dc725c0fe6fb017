import { poissonWeight } from '../../numeric/poisson.js';

/** Terms that add less than this share are left out. */
const NEGLIGIBLE = 1e-18;

/**
 * P(X > t) of a sum of K exponential stages of rate `rate`, where P(K > k) = `survivor(k)`:
 *
 *     P(X > t) = Σ_k e^(−νt)(νt)ᵏ/k! · P(K > k).
 *
 * All terms are positive and, for a log-concave survivor, rise and fall once: the sum starts at the largest term and goes
 * outwards, so that it takes O(√νt) terms.
 */
export function stagesTail(rate: number, t: number, survivor: (k: number) => number): number {
  const x = rate * t;
  const rises = (k: number) => (x / (k + 1)) * survivor(k + 1) >= survivor(k);
  let low = 0;
  let high = Math.ceil(x);
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (survivor(middle) > 0 && rises(middle)) low = middle + 1;
    else high = middle;
  }
  const peak = poissonWeight(low, x);
  const peakTerm = survivor(low);
  let sum = peakTerm;
  let weight = 1;
  for (let k = low + 1; ; k += 1) {
    weight *= x / k;
    const term = weight * survivor(k);
    sum += term;
    if (term <= NEGLIGIBLE * sum) break;
  }
  weight = 1;
  for (let k = low; k > 0; k -= 1) {
    weight *= k / x;
    const term = weight * survivor(k - 1);
    sum += term;
    if (term <= NEGLIGIBLE * sum) break;
  }
  return peak * sum;
}
