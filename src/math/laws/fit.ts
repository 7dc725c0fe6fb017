import {
  erlangPhases,
  hyperexponentialOfMoments,
  hyperexponentialPhases,
  mixedErlangPhases,
  type PhaseType,
} from '../queues/phase-type/phase-type.js';
import type { Law } from './law.js';
import { lawCv, lawMean, lawThirdMoment } from './moments.js';

/** More phases than this are not handled as phases. */
const MOST_PHASES = 200;

/** The law as phases where it is phase-type; null where it is not (or of very many phases). */
export function asPhaseType(law: Law): PhaseType | null {
  switch (law.kind) {
    case 'exponential':
      return erlangPhases(law.mean, 1);
    case 'erlang':
      return law.stages <= MOST_PHASES ? erlangPhases(law.mean, law.stages) : null;
    case 'hyperexponential':
      return hyperexponentialPhases(law.mean, law.cv);
    case 'phase-type':
      return law;
    default:
      return null;
  }
}

/**
 * A phase-type law near a given one: itself where it is one, else with its first three moments where two phases
 * have them, else two.
 */
export function nearbyPhaseType(law: Law): PhaseType {
  const own = asPhaseType(law);
  if (own) return own;
  const mean = lawMean(law);
  const cv = Math.max(lawCv(law), 0.1);
  if (cv > 1 + 1e-9) {
    const second = (1 + cv * cv) * mean * mean;
    return hyperexponentialOfMoments(mean, second, lawThirdMoment(law)) ?? hyperexponentialPhases(mean, cv);
  }
  return Math.abs(cv - 1) < 1e-9 ? erlangPhases(mean, 1) : mixedErlangPhases(mean, cv);
}
