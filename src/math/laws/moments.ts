import { phaseTypeMoment } from '../queues/phase-type/phase-type.js';
import { lawOfTwoMoments } from '../queues/two-moment.js';
import type { Law } from './law.js';

/** Mean of a law, in its own unit. */
export function lawMean(law: Law): number {
  switch (law.kind) {
    case 'empirical':
      return empiricalMoment(law.quantiles, 1);
    case 'phase-type':
      return phaseTypeMoment(law, 1);
    default:
      return law.mean;
  }
}

/** Coefficient of variation, σ/mean. */
export function lawCv(law: Law): number {
  switch (law.kind) {
    case 'deterministic':
      return 0;
    case 'exponential':
      return 1;
    case 'erlang':
      return 1 / Math.sqrt(law.stages);
    case 'phase-type':
      return cvOf(phaseTypeMoment(law, 1), phaseTypeMoment(law, 2));
    case 'empirical':
      return cvOf(empiricalMoment(law.quantiles, 1), empiricalMoment(law.quantiles, 2));
    default:
      return law.cv;
  }
}

/** Third moment about 0, E X³. Of `two-moment` laws that of the law that stands for them. */
export function lawThirdMoment(law: Law): number {
  switch (law.kind) {
    case 'deterministic':
      return law.mean ** 3;
    case 'exponential':
      return 6 * law.mean ** 3;
    case 'erlang':
      return law.mean ** 3 * (1 + 1 / law.stages) * (1 + 2 / law.stages);
    case 'gamma':
      return law.mean ** 3 * (1 + law.cv ** 2) * (1 + 2 * law.cv ** 2);
    case 'lognormal':
      return law.mean ** 3 * (1 + law.cv ** 2) ** 3;
    case 'hyperexponential':
      // E X³ = 6 Σ pᵢ/μᵢ³ with pᵢ/μᵢ = mean/2 and p₁p₂ = 1/(2(1 + cv²))
      return 3 * law.mean ** 3 * law.cv ** 2 * (law.cv ** 2 + 1);
    case 'phase-type':
      return phaseTypeMoment(law, 3);
    case 'empirical':
      return empiricalMoment(law.quantiles, 3);
    case 'two-moment':
      return lawThirdMoment(lawOfTwoMoments(law.mean, law.cv));
  }
}

/** E Xⁿ of a law that is uniform between neighbouring quantiles. */
function empiricalMoment(quantiles: readonly number[], n: number): number {
  let sum = 0;
  for (let i = 1; i < quantiles.length; i += 1) {
    const [low, high] = [quantiles[i - 1]!, quantiles[i]!];
    // ∫ xⁿ dx/(high − low) = Σ lowᵏ highⁿ⁻ᵏ/(n + 1)
    for (let k = 0; k <= n; k += 1) sum += (low ** k * high ** (n - k)) / (n + 1);
  }
  return sum / (quantiles.length - 1);
}

function cvOf(mean: number, second: number): number {
  return mean === 0 ? 0 : Math.sqrt(Math.max(0, second / (mean * mean) - 1));
}
