import { checkedLaw } from '../../laws/check.js';
import { asPhaseType } from '../../laws/fit.js';
import type { Law } from '../../laws/law.js';
import { lawCv, lawMean } from '../../laws/moments.js';
import { positive } from '../../numeric/domain.js';
import { overloadedResult, stableResult } from '../assemble.js';
import { exponentialWait } from '../multi-server/exponential-wait.js';
import { stretched } from '../near-saturation.js';
import type { Durations, QueueResult } from '../result.js';
import { definiteLaw } from '../two-moment.js';
import { mm1PsSojourn } from './mm1ps.js';
import {
  deterministicPsSojourn,
  generalPsSojourn,
  MOST_PS_PHASES,
  nearlyConstantPsSojourn,
} from './sojourn.js';

/** Poisson arrivals, one server that all present share equally. */
export interface Mg1PsInput {
  readonly arrivalRate: number;
  readonly service: Law;
}

/**
 * M/G/1 with processor sharing. The mean sojourn E S/(1 − ρ) and the number in system ρ/(1 − ρ) do not depend on the
 * law of the service (Sakata, Noguchi and Oizumi 1971). Nobody waits to be served, all are served at a lower speed:
 * the wait is 0, and the sojourn is longer than the service all the same.
 *
 * Percentiles of the sojourn: exponential service exactly; deterministic and phase-type service (up to eight phases)
 * by inversion of Ott's transform (1984), to about 1e-6; for others the same with a phase-type law of the same first
 * moments for the work of others, while the own service keeps its law; where services hardly vary, the delay that constant
 * ones would have.
 *
 * @throws RangeError where an input is not positive.
 */
export function mg1ps(input: Mg1PsInput): QueueResult {
  const arrivalRate = positive('arrivalRate', input.arrivalRate);
  const serviceMean = positive('mean service time', lawMean(checkedLaw('service', input.service)));
  const utilization = arrivalRate * serviceMean;
  if (utilization >= 1) return overloadedResult(arrivalRate, serviceMean, 1);
  const law = definiteLaw(input.service);
  const phases = asPhaseType(law);
  const solved = law.kind === 'deterministic' || (phases !== null && phases.alpha.length <= MOST_PS_PHASES);
  const guessed = input.service.kind === 'two-moment' && law.kind !== 'deterministic';
  const idle = 1 - utilization;
  const mean = serviceMean / idle;
  // Nearer to saturation the sojourn keeps its shape and grows with its mean (Yashkov 1993).
  const sojourn =
    idle >= LEAST_IDLE
      ? sojournOf(law, arrivalRate)
      : stretched(sojournOf(law, (1 - LEAST_IDLE) / serviceMean), (mean * LEAST_IDLE) / serviceMean, {
          mean,
          more: 1,
        });
  const result = stableResult({
    arrivalRate,
    servers: 1,
    serviceMean,
    waitProbability: utilization,
    wait: exponentialWait(0, 0),
    sojourn,
    exact: solved && !guessed,
    route:
      law.kind === 'exponential' ? 'M/M/1-PS by the integral of Flatto' : 'M/G/1-PS by the transform of Ott',
  });
  return {
    ...result,
    // served at once, at a lower speed
    waitProbability: 0,
    meanQueueLength: 0,
    ...(result.exact ? {} : { errorBand: guessed ? GUESSED_BAND : psBand(law) }),
  };
}

/** Coefficient of variation up to which what others do is as if services were constant, within 0.3 % of any percentile. */
const NEARLY_CONSTANT = 0.05;

/** Idle share down to which transforms are inverted. */
const LEAST_IDLE = 1e-4;

function sojournOf(law: Law, arrivalRate: number): Durations {
  const serviceMean = lawMean(law);
  if (law.kind === 'exponential') return mm1PsSojourn(arrivalRate * serviceMean, serviceMean);
  if (law.kind === 'deterministic') return deterministicPsSojourn(arrivalRate, serviceMean);
  return lawCv(law) <= NEARLY_CONSTANT
    ? nearlyConstantPsSojourn(arrivalRate, law)
    : generalPsSojourn(arrivalRate, law);
}

const GUESSED_BAND = 'mean exact; percentiles those of a law fitted to mean and cv';

/**
 * Errors of p50, p95 and p99 at loads up to 0.9 for lognormal, gamma and Erlang service of cv up to 3, and for service of
 * pieces, which two or eight phases follow less closely (tools/accuracy/queue-errors.ts prints them).
 */
function psBand(law: Law): string {
  const wide = lawCv(law) > 2 || law.kind === 'empirical';
  return `mean exact; percentiles ±${wide ? 3 : 1} %`;
}
