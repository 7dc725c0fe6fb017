import type { Law } from '../laws/law.js';
import { mixedErlangPhases } from './phase-type/phase-type.js';

/** Above so many stages a gamma law stands in for a mixture of Erlang laws. */
const MOST_STAGES = 200;

/**
 * The law that stands for one of which only mean and cv are known: deterministic (0), Erlang or a mixture of
 * Erlang laws (below 1), exponential (1), hyperexponential with balanced means (above 1), gamma where that would
 * need very many stages.
 */
export function lawOfTwoMoments(mean: number, cv: number): Law {
  const stages = Math.round(1 / (cv * cv));
  if (cv < 1e-6) return { kind: 'deterministic', mean };
  if (Math.abs(cv - 1) < 1e-9) return { kind: 'exponential', mean };
  if (cv > 1) return { kind: 'hyperexponential', mean, cv };
  if (stages > MOST_STAGES) return { kind: 'gamma', mean, cv };
  if (Math.abs(stages * cv * cv - 1) < 1e-9) return { kind: 'erlang', mean, stages };
  return { kind: 'phase-type', ...mixedErlangPhases(mean, cv) };
}

/**
 * A law whose every property is known: the stand-in of two moments, the law itself otherwise, the simplest of
 * equal ones.
 */
export function definiteLaw(law: Law): Law {
  switch (law.kind) {
    case 'two-moment':
      return lawOfTwoMoments(law.mean, law.cv);
    case 'erlang':
      return law.stages === 1 ? { kind: 'exponential', mean: law.mean } : law;
    case 'hyperexponential':
      return law.cv - 1 < 1e-9 ? { kind: 'exponential', mean: law.mean } : law;
    case 'lognormal':
    case 'gamma':
      if (law.cv < 1e-6) return { kind: 'deterministic', mean: law.mean };
      return law.kind === 'gamma' && Math.abs(law.cv - 1) < 1e-12
        ? { kind: 'exponential', mean: law.mean }
        : law;
    default:
      return law;
  }
}
