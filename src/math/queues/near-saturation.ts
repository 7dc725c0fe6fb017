import type { Law } from '../laws/law.js';
import type { FoundTimes } from './assemble.js';
import { twoExponentialSojourn } from './multi-server/two-exponentials.js';
import type { Durations } from './result.js';

/** What {@link nearSaturation} needs of a queue. */
export interface Saturating {
  /** 1 − utilisation, above 0. */
  readonly idle: number;
  /** Idle share down to which `solve` keeps its digits. */
  readonly leastIdle: number;
  /** Limit of idle × mean wait as the idle share goes to 0, in the caller's unit of time. */
  readonly limit: number;
  readonly service: Law;
  /** The queue with another idle share, all laws keeping their shape. */
  readonly solve: (idle: number) => FoundTimes;
}

/**
 * Waiting times at any utilisation below 1. Down to the idle share `leastIdle` δ₀ they are solved; beyond, the system at
 * δ₀ is scaled: E W = A/δ + B with the limit A of heavy traffic (Kingman 1962; Köllerström 1974: A = (c_a² + c_s²)/2 ·
 * E S/servers) and B such that the mean at δ₀ is kept, P(W = 0) in proportion to δ, the law of the wait in its
 * shape, which is exponential but for what a percentile does not show.
 * Relative errors of order δ₀ in percentiles, δ₀·δ in means.
 */
export function nearSaturation({ idle, leastIdle, limit, service, solve }: Saturating): FoundTimes {
  if (idle >= leastIdle) return solve(idle);
  const at = solve(leastIdle);
  const mean = limit * (1 / idle - 1 / leastIdle) + at.wait.mean;
  const waitProbability = 1 - (1 - at.waitProbability) * (idle / leastIdle);
  const stretch = at.wait.mean > 0 ? (mean / at.wait.mean) * (at.waitProbability / waitProbability) : 1;
  const rate = waitProbability / mean;
  return {
    ...at,
    waitProbability,
    wait: stretched(at.wait, stretch, { mean, more: waitProbability / at.waitProbability }),
    sojourn: twoExponentialSojourn({ waitProbability, mean, share: 1, slow: rate, fast: rate }, service),
    exact: false,
    route: `${at.route}, scaled by heavy traffic from ${1 - leastIdle} of capacity`,
    errorBand: [at.errorBand, 'near saturation: mean wait ±0.01 %, percentiles ±0.1 %']
      .filter(Boolean)
      .join('; '),
  };
}

/** Durations `factor` times as long and with `more` times the probability of not being 0. */
export function stretched(
  of: Durations,
  factor: number,
  { mean, more }: { mean: number; more: number },
): Durations {
  return {
    mean,
    tail: (t) => (t < 0 ? 1 : Math.min(1, more * of.tail(t / factor))),
    percentile: (p) => factor * of.percentile(Math.max(0, more === 1 ? p : 1 - (1 - p) / more)),
  };
}
