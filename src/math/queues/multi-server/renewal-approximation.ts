import { asPhaseType, nearbyPhaseType } from '../../laws/fit.js';
import type { Law } from '../../laws/law.js';
import { lawCv, lawMean } from '../../laws/moments.js';
import type { FoundTimes } from '../assemble.js';
import { erlangPhases, mixedErlangPhases, type PhaseType } from '../phase-type/phase-type.js';
import { decayRate } from './decay-rate.js';
import { takacsWait } from './gimc.js';
import { exactMeans, markovMeans, type WaitMeans } from './poisson-approximation.js';
import { poissonTimes } from './poisson-wait.js';
import { extrapolated, similarSystem } from './similar-system.js';
import { twoExponentialSojourn, twoExponentials, twoExponentialWait } from './two-exponentials.js';

/** Largest order of the exact systems that correct the product. */
const MOST_STATES = 66;

/**
 * G/G/c out of reach of the exact solution. Probability of waiting and mean wait are the product GI/M/c × M/G/c ÷
 * M/M/c, each side exact or nearly so (it is exact where one side is exponential), times a correction: what the
 * product misses in exact PH/PH/c systems of fewer servers in the same regime, with at most four phases of
 * arrival and two of service, extrapolated in 1/√servers. Where that makes the laws more variable than they are,
 * the correction is raised to the power that makes it right in heavy traffic.
 */
export function renewalTimes(arrival: Law, service: Law, servers: number): FoundTimes {
  const serviceMean = lawMean(service);
  const interval = lawMean(arrival);
  const utilization = serviceMean / (interval * servers);
  const takacs = takacsWait(arrival, serviceMean, servers);
  const poisson = poissonTimes(1 / interval, service, servers);
  const markov = markovMeans(servers, utilization);
  const correction = correctionOf(arrival, service, servers, utilization);
  const product = (renewal: number, general: number, both: number) =>
    both > 0 ? (renewal * general) / both : 0;
  const waitProbability = Math.min(
    1,
    product(takacs.waitProbability, poisson.waitProbability, markov.waitProbability) *
      correction.waitProbability,
  );
  const mean =
    product(takacs.waitProbability / takacs.rate, poisson.wait.mean, markov.mean * serviceMean) *
    correction.mean;
  const fitted = twoExponentials(waitProbability, mean, decayRate(arrival, service, servers), takacs.rate);
  return {
    waitProbability,
    wait: twoExponentialWait(fitted),
    sojourn: twoExponentialSojourn(fitted, service),
    exact: false,
    route: 'G/G/c from GI/M/c and M/G/c, corrected by exact systems of fewer servers',
    errorBand: 'mean wait ±4 %, sojourn percentiles ±1 % (where more than 10 % wait)',
  };
}

/** Factors by which the exact systems exceed the product. */
function correctionOf(arrival: Law, service: Law, servers: number, utilization: number): WaitMeans {
  const arrivals = simplified(arrival, 0.25);
  const services = simplified(service, 0.5);
  const most = Math.floor(MOST_STATES / arrivals.alpha.length) - 1;
  const large = Math.max(1, Math.min(servers, most));
  const factorsAt = (fewer: number) => factors(arrivals, services, fewer, servers, utilization);
  const atLarge = factorsAt(large);
  const missed = interaction(cvOf(arrivals), cvOf(services));
  const strength = missed === 0 ? 1 : interaction(lawCv(arrival), lawCv(service)) / missed;
  const exponentials = (logs: WaitMeans): WaitMeans => ({
    waitProbability: Math.exp(strength * logs.waitProbability),
    mean: Math.exp(strength * logs.mean),
  });
  if (large === servers || large < 8) return exponentials(atLarge);
  const small = Math.max(4, Math.round(large / 2));
  const atSmall = factorsAt(small);
  const at = (key: keyof WaitMeans) =>
    extrapolated(servers, { servers: small, value: atSmall[key] }, { servers: large, value: atLarge[key] });
  return exponentials({ waitProbability: at('waitProbability'), mean: at('mean') });
}

/** Logarithms of the factors in a system of `fewer` servers. */
function factors(
  arrivals: PhaseType,
  services: PhaseType,
  fewer: number,
  servers: number,
  utilization: number,
): WaitMeans {
  const rho = fewer === servers ? utilization : similarSystem(servers, utilization, fewer).utilization;
  const interval = 1 / (fewer * rho);
  const intervals = scaled(arrivals, interval);
  const both = exactMeans(intervals, services, fewer);
  const renewal = takacsWait({ kind: 'phase-type', ...intervals }, 1, fewer);
  const general = exactMeans(erlangPhases(interval, 1), services, fewer);
  const markov = markovMeans(fewer, rho);
  // Where waits are too rare for a number there is nothing to correct.
  const ratio = (exact: number, a: number, b: number, m: number) =>
    exact * m > 0 && a * b > 0 ? Math.log((exact * m) / (a * b)) : 0;
  return {
    waitProbability: ratio(
      both.waitProbability,
      renewal.waitProbability,
      general.waitProbability,
      markov.waitProbability,
    ),
    mean: ratio(both.mean, renewal.waitProbability / renewal.rate, general.mean, markov.mean),
  };
}

/**
 * Logarithm of the correction in heavy traffic, where the mean wait is proportional to c_a² + c_s² and the
 * product to (1 + c_a²)(1 + c_s²)/2. What the simplified laws lack in variability is made up for in proportion to
 * it.
 */
function interaction(arrivalCv: number, serviceCv: number): number {
  // 2(a + s)/((1 + a)(1 + s)) = 1 − (1 − a)(1 − s)/((1 + a)(1 + s))
  const side = (cv: number) => (1 - cv * cv) / (1 + cv * cv);
  return Math.log1p(-side(arrivalCv) * side(serviceCv));
}

function cvOf(law: PhaseType): number {
  return lawCv({ kind: 'phase-type', ...law });
}

/** A phase-type law of mean 1 near the given one, of cv² at least `least` and thus of few phases. */
function simplified(law: Law, least: number): PhaseType {
  const scv = Math.max(least, lawCv(law) ** 2);
  const own = asPhaseType(law);
  if (own && own.alpha.length <= Math.round(1 / least)) return scaled(own, 1, lawMean(law));
  if (scv <= 1) return mixedErlangPhases(1, Math.sqrt(scv));
  return scaled(nearbyPhaseType({ kind: 'gamma', mean: 1, cv: Math.sqrt(scv) }), 1);
}

/** The law with mean `to` instead of `from`. */
function scaled(law: PhaseType, to: number, from = 1): PhaseType {
  return { alpha: law.alpha, generator: law.generator.map((row) => row.map((x) => (x * from) / to)) };
}
