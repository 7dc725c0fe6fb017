import { positive, whole } from '../../numeric/domain.js';
import { logPoissonWeight } from '../../numeric/poisson.js';
import { lnC } from '../erlang/erlang-c.js';
import type { MarkovQueue } from './mmc.js';

/** Law of the number of customers in M/M/c. */
export interface MmcStates {
  /** ln P(N = n) for whole n ≥ 0; finite where the probability underflows. */
  logProbability(n: number): number;
  readonly numberVariance: number;
  /** Of the number waiting. */
  readonly queueVariance: number;
}

/**
 * State probabilities and variances of M/M/c in the long run, or null where λ/μ ≥ c. With P(N ≥ c) = C, Erlang's delay
 * probability, P(N = c + j) = C(1 − ρ)ρʲ, and below c the probabilities are in Poisson proportion to P(N = c).
 *
 * @throws RangeError where an input is outside its range.
 * @see Gross & Harris 1998, section 2.3.
 */
export function mmcStates({ arrivalRate, serviceTime, servers }: MarkovQueue): MmcStates | null {
  positive('arrivalRate', arrivalRate);
  positive('serviceTime', serviceTime);
  whole('servers', servers);
  const load = arrivalRate * serviceTime;
  if (load >= servers) return null;
  const lnWaiting = lnC(servers, load);
  const waiting = Math.exp(lnWaiting);
  const idle = (servers - load) / servers;
  const ratio = load / servers;
  const lnAllBusy = lnWaiting + Math.log(idle);
  const meanQueue = (waiting * ratio) / idle;
  const queueVariance = (waiting * ratio * (1 + ratio - waiting * ratio)) / (idle * idle);
  return {
    logProbability(n) {
      whole('n', n, 0);
      if (n >= servers) return lnAllBusy + (n - servers) * Math.log(ratio);
      return lnAllBusy + logPoissonWeight(n, load) - logPoissonWeight(servers, load);
    },
    queueVariance,
    // Var B + Var Q + 2 Cov(B, Q) of the busy servers B and the queue Q: Var B = a(1 − C) follows from the balance
    // a·P(N = n) = min(n + 1, c)·P(N = n + 1), and B = c whenever anyone waits.
    numberVariance: load * (1 - waiting) + queueVariance + 2 * meanQueue * (servers - load),
  };
}
