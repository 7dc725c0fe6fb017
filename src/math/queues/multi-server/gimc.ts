import { checkedLaw } from '../../laws/check.js';
import type { Law } from '../../laws/law.js';
import { lawCv, lawMean } from '../../laws/moments.js';
import { scaledLaw } from '../../laws/scaled.js';
import { transformComplement } from '../../laws/transform.js';
import { positive, whole } from '../../numeric/domain.js';
import { meanDecay } from '../../numeric/exponentials.js';
import { logGamma } from '../../numeric/log-gamma.js';
import { findRoot } from '../../numeric/roots.js';
import { type FoundTimes, overloadedResult, stableResult } from '../assemble.js';
import { durationsOf } from '../durations.js';
import { nearSaturation } from '../near-saturation.js';
import type { QueueResult } from '../result.js';
import { definiteLaw } from '../two-moment.js';
import { exponentialWait } from './exponential-wait.js';
import { leastIdle } from './heavy-traffic.js';

/** Independent intervals between arrivals of any law, exponential service. */
export interface GimcInput {
  readonly arrival: Law;
  readonly serviceTime: number;
  readonly servers: number;
}

/** The wait of GI/M/c: P(W > t) = waitProbability·e^{−rate·t}. */
export interface TakacsWait {
  readonly waitProbability: number;
  readonly rate: number;
}

/**
 * GI/M/c, exact (Takács 1962, Introduction to the Theory of Queues, chapter 2, theorem 2.3.1): with σ the root in
 * (0, 1) of σ = A(cμ(1 − σ)), A the transform of the intervals, those who wait do so for an exponential time of
 * rate cμ(1 − σ). Where only two moments of the intervals are known, those of the law that stands in.
 *
 * @throws RangeError where an input is not positive or `servers` not whole.
 */
export function gimc(input: GimcInput): QueueResult {
  const arrivalRate = 1 / positive('mean interval', lawMean(checkedLaw('arrival', input.arrival)));
  const serviceMean = positive('serviceTime', input.serviceTime);
  const servers = whole('servers', input.servers);
  if (arrivalRate * serviceMean >= servers) return overloadedResult(arrivalRate, serviceMean, servers);
  const known = input.arrival.kind !== 'two-moment' || definiteLaw(input.arrival).kind === 'deterministic';
  const utilization = (arrivalRate * serviceMean) / servers;
  const scv = lawCv(input.arrival) ** 2;
  const times = nearSaturation({
    idle: 1 - utilization,
    leastIdle: leastIdle(scv, servers),
    limit: ((1 + scv) / 2) * (serviceMean / servers),
    service: { kind: 'exponential', mean: serviceMean },
    solve: (idle) =>
      gimcTimes(
        idle === 1 - utilization ? input.arrival : scaledLaw(input.arrival, utilization / (1 - idle)),
        serviceMean,
        servers,
        known,
      ),
  });
  return stableResult({ arrivalRate, servers, serviceMean, ...times });
}

function gimcTimes(arrival: Law, serviceMean: number, servers: number, known: boolean): FoundTimes {
  const { waitProbability, rate } = takacsWait(arrival, serviceMean, servers);
  const waitMean = waitProbability / rate;
  const tail = (t: number) => {
    // ∫ μe^{−μu}·P(W > t − u)du in a form without the singularity at equal rates
    const spare = rate - 1 / serviceMean;
    const slower = Math.min(rate, 1 / serviceMean);
    const after = (t / serviceMean) * Math.exp(-slower * t) * meanDecay(Math.abs(spare) * t);
    return t < 0 ? 1 : Math.exp(-t / serviceMean) + waitProbability * after;
  };
  return {
    waitProbability,
    wait: exponentialWait(waitProbability, waitMean),
    sojourn: durationsOf(waitMean + serviceMean, tail),
    exact: known,
    route: 'GI/M/c by the root of Takács',
    ...(known ? {} : { errorBand: 'exact for a law fitted to two moments of the intervals' }),
  };
}

/** The wait of GI/M/c at a load below 1; see {@link gimc}. */
export function takacsWait(arrival: Law, serviceMean: number, servers: number): TakacsWait {
  const complement = transformComplement(arrival);
  /** 1 − A(xμ). */
  const missing = (x: number) => Math.min(1, complement({ re: x / serviceMean, im: 0 }).re);
  const delta = rootDelta(missing, arrival, serviceMean, servers); // 1 − σ
  return {
    waitProbability: Math.exp(logWaitProbability(missing, delta, servers)),
    rate: (servers * delta) / serviceMean,
  };
}

/** δ = 1 − σ in (0, 1) with 1 − A(cμδ) = δ. */
function rootDelta(
  missing: (x: number) => number,
  arrival: Law,
  serviceMean: number,
  servers: number,
): number {
  const excess = (delta: number) => missing(servers * delta) / delta - 1;
  // Intervals so long that none is over before all services are, but for rounding.
  if (excess(1) >= 0) return 1;
  const idle = 1 - serviceMean / (lawMean(arrival) * servers);
  let low = idle / (1 + lawCv(arrival) ** 2);
  while (excess(low) <= 0 && low > 1e-300) low /= 8;
  return findRoot(excess, low, 1);
}

/**
 * ln P(W > 0) = −ln[1/(1 − σ) + Σ_{j=1}^{c} (c over j)·Π_{n≤j}(1 − φ_n)/φ_n·(c(1 − φ_j) − j)/((1 − φ_j)(c(1 − σ)
 * − j))] − ln(1 − σ), φ_n = A(nμ); the last quotient is positive (numerator and denominator change sign
 * together), so every term is.
 */
function logWaitProbability(missing: (x: number) => number, delta: number, servers: number): number {
  const crossing = servers * delta;
  const numerator = (x: number) => servers * missing(x) - x;
  const logs = [-Math.log(delta)];
  let logProduct = 0;
  for (let j = 1; j <= servers; j += 1) {
    const absent = missing(j);
    logProduct += Math.log(absent) - Math.log1p(-absent);
    const gap = crossing - j;
    const quotient =
      Math.abs(gap) > 1e-5 * Math.max(1, crossing)
        ? numerator(j) / gap
        : -slope(numerator, (crossing + j) / 2);
    const logTerm =
      logBinomial(servers, j) + logProduct - Math.log(absent) + Math.log(Math.max(quotient, 1e-300));
    if (Number.isFinite(logTerm)) logs.push(logTerm);
    else if (logTerm > 0) return -Infinity;
  }
  const most = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = logs.reduce((total, x) => total + Math.exp(x - most), 0);
  return Math.min(0, -Math.log(delta) - most - Math.log(sum));
}

function logBinomial(n: number, k: number): number {
  return k === n ? 0 : logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** Derivative by five points. */
function slope(f: (x: number) => number, x: number): number {
  const step = 4e-3;
  return (f(x - 2 * step) - 8 * f(x - step) + 8 * f(x + step) - f(x + 2 * step)) / (12 * step);
}
