import { lawDensity } from '../../laws/density.js';
import { lawTail } from '../../laws/distribution.js';
import { asPhaseType, nearbyPhaseType } from '../../laws/fit.js';
import type { Law } from '../../laws/law.js';
import { lawCv, lawMean } from '../../laws/moments.js';
import { gaussLegendre } from '../../numeric/gauss-legendre.js';
import { type Complex, complex, divide, subtract } from '../../transform/complex.js';
import { continuedBelow, invertedDurations } from '../../transform/inverted-durations.js';
import { invertLaplace } from '../../transform/laplace-inversion.js';
import { durationsOf, shifted } from '../durations.js';
import { mixedErlangPhases, type PhaseType } from '../phase-type/phase-type.js';
import type { Durations } from '../result.js';
import { deterministicDelay, type Lengths, phaseTypeConditional } from './conditional-transform.js';

/** Phases up to which the roots of Ott's transform are found. */
export const MOST_PS_PHASES = 8;
/** Services up to so many times t matter at t: the transform of longer ones has vanished. */
const REACH = 3;
const PANELS = 28;
const RULE = gaussLegendre(12);
const SHORTEST = 1e-290;
const PRECISION = 1e-8;
const FLOOR = 1e-7;

/** Sojourn in M/G/1-PS, averaged over the length of the service. */
export function generalPsSojourn(arrivalRate: number, law: Law): Durations {
  const serviceMean = lawMean(law);
  const utilization = arrivalRate * serviceMean;
  const mean = serviceMean / (1 - utilization);
  const density = lawDensity(law);
  const serviceTail = lawTail(law);
  // a gamma law of shape below 1 is infinitely dense at 0
  const crowding = law.kind === 'gamma' ? Math.max(3, 3 * law.cv ** 2) : 3;
  const conditional = phaseTypeConditional(arrivalRate, utilization, phasesOf(law));

  const inverted = (t: number) => {
    const lengths = lengthsUpTo(REACH * t, density, serviceTail, crowding);
    const tailTransform = (s: Complex): Complex => divide(subtract(complex(1), conditional(s)(lengths)), s);
    return Math.min(1, Math.max(Number.MIN_VALUE, invertLaplace(tailTransform, t)));
  };
  return durationsOf(mean, continuedBelow(inverted, 1, mean, FLOOR), { precision: PRECISION });
}

/**
 * Nodes for the mean over the service time up to `reach`, crowding towards 0; their masses sum to the probability of that.
 * Lengths so short that their density is no number are 0.
 */
function lengthsUpTo(
  reach: number,
  density: (t: number) => number,
  tail: (t: number) => number,
  crowding: number,
): Lengths {
  const length = new Float64Array(PANELS * RULE.length);
  const mass = new Float64Array(PANELS * RULE.length);
  let sum = 0;
  for (let panel = 0, i = 0; panel < PANELS; panel += 1) {
    for (const { node, weight } of RULE) {
      const v = (panel + (node + 1) / 2) / PANELS;
      const t = reach * v ** crowding;
      if (t > SHORTEST) {
        length[i] = t;
        mass[i] = weight * v ** (crowding - 1) * density(t);
      }
      sum += mass[i]!;
      i += 1;
    }
  }
  const atZero = length[0] === 0 ? 1 - tail(length.find((t) => t > 0)!) : 0;
  const factor = sum > 0 ? (1 - tail(reach) - atZero) / sum : 1;
  for (let i = 0; i < mass.length; i += 1) mass[i]! *= factor;
  mass[0]! += atZero;
  return { length, mass };
}

/** Phases for the work of the others. */
function phasesOf(law: Law): PhaseType {
  const own = asPhaseType(law);
  if (own && own.alpha.length <= MOST_PS_PHASES) return own;
  const cv = Math.max(lawCv(law), 1 / Math.sqrt(MOST_PS_PHASES));
  return cv < 1 ? mixedErlangPhases(lawMean(law), cv) : nearbyPhaseType(law);
}

/**
 * Sojourn in M/G/1-PS where services are constant in all but name, their density too narrow for quadrature: the delay of
 * M/D/1-PS after a service that keeps its law. Correct to the first order of the cv but just above the service's mean.
 */
export function nearlyConstantPsSojourn(arrivalRate: number, law: Law): Durations {
  const serviceMean = lawMean(law);
  const utilization = arrivalRate * serviceMean;
  const alone = (1 - utilization) * Math.exp(-utilization);
  const constant = deterministicPsSojourn(arrivalRate, serviceMean);
  const serviceTail = lawTail(law);
  // all that find others there leave later than a mean service takes
  const tail = (t: number): number =>
    alone * serviceTail(t) + Math.min(1 - alone, t < serviceMean ? 1 : constant.tail(t));
  return durationsOf(constant.mean, tail);
}

/** Sojourn in M/D/1-PS: never less than the service, and just that with probability (1 − ρ)e^{−λD}. */
export function deterministicPsSojourn(arrivalRate: number, serviceMean: number): Durations {
  const utilization = arrivalRate * serviceMean;
  const alone = (1 - utilization) * Math.exp(-utilization);
  const transform = deterministicDelay(arrivalRate, utilization, serviceMean);
  const delay = invertedDurations({
    transform: (s) => divide(subtract(complex(1), transform(s)), s),
    mean: serviceMean / (1 - utilization) - serviceMean,
    atZero: 1 - alone,
    bend: (t) => (t > 4 * serviceMean ? Number.POSITIVE_INFINITY : 0.1 * serviceMean),
    floor: FLOOR,
  });
  return shifted(delay, serviceMean);
}
