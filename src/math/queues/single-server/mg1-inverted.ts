import { lawTail } from '../../laws/distribution.js';
import type { Law } from '../../laws/law.js';
import { lawCv, lawMean } from '../../laws/moments.js';
import { transformComplement } from '../../laws/transform.js';
import { type Complex, complex, divide, multiply, scale, subtract } from '../../transform/complex.js';
import { invertedDurations } from '../../transform/inverted-durations.js';
import { durationsOf } from '../durations.js';
import type { Durations } from '../result.js';

/**
 * Wait and sojourn of M/G/1 by inversion of E e^{−sW} = (1 − ρ)/(1 − λ(1 − B(s))/s), B the transform of the
 * service time (Pollaczek 1930, Khinchine 1932), of which the complement (1 − E e^{−sW})/s is the transform of
 * P(W > t).
 */
export function mg1InvertedTimes(
  arrivalRate: number,
  service: Law,
  waitMean: number,
): { wait: Durations; sojourn: Durations } {
  const serviceMean = lawMean(service);
  const utilization = arrivalRate * serviceMean;
  const complement = transformComplement(service);
  const cv = bendingCv(service);

  // 1 − W*(s) = ρ(1 − R)/(1 − ρR)·…, in the form that does not cancel: (ρ − r)/(1 − r) with r = λ(1 − B)/s
  const waitTail = (s: Complex): Complex => {
    const residual = scale(divide(complement(s), s), arrivalRate);
    return divide(subtract(complex(utilization), residual), multiply(s, subtract(complex(1), residual)));
  };
  const sojournTail = (s: Complex): Complex => {
    const missing = complement(s);
    const residual = scale(divide(missing, s), arrivalRate);
    const waiting = divide(complex(1 - utilization), subtract(complex(1), residual));
    const wait = waitTail(s);
    const service = divide(multiply(waiting, missing), s);
    return complex(wait.re + service.re, wait.im + service.im);
  };

  const bend = (t: number) => bendNear(t / serviceMean, cv) * serviceMean;
  const floor = floorOf(service);
  const wait = invertedDurations({ transform: waitTail, mean: waitMean, atZero: utilization, bend, floor });
  if (lawCv(service) < cv) return { wait, sojourn: afterNearlyConstant(wait, service) };
  const mean = waitMean + serviceMean;
  return { wait, sojourn: invertedDurations({ transform: sojournTail, mean, atZero: 1, bend, floor }) };
}

/** The sojourn where the service is constant in all but name, too narrow to invert: as if those that wait had a mean service. */
export function afterNearlyConstant(wait: Durations, service: Law): Durations {
  const serviceMean = lawMean(service);
  const serviceTail = lawTail(service);
  const tail = (t: number): number => {
    const longer = serviceTail(t);
    return longer + (1 - longer) * wait.tail(Math.max(0, t - serviceMean));
  };
  return durationsOf(wait.mean + serviceMean, tail);
}

/**
 * Scale on which P(W > t) bends at t services. A service that hardly varies leaves bends near the first multiples
 * n of its mean, smoothed over cv√n, until those run into one another at n ≈ 1/cv². The n-th is one of the n-th
 * derivative only: a dozen services on, nothing is left of them.
 */
export function bendNear(services: number, cv: number): number {
  return services > 12 || services * cv * cv > 4
    ? Number.POSITIVE_INFINITY
    : cv * Math.sqrt(Math.max(1, services));
}

/**
 * Below this probability the inversion has too few digits left; fewer where a law of pieces leaves kinks
 * everywhere.
 */
export const floorOf = (service: Law): number => (service.kind === 'empirical' ? 1e-4 : 1e-7);

const NEARLY_CONSTANT = 0.01;

/**
 * The cv by which the bends of a tail are spaced; the pieces of an empirical law bend everywhere, the more the fewer
 * there are.
 */
export function bendingCv(service: Law): number {
  if (service.kind !== 'empirical') return Math.max(NEARLY_CONSTANT, lawCv(service));
  return service.quantiles.length > 20 ? 0.2 : 0.03;
}
