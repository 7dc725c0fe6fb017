import { findRoot } from '../../math/numeric/roots.js';

/** A share of replicas so small that nobody waits, and one that changes nothing. */
const HARDLY_EVER = 1e-40;
const NEGLIGIBLE = 1e-15;

/**
 * Shares of replicas with n or more requests, by n, where each request joins the shorter of two chosen at random in a fleet
 * without end, and a replica with n answers at rate μ(n) = `rates[n]`, the last for all beyond. As many come up from n − 1 as
 * go down, λ(sₙ₋₁² − sₙ²) = μ(n)(sₙ − sₙ₊₁), which sums to μ·sₙ = λ·sₙ₋₁² from where μ grows no more (Mitzenmacher 2001;
 * Vvedenskaya et al. 1996). Backwards from a share this gives all others, and s₀ = 1 tells which it is. null where
 * hardly anybody ever comes to where μ grows no more. λ < μ.
 */
export function shorterOfTwo(rates: readonly number[], arrivals: number): readonly number[] | null {
  const last = rates.length - 1;
  const beyond = (share: number): number => (arrivals * share * share) / rates[last]!;
  const backwards = (top: number): readonly number[] => {
    const shares = [top];
    let [more, share] = [beyond(top), top];
    for (let n = last - 1; n >= 1 && share < 2; n--) {
      [more, share] = [share, Math.sqrt(share * share + (rates[n]! * (share - more)) / arrivals)];
      shares.push(share);
    }
    return shares;
  };
  const excess = (top: number): number => backwards(top).at(-1)! - 1;
  if (last > 1 && excess(HARDLY_EVER) > 0) return null;
  const top = last === 1 ? 1 : findRoot(excess, HARDLY_EVER, 1);
  const shares = [...backwards(top)].reverse();
  while (shares.at(-1)! > NEGLIGIBLE) shares.push(beyond(shares.at(-1)!));
  return shares.map((share) => Math.min(1, share));
}

/** The same where each request joins any replica alike: the probability of n is proportional to Π λ/μ(m). */
export function anyAlike(rates: readonly number[], arrivals: number): readonly number[] {
  const last = rates.length - 1;
  const weights = [1];
  let sum = 1;
  for (let n = 1; n <= last || weights[n - 1]! > NEGLIGIBLE * sum; n++) {
    weights.push((weights[n - 1]! * arrivals) / rates[Math.min(n, last)]!);
    sum += weights[n]!;
  }
  let left = sum;
  return weights.map((weight) => {
    const share = Math.max(0, left / sum);
    left -= weight;
    return share;
  });
}
