import { upperGamma } from '../numeric/incomplete-gamma.js';
import { normalTail } from '../numeric/normal.js';
import { durationsOf } from '../queues/durations.js';
import { hyperexponentialPhases, type PhaseType } from '../queues/phase-type/phase-type.js';
import { phaseTypeDurations } from '../queues/phase-type/uniformised.js';
import type { Durations } from '../queues/result.js';
import { definiteLaw } from '../queues/two-moment.js';
import type { Law } from './law.js';
import { lawMean } from './moments.js';

/** Tail and percentiles of a law (of the law that stands for it where only two moments are known). */
export function lawDurations(given: Law): Durations {
  const law = definiteLaw(given);
  if (law.kind === 'phase-type') return phaseTypeDurations(law);
  const mean = lawMean(law);
  const tail = lawTail(law);
  if (law.kind === 'deterministic') return { mean, tail, percentile: () => mean };
  if (law.kind === 'empirical') return { mean, tail, percentile: (p) => empiricalQuantile(law.quantiles, p) };
  return durationsOf(mean, tail);
}

/** t ↦ P(X > t). */
export function lawTail(given: Law): (t: number) => number {
  const law = definiteLaw(given);
  switch (law.kind) {
    case 'deterministic':
      return (t) => (t < law.mean ? 1 : 0);
    case 'exponential':
      return (t) => Math.exp(-Math.max(0, t) / law.mean);
    case 'erlang':
      return (t) => upperGamma(law.stages, (Math.max(0, t) * law.stages) / law.mean);
    case 'gamma':
      return (t) => upperGamma(1 / law.cv ** 2, Math.max(0, t) / (law.mean * law.cv ** 2));
    case 'hyperexponential':
      return hyperexponentialTail(hyperexponentialPhases(law.mean, law.cv));
    case 'lognormal': {
      const sigma = Math.sqrt(Math.log1p(law.cv ** 2));
      const mu = Math.log(law.mean) - (sigma * sigma) / 2;
      return (t) => (t <= 0 ? 1 : normalTail((Math.log(t) - mu) / sigma));
    }
    case 'phase-type':
      return phaseTypeDurations(law).tail;
    case 'empirical':
      return (t) => empiricalTail(law.quantiles, t);
    case 'two-moment':
      throw new RangeError('a two-moment law has no tail');
  }
}

function hyperexponentialTail(law: PhaseType): (t: number) => number {
  return (t) => {
    const time = Math.max(0, t);
    return law.alpha.reduce((sum, p, i) => sum + p * Math.exp(law.generator[i]![i]! * time), 0);
  };
}

function empiricalTail(quantiles: readonly number[], t: number): number {
  const pieces = quantiles.length - 1;
  if (t < quantiles[0]!) return 1;
  if (t >= quantiles[pieces]!) return 0;
  let low = 0;
  let high = pieces;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (quantiles[middle]! <= t) low = middle;
    else high = middle;
  }
  const share = (t - quantiles[low]!) / (quantiles[high]! - quantiles[low]!);
  return (pieces - low - share) / pieces;
}

function empiricalQuantile(quantiles: readonly number[], p: number): number {
  const position = p * (quantiles.length - 1);
  const low = Math.min(quantiles.length - 2, Math.floor(position));
  return quantiles[low]! + (position - low) * (quantiles[low + 1]! - quantiles[low]!);
}
