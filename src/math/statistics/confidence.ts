/** Estimate with the half-width of its 95 % confidence interval; the half-width is null where one sample says nothing. */
export interface Estimate {
  readonly value: number;
  readonly halfWidth: number | null;
}

/** Mean of independent replications, with Student's t. */
export function estimateMean(samples: readonly number[]): Estimate {
  const count = samples.length;
  const mean = samples.reduce((sum, x) => sum + x, 0) / Math.max(1, count);
  if (count < 2) return { value: mean, halfWidth: null };
  const variance = samples.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (count - 1);
  return { value: mean, halfWidth: studentT975(count - 1) * Math.sqrt(variance / count) };
}

const NORMAL_975 = 1.959963984540054;
const SMALL = [
  12.7062, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139,
];

/**
 * The 97.5 % quantile of Student's t. Exact values to 10 degrees of freedom, beyond them the expansion in 1/ν of
 * Abramowitz & Stegun 26.7.5, within 10⁻⁵ there.
 */
export function studentT975(degrees: number): number {
  const exact = SMALL[degrees - 1];
  if (exact !== undefined) return exact;
  const z = NORMAL_975;
  const g1 = (z ** 3 + z) / 4;
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + g1 / degrees + g2 / degrees ** 2 + g3 / degrees ** 3;
}
