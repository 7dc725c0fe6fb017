import { findRoot } from '../../numeric/roots.js';
import { lnC } from '../erlang/erlang-c.js';

/** Below e^{−60} the probability of waiting is taken as such: what it is multiplied by no longer matters. */
const LEAST_LOG = -60;

/** A system of fewer servers in the same regime. */
export interface SimilarSystem {
  readonly servers: number;
  readonly utilization: number;
}

/**
 * A system of fewer servers with the same probability of waiting in its M/M/c as the given one has, that is, in
 * the same regime of Halfin and Whitt (1981): what service and arrivals do to the wait, relative to M/M/c, is
 * then nearly the same, and the difference is of order 1/√servers.
 */
export function similarSystem(servers: number, utilization: number, fewer: number): SimilarSystem {
  const target = Math.max(LEAST_LOG, lnC(servers, servers * utilization));
  const excess = (rho: number) => lnC(fewer, fewer * rho) - target;
  const high = 1 - 1e-9;
  if (excess(high) <= 0) return { servers: fewer, utilization: high };
  return { servers: fewer, utilization: findRoot(excess, 1e-12, high, 1e-13) };
}

/** Value at `servers` of a quantity that is linear in 1/√servers, from its values at two other sizes. */
export function extrapolated(
  servers: number,
  small: { readonly servers: number; readonly value: number },
  large: { readonly servers: number; readonly value: number },
): number {
  const at = (c: number) => 1 / Math.sqrt(c);
  const slope = (large.value - small.value) / (at(large.servers) - at(small.servers));
  return large.value + slope * (at(servers) - at(large.servers));
}
