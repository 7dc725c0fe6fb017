import { nonNegative } from '../../numeric/domain.js';
import { log1mexp } from '../../numeric/exponentials.js';
import { logPoissonWeight } from '../../numeric/poisson.js';
import { isUpper, poissonRatio } from './gamma-ratios.js';

/**
 * Erlang's loss formula: the probability that an arrival finds all servers of M/G/c/c busy and is refused,
 *
 *     B(c, a) = (aᶜ/c!)/Σ_{n≤c} aⁿ/n!,  continued to real c by 1/B = a∫₀^∞ e^(−at)(1 + t)ᶜ dt.
 *
 * Takes constant time around a ≈ c, and otherwise a few terms of a series or continued fraction; relative error below
 * 1e-13 up to 10,000,000 servers. Underflows to 0 below 1e-308: see {@link logErlangB}.
 *
 * @param servers c ≥ 0, real.
 * @param offeredLoad a ≥ 0, erlangs (arrival rate × mean service time).
 * @throws RangeError outside these ranges.
 * @see Erlang 1917; Jagerman 1974, theorem 3 (real c); Temme 1979 (uniform expansion).
 */
export function erlangB(servers: number, offeredLoad: number): number {
  return Math.exp(logErlangB(servers, offeredLoad));
}

/** Natural logarithm of {@link erlangB}, finite where the probability itself underflows; −∞ at load 0 with servers. */
export function logErlangB(servers: number, offeredLoad: number): number {
  return lnB(nonNegative('servers', servers), nonNegative('offeredLoad', offeredLoad));
}

/** {@link logErlangB} without checks, for inner loops. */
export function lnB(servers: number, offeredLoad: number): number {
  if (servers === 0) return 0;
  const ratio = poissonRatio(servers, offeredLoad);
  if (!isUpper(servers, offeredLoad)) return -Math.log(ratio);
  const lnWeight = logPoissonWeight(servers, offeredLoad);
  const lnUpper = lnWeight + Math.log(ratio);
  return lnWeight - log1mexp(lnUpper);
}
