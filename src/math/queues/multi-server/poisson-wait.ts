import { asPhaseType } from '../../laws/fit.js';
import type { Law } from '../../laws/law.js';
import { lawCv, lawMean, lawThirdMoment } from '../../laws/moments.js';
import type { FoundTimes } from '../assemble.js';
import { mdc } from '../deterministic/mdc.js';
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
import { EXTRAPOLATED_BAND, fittedBand, lognormalBand, quadraticBand } from './poisson-band.js';
import { twoExponentialSojourn, twoExponentials, twoExponentialWait } from './two-exponentials.js';

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
    return phphTimes(poisson, own, servers, 'M/PH/c');
  }
  const { means, route, errorBand } = approximateMeans(law, own, servers, utilization);
  return {
    ...timesFromMeans(means.waitProbability, means.mean * serviceMean, arrivalRate, law, servers),
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
  const mean = lawMean(law);
  const scv = lawCv(law) ** 2;
  const solved = (phases: PhaseType) => twoPhaseMeans(scaled(phases, 1 / mean), servers, utilization);
  if (scv < 0.5) {
    return {
      means: quadraticMeans(scv, servers, utilization),
      route: 'M/G/c by a quadratic in cv² through M/D/c, M/E₂/c and M/M/c',
      errorBand: quadraticBand(law),
    };
  }
  if (own && own.alpha.length <= 2)
    return {
      means: solved(own),
      route: 'M/PH/c extrapolated from exact systems of 24 and 48 servers in the same regime',
      errorBand: EXTRAPOLATED_BAND,
    };
  const byThree = solved(twoPhasesOf(law));
  if (law.kind !== 'lognormal' || scv <= 1)
    return {
      means: byThree,
      route: `M/PH/c with two phases fitted to ${scv <= 1 ? 'two' : 'three'} moments`,
      errorBand: fittedBand(law, scv),
    };
  // Two phases with the third moment of a lognormal law wait too little, those with balanced means too long.
  const byTwo = solved(hyperexponentialPhases(mean, Math.sqrt(scv)));
  return {
    means: {
      waitProbability: Math.sqrt(byTwo.waitProbability * byThree.waitProbability),
      mean: Math.sqrt(byTwo.mean * byThree.mean),
    },
    route: 'geometric mean of M/PH/c with two phases fitted to two and to three moments',
    errorBand: lognormalBand(scv),
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

/** Two exponentials with the given probability and mean; the sojourn with the real service law. */
export function timesFromMeans(
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
