import { nonNegative } from '../../numeric/domain.js';
import { logAddExp } from '../../numeric/exponentials.js';
import { lnB } from './erlang-b.js';

/**
 * Erlang's delay formula: the probability that an arrival at M/M/c has to wait,
 *
 *     C(c, a) = B/(1 − ρ(1 − B)) = 1/(ρ + (1 − ρ)/B),  ρ = a/c,
 *
 * in the second form, which adds positive terms only. Cost and accuracy are those of Erlang B; the relative error grows
 * with that of c − a alone, so that utilisations up to 1 − 1e-12 are as exact as the load given.
 *
 * @param servers c > 0, real.
 * @param offeredLoad a ≥ 0, erlangs. At a ≥ c all arrivals wait: the result is 1.
 * @throws RangeError outside these ranges.
 * @see Erlang 1917; Cooper 1981, equation 3.5.
 */
export function erlangC(servers: number, offeredLoad: number): number {
  return Math.exp(logErlangC(servers, offeredLoad));
}

/** Natural logarithm of {@link erlangC}, finite where the probability itself underflows; −∞ at load 0. */
export function logErlangC(servers: number, offeredLoad: number): number {
  return lnC(nonNegative('servers', servers), nonNegative('offeredLoad', offeredLoad));
}

/** {@link logErlangC} without checks, for inner loops. */
export function lnC(servers: number, offeredLoad: number): number {
  if (offeredLoad >= servers) return 0;
  const lnBlocking = lnB(servers, offeredLoad);
  const idle = (servers - offeredLoad) / servers;
  return -logAddExp(Math.log(offeredLoad / servers), Math.log(idle) - lnBlocking);
}
