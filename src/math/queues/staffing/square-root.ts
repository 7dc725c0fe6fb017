import { nonNegative, openShare, positive } from '../../numeric/domain.js';
import { normalDensity, normalTail } from '../../numeric/normal.js';
import { findRoot } from '../../numeric/roots.js';

/**
 * Probability of waiting in the limit of many servers when their number is a + β√a:
 * α = 1/(1 + β·Φ(β)/φ(β)), β > 0.
 *
 * @throws RangeError unless β is positive and finite.
 * @see Halfin & Whitt 1981, proposition 1.
 */
export function halfinWhittProbability(beta: number): number {
  positive('beta', beta);
  // φ/(φ + βΦ): neither part overflows, and for large β the density decides.
  const density = normalDensity(beta);
  return density / (density + beta * (1 - normalTail(beta)));
}

/**
 * Safety factor β > 0 at which the Halfin–Whitt probability of waiting is `waiting`.
 *
 * @param waiting 1e-300 to 1, exclusive.
 * @throws RangeError outside this range.
 */
export function halfinWhittBeta(waiting: number): number {
  openShare('waiting', waiting);
  if (waiting < 1e-300) throw new RangeError(`waiting must be 1e-300 or more, got ${waiting}`);
  const excess = (beta: number) => {
    const below = 1 - normalTail(beta);
    return -Math.log1p((beta * below) / normalDensity(beta)) - Math.log(waiting);
  };
  let low = 1;
  while (excess(low) <= 0) low /= 2;
  let high = 2 * low;
  while (excess(high) > 0) high *= 2;
  return findRoot(excess, low, Math.min(high, 38));
}

/**
 * Square-root staffing: ⌈a + β√a⌉ servers, with β from the wanted probability of waiting. An estimate: for
 * loads of 1 to 100,000 and probabilities of 0.01 to 0.5 it gives none to two servers fewer than Erlang C asks for.
 *
 * @param offeredLoad a ≥ 0 erlangs. @param waiting wanted probability of waiting, 0 < α < 1.
 * @throws RangeError outside these ranges.
 * @see Halfin & Whitt 1981; Borst, Mandelbaum & Reiman 2004.
 */
export function squareRootStaffing(offeredLoad: number, waiting: number): number {
  nonNegative('offeredLoad', offeredLoad);
  return Math.ceil(offeredLoad + halfinWhittBeta(waiting) * Math.sqrt(offeredLoad));
}
