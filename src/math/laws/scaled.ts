import type { Law } from './law.js';

/** The law of `factor` times the duration. */
export function scaledLaw(law: Law, factor: number): Law {
  switch (law.kind) {
    case 'phase-type':
      return { ...law, generator: law.generator.map((row) => row.map((rate) => rate / factor)) };
    case 'empirical':
      return { ...law, quantiles: law.quantiles.map((value) => value * factor) };
    default:
      return { ...law, mean: law.mean * factor };
  }
}
