import { checkedLaw } from '../../laws/check.js';
import { asPhaseType } from '../../laws/fit.js';
import type { Law } from '../../laws/law.js';
import { lawCv, lawMean } from '../../laws/moments.js';
import { scaledLaw } from '../../laws/scaled.js';
import { positive, whole } from '../../numeric/domain.js';
import type { FoundTimes } from '../assemble.js';
import { overloadedResult, stableResult } from '../assemble.js';
import { shifted } from '../durations.js';
import { nearSaturation } from '../near-saturation.js';
import type { QueueResult } from '../result.js';
import { definiteLaw } from '../two-moment.js';
import { affordable } from './effort.js';
import { exponentialWait } from './exponential-wait.js';
import { gimc } from './gimc.js';
import { leastIdle } from './heavy-traffic.js';
import { mgc } from './mgc.js';
import { momentBand } from './moment-band.js';
import { phphTimes } from './phph-times.js';
import { renewalTimes } from './renewal-approximation.js';

/**
 * Independent intervals between arrivals and independent services, each of any law; equal servers, one queue in
 * order of arrival.
 */
export interface GgcInput {
  /** Law of the intervals between arrivals; its mean is 1/arrival rate. */
  readonly arrival: Law;
  readonly service: Law;
  readonly servers: number;
}

/**
 * G/G/c with renewal arrivals. Exact for exponential service (GI/M/c), for Poisson arrivals where {@link mgc} is,
 * and for phase-type intervals and services as far as the solution stays within about 100 ms; otherwise the
 * product of GI/M/c and M/G/c relative to M/M/c, corrected by exact systems of fewer servers and phases in the
 * same regime, with a two-exponential wait.
 *
 * @throws RangeError where an input is not positive or `servers` not whole.
 */
export function ggc(input: GgcInput): QueueResult {
  const arrivalRate = 1 / positive('mean interval', lawMean(checkedLaw('arrival', input.arrival)));
  const serviceMean = positive('mean service time', lawMean(checkedLaw('service', input.service)));
  const servers = whole('servers', input.servers);
  const arrival = definiteLaw(input.arrival);
  const service = definiteLaw(input.service);
  if (arrivalRate * serviceMean >= servers) return overloadedResult(arrivalRate, serviceMean, servers);
  if (arrival.kind === 'exponential') {
    const result = mgc({ arrivalRate, service: input.service, servers });
    return input.arrival.kind === 'two-moment' ? guessedArrivals(result) : result;
  }
  if (service.kind === 'exponential') {
    const result = gimc({ arrival: input.arrival, serviceTime: serviceMean, servers });
    return input.service.kind === 'two-moment' ? guessedArrivals(result) : result;
  }
  if (arrival.kind === 'deterministic' && service.kind === 'deterministic')
    return stableResult({ arrivalRate, servers, serviceMean, ...withoutWaits(serviceMean) });
  const utilization = (arrivalRate * serviceMean) / servers;
  const scv = lawCv(arrival) ** 2 + lawCv(service) ** 2;
  const times = nearSaturation({
    idle: 1 - utilization,
    leastIdle: leastIdle(scv, servers),
    limit: (scv / 2) * (serviceMean / servers),
    service,
    solve: (idle) => {
      const intervals = idle === 1 - utilization ? arrival : scaledLaw(arrival, utilization / (1 - idle));
      return phaseTypeTimes(intervals, service, servers) ?? renewalTimes(intervals, service, servers);
    },
  });
  const result = stableResult({ arrivalRate, servers, serviceMean, ...times });
  const guessed = input.arrival.kind === 'two-moment' || input.service.kind === 'two-moment';
  if (!guessed) return result;
  const variability = Math.max(lawCv(arrival), lawCv(service)) ** 2;
  const band = momentBand(variability, Math.max(2, servers));
  return { ...result, exact: false, errorBand: joined(times.errorBand, band) };
}

function phaseTypeTimes(arrival: Law, service: Law, servers: number): FoundTimes | null {
  const intervals = asPhaseType(arrival);
  const services = asPhaseType(service);
  const utilization = lawMean(service) / (lawMean(arrival) * servers);
  if (!intervals || !services || !affordable(intervals, services, servers, utilization)) return null;
  return phphTimes(intervals, services, servers, 'PH/PH/c');
}

/** D/D/c below utilisation 1. */
function withoutWaits(serviceMean: number): FoundTimes {
  const wait = exponentialWait(0, 0);
  return {
    waitProbability: 0,
    wait,
    sojourn: shifted(wait, serviceMean),
    exact: true,
    route: 'D/D/c: nothing varies, so nobody waits',
  };
}

function guessedArrivals(result: QueueResult): QueueResult {
  const band = 'for laws fitted to mean and cv';
  return { ...result, exact: false, errorBand: joined(result.errorBand, band) };
}

function joined(first: string | undefined, second: string): string {
  return first === undefined ? second : `${first}; ${second}`;
}
