import { mdc } from '../deterministic/mdc.js';
import type { Law } from '../law.js';
import { asPhaseType, nearbyPhaseType } from '../law-fit.js';
import { lawCv, lawMean, lawThirdMoment } from '../law-moments.js';
import { mmc } from '../mmc/mmc.js';
import {
  erlangPhases,
  hyperexponentialOfMoments,
  hyperexponentialPhases,
  mixedErlangPhases,
  type PhaseType,
} from '../phase-type/phase-type.js';
import type { Durations } from '../result.js';
import { mg1 } from '../single-server/mg1.js';
import { decayRate } from './decay-rate.js';
import { affordable } from './effort.js';
import { phphTimes } from './phph-times.js';
import { quadraticMeans, twoPhaseMeans, type WaitMeans } from './poisson-approximation.js';
import { twoExponentialSojourn, twoExponentials, twoExponentialWait } from './two-exponentials.js';

/** Waiting times found for one queue, and how. */
export interface FoundTimes {
  readonly waitProbability: number;
  readonly wait: Durations;
  readonly sojourn: Durations;
  readonly exact: boolean;
  readonly route: string;
  readonly errorBand?: string;
}

/** M/G/c for a definite law of service, by the best route that is affordable. */
export function poissonTimes(arrivalRate: number, law: Law, servers: number): FoundTimes {
  const serviceMean = lawMean(law);
  if (law.kind === 'exponential') return found(mmc({ arrivalRate, serviceTime: serviceMean, servers }));
  if (law.kind === 'deterministic') return found(mdc({ arrivalRate, serviceTime: serviceMean, servers }));
  if (servers === 1) return found(mg1({ arrivalRate, service: law }));

  const utilization = (arrivalRate * serviceMean) / servers;
  const poisson = erlangPhases(1 / arrivalRate, 1);
  const own = asPhaseType(law);
  if (own && affordable(poisson, own, servers, utilization)) {
    const times = phphTimes(poisson, own, servers);
    return { ...times, exact: true, route: 'M/PH/c by logarithmic reduction and uniformisation' };
  }
  const near = own ?? nearbyPhaseType(law);
  if (!own && affordable(poisson, near, servers, utilization)) {
    const { waitProbability, wait } = phphTimes(poisson, near, servers);
    const approximated = fromMeans(waitProbability, wait.mean, arrivalRate, law, servers);
    return {
      waitProbability,
      wait,
      sojourn: approximated.sojourn,
      exact: false,
      route: 'M/PH/c exactly, with phases fitted to three moments; sojourn with the real service law',
      errorBand: fittedBand(lawCv(law) ** 2),
    };
  }
  const { means, route, errorBand } = approximateMeans(law, own, servers, utilization);
  return {
    ...fromMeans(means.waitProbability, means.mean * serviceMean, arrivalRate, law, servers),
    exact: false,
    route,
    errorBand,
  };
}

/** Probability of waiting and mean wait (in mean service times) where the exact solution is out of reach. */
function approximateMeans(
  law: Law,
  own: PhaseType | null,
  servers: number,
  utilization: number,
): { means: WaitMeans; route: string; errorBand: string } {
  const scv = lawCv(law) ** 2;
  if (scv < 0.5) {
    return {
      means: quadraticMeans(scv, servers, utilization),
      route: 'M/G/c by a quadratic in cv² through M/D/c, M/E₂/c and M/M/c',
      errorBand: QUADRATIC_BAND,
    };
  }
  const twoPhases = own && own.alpha.length <= 2 ? own : twoPhasesOf(law);
  return {
    means: twoPhaseMeans(scaled(twoPhases, 1 / lawMean(law)), servers, utilization),
    route: 'M/PH/c extrapolated from exact systems of 24 and 48 servers in the same regime',
    errorBand: own && own.alpha.length <= 2 ? EXTRAPOLATED_BAND : fittedBand(scv),
  };
}

/** Two phases with the first two moments of a law of cv² ≥ ½, and the third where they can have it. */
function twoPhasesOf(law: Law): PhaseType {
  const mean = lawMean(law);
  const cv = lawCv(law);
  if (cv <= 1) return mixedErlangPhases(mean, cv);
  const second = (1 + cv * cv) * mean * mean;
  return hyperexponentialOfMoments(mean, second, lawThirdMoment(law)) ?? hyperexponentialPhases(mean, cv);
}

function fromMeans(
  waitProbability: number,
  mean: number,
  arrivalRate: number,
  law: Law,
  servers: number,
): Pick<FoundTimes, 'waitProbability' | 'wait' | 'sojourn'> {
  const decay = decayRate({ kind: 'exponential', mean: 1 / arrivalRate }, law, servers);
  const hazard = servers / lawMean(law) - arrivalRate;
  const fitted = twoExponentials(waitProbability, mean, decay, hazard);
  return {
    waitProbability,
    wait: twoExponentialWait(fitted),
    sojourn: twoExponentialSojourn(fitted, law),
  };
}

function scaled(law: PhaseType, factor: number): PhaseType {
  return { alpha: law.alpha, generator: law.generator.map((row) => row.map((x) => x / factor)) };
}

function found(result: {
  readonly waitProbability: number | null;
  readonly wait: Durations | null;
  readonly sojourn: Durations | null;
  readonly exact: boolean;
  readonly route: string;
}): FoundTimes {
  const { waitProbability, wait, sojourn, exact, route } = result;
  return { waitProbability: waitProbability!, wait: wait!, sojourn: sojourn!, exact, route };
}

const QUADRATIC_BAND = 'mean wait ±1 %, sojourn percentiles ±0.5 %';
const EXTRAPOLATED_BAND = 'mean wait ±0.5 %, sojourn percentiles ±5 %';

function fittedBand(scv: number): string {
  if (scv <= 1) return 'mean wait ±2 %';
  return scv <= 2 ? 'mean wait ±3 %' : scv <= 4 ? 'mean wait ±8 %' : 'mean wait ±25 %';
}
