import type { Law } from './law.js';

/** Mean of a law, in its own unit. */
export function lawMean(law: Law): number {
  switch (law.kind) {
    case 'empirical':
      return empiricalMean(law.quantiles);
    case 'phase-type':
      throw new RangeError('mean of a phase-type law: not here yet');
    default:
      return law.mean;
  }
}

function empiricalMean(quantiles: readonly number[]): number {
  const inner = quantiles.slice(1, -1).reduce((sum, q) => sum + q, 0);
  return (inner + (quantiles[0]! + quantiles.at(-1)!) / 2) / (quantiles.length - 1);
}
