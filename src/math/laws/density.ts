import { logGamma } from '../numeric/log-gamma.js';
import { normalDensity } from '../numeric/normal.js';
import { poissonWeight } from '../numeric/poisson.js';
import { exitRates } from '../queues/phase-type/phase-type.js';
import {
  erlangMixture,
  fastestRate,
  generatorSteps,
  mixtureDensity,
} from '../queues/phase-type/uniformised.js';
import { definiteLaw } from '../queues/two-moment.js';
import { asPhaseType } from './fit.js';
import type { Law } from './law.js';

/** t ↦ density at t > 0; of laws that have one (not deterministic). */
export function lawDensity(given: Law): (t: number) => number {
  const law = definiteLaw(given);
  switch (law.kind) {
    case 'exponential':
      return (t) => Math.exp(-t / law.mean) / law.mean;
    case 'erlang':
      return gammaDensity(law.mean, law.stages);
    case 'gamma':
      return gammaDensity(law.mean, 1 / law.cv ** 2);
    case 'lognormal': {
      const sigma = Math.sqrt(Math.log1p(law.cv ** 2));
      const mu = Math.log(law.mean) - (sigma * sigma) / 2;
      return (t) => normalDensity((Math.log(t) - mu) / sigma) / (sigma * t);
    }
    case 'hyperexponential':
    case 'phase-type': {
      const phases = asPhaseType(law)!;
      const rate = fastestRate(phases.generator);
      const steps = generatorSteps(phases.alpha, phases.generator, exitRates(phases), rate);
      return mixtureDensity(erlangMixture(rate, steps));
    }
    case 'empirical':
      return empiricalDensity(law.quantiles);
    case 'deterministic':
    case 'two-moment':
      throw new RangeError(`a ${law.kind} law has no density`);
  }
}

function gammaDensity(mean: number, shape: number): (t: number) => number {
  const rate = shape / mean;
  if (shape >= 1) return (t) => rate * poissonWeight(shape - 1, rate * t);
  return (t) => rate * Math.exp((shape - 1) * Math.log(rate * t) - rate * t - logGamma(shape));
}

function empiricalDensity(quantiles: readonly number[]): (t: number) => number {
  const pieces = quantiles.length - 1;
  return (t) => {
    let sum = 0;
    for (let i = 0; i < pieces; i += 1) {
      const width = quantiles[i + 1]! - quantiles[i]!;
      if (width > 0 && t >= quantiles[i]! && t < quantiles[i + 1]!) sum += 1 / (width * pieces);
    }
    return sum;
  };
}
