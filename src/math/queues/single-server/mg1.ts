import { checkedLaw } from '../../laws/check.js';
import { asPhaseType } from '../../laws/fit.js';
import type { Law } from '../../laws/law.js';
import { lawCv, lawMean } from '../../laws/moments.js';
import { positive } from '../../numeric/domain.js';
import { type FoundTimes, overloadedResult, stableResult } from '../assemble.js';
import { mdc } from '../deterministic/mdc.js';
import { nearSaturation } from '../near-saturation.js';
import type { PhaseType } from '../phase-type/phase-type.js';
import type { Durations, QueueResult } from '../result.js';
import { definiteLaw } from '../two-moment.js';
import { mg1InvertedTimes } from './mg1-inverted.js';
import { mg1PhaseTimes } from './mg1-phases.js';

/** Poisson arrivals, one server, any law of service, first come first served. */
export interface Mg1Input {
  readonly arrivalRate: number;
  readonly service: Law;
}

/**
 * M/G/1. Means by Pollaczek and Khinchine, E W = λE S²/(2(1 − ρ)); the laws of wait and sojourn exactly for
 * phase-type and deterministic service, by inversion of the Pollaczek–Khinchine transform (about 1e-9 absolute)
 * for others. Where only two moments of the service are known, the means are exact and the percentiles those of
 * the law that stands in.
 *
 * @throws RangeError where the rate or the mean is not positive, or the law is none.
 */
export function mg1(input: Mg1Input): QueueResult {
  const arrivalRate = positive('arrivalRate', input.arrivalRate);
  const serviceMean = positive('mean service time', lawMean(checkedLaw('service', input.service)));
  const utilization = arrivalRate * serviceMean;
  if (utilization >= 1) return overloadedResult(arrivalRate, serviceMean, 1);
  const law = definiteLaw(input.service);
  const known = input.service.kind !== 'two-moment' || law.kind === 'deterministic';
  const scv = lawCv(input.service) ** 2;
  const times = nearSaturation({
    idle: 1 - utilization,
    leastIdle: LEAST_IDLE / Math.max(1, scv),
    limit: ((1 + scv) / 2) * serviceMean,
    service: law,
    solve: (idle) =>
      mg1Times(idle === 1 - utilization ? arrivalRate : (1 - idle) / serviceMean, law, scv, known),
  });
  return stableResult({ arrivalRate, servers: 1, serviceMean, ...times });
}

/** Idle share down to which transforms are inverted, for laws that vary as an exponential one. */
const LEAST_IDLE = 1e-5;

const TWO_MOMENT_BAND =
  'means exact; percentiles depend on more than two moments of the service time: those of a fitted law';

/** E W = ρ/(1 − ρ)·(1 + cv²)/2·E S. */
function pollaczekKhinchine(arrivalRate: number, serviceMean: number, scv: number): number {
  const utilization = arrivalRate * serviceMean;
  return (utilization / (1 - utilization)) * ((1 + scv) / 2) * serviceMean;
}

function mg1Times(arrivalRate: number, law: Law, scv: number, known: boolean): FoundTimes {
  const waitMean = pollaczekKhinchine(arrivalRate, lawMean(law), scv);
  const { wait, sojourn, route } = solvedTimes(arrivalRate, law, waitMean);
  return {
    waitProbability: arrivalRate * lawMean(law),
    wait,
    sojourn,
    exact: known,
    route: `Pollaczek–Khinchine; percentiles ${route}`,
    ...(known ? {} : { errorBand: TWO_MOMENT_BAND }),
  };
}

interface Mg1Times {
  readonly wait: Durations;
  readonly sojourn: Durations;
  readonly route: string;
}

function solvedTimes(arrivalRate: number, law: Law, waitMean: number): Mg1Times {
  if (law.kind === 'deterministic') {
    const { wait, sojourn } = mdc({ arrivalRate, serviceTime: law.mean, servers: 1 });
    return { wait: wait!, sojourn: sojourn!, route: 'by the M/D/1 law' };
  }
  const phases: PhaseType | null = asPhaseType(law);
  if (phases)
    return { ...mg1PhaseTimes(arrivalRate, phases, waitMean), route: 'by uniformisation of the phases' };
  return { ...mg1InvertedTimes(arrivalRate, law, waitMean), route: 'by transform inversion' };
}
