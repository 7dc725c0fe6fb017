/**
 * A phase-type law: the time to absorption of a Markov chain that starts in phase i with probability `alpha[i]`
 * and moves by the sub-generator `generator` (row-major); the missing row sums are the rates of absorption. Neuts
 * 1981.
 */
export interface PhaseType {
  readonly alpha: readonly number[];
  readonly generator: readonly (readonly number[])[];
}

/** `stages` exponentials in a row; cv = 1/√stages. */
export function erlangPhases(mean: number, stages: number): PhaseType {
  const rate = stages / mean;
  return chainOf(
    Array.from({ length: stages }, (_, i) => (i === 0 ? 1 : 0)),
    rate,
  );
}

/**
 * Mixture of Erlang laws of k − 1 and k stages with one rate, 1/k ≤ cv² ≤ 1/(k − 1), the usual choice for cv < 1
 * (Tijms 1994, A First Course in Stochastic Models, appendix B). The Erlang law itself where cv² = 1/k.
 */
export function mixedErlangPhases(mean: number, cv: number): PhaseType {
  const scv = cv * cv;
  const stages = Math.max(1, Math.ceil(1 / scv - 1e-9));
  if (Math.abs(stages * scv - 1) < 1e-9) return erlangPhases(mean, stages);
  const shorter = (stages * scv - Math.sqrt(stages * (1 + scv) - stages * stages * scv)) / (1 + scv);
  const alpha = new Array<number>(stages).fill(0);
  alpha[0] = 1 - shorter;
  alpha[1] = shorter;
  return chainOf(alpha, (stages - shorter) / mean);
}

/** Two exponentials with balanced means, p₁/μ₁ = p₂/μ₂; cv ≥ 1. */
export function hyperexponentialPhases(mean: number, cv: number): PhaseType {
  const scv = cv * cv;
  const high = 0.5 * (1 + Math.sqrt((scv - 1) / (scv + 1)));
  const low = 1 / (scv + 1) / (2 * high); // 1 − high, without cancellation
  return mixture(low, mean / (2 * low), mean / (2 * high));
}

/**
 * Two exponentials with the given first three moments, where there are such: cv > 1 and E X³ E X > 1.5 (E X²)²
 * (Whitt 1982, "Approximating a point process by a renewal process, I", section 3); null elsewhere.
 */
export function hyperexponentialOfMoments(mean: number, second: number, third: number): PhaseType | null {
  const [f1, f2, f3] = [mean, second / 2, third / 6];
  const spread = f2 - f1 * f1;
  const excess = f1 * f3 - f2 * f2;
  if (!(spread > 1e-9 * f1 * f1 && excess > 1e-9 * f2 * f2)) return null;
  // The two means are the roots of x² − sum·x + product, which is −spread at f1: so f1 lies between them.
  const sum = (f3 - f1 * f2) / spread;
  const product = excess / spread;
  const root = Math.sqrt(sum * sum - 4 * product);
  const long = (sum + root) / 2;
  const short = product / long;
  return mixture((f1 - short) / (long - short), long, short);
}

function mixture(longShare: number, longMean: number, shortMean: number): PhaseType {
  return {
    alpha: [1 - longShare, longShare],
    generator: [
      [-1 / shortMean, 0],
      [0, -1 / longMean],
    ],
  };
}

function chainOf(alpha: number[], rate: number): PhaseType {
  const order = alpha.length;
  return {
    alpha,
    generator: alpha.map((_, i) =>
      Array.from({ length: order }, (_unused, j) => (j === i ? -rate : j === i + 1 ? rate : 0)),
    ),
  };
}

/** Rate of absorption from each phase. */
export function exitRates(law: PhaseType): number[] {
  return law.generator.map((row) => {
    const rate = -row.reduce((sum, x) => sum + x, 0);
    const size = row.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    return rate > 1e-14 * size ? rate : 0;
  });
}

/** α(−T)⁻ⁿ: the mean times spent in each phase for n = 1; n!·its sum is the n-th moment. */
export function occupancy(law: PhaseType, power = 1): number[] {
  let row = [...law.alpha];
  for (let n = 0; n < power; n += 1) row = solveRow(law.generator, row);
  return row;
}

/** (−T)⁻¹·1: the mean time to the end from each phase. */
export function timesToEnd({ generator }: PhaseType): Float64Array {
  const transposed = generator.map((_, i) => generator.map((row) => row[i]!));
  return Float64Array.from(
    solveRow(
      transposed,
      generator.map(() => 1),
    ),
  );
}

/** E Xⁿ. */
export function phaseTypeMoment(law: PhaseType, n: number): number {
  let factorial = 1;
  for (let k = 2; k <= n; k += 1) factorial *= k;
  return factorial * occupancy(law, n).reduce((sum, x) => sum + x, 0);
}

/** x with x(−T) = b, by elimination without pivots, which an M-matrix allows. */
function solveRow(generator: readonly (readonly number[])[], b: readonly number[]): number[] {
  const order = b.length;
  // rows of the transposed system −Tᵀ xᵀ = bᵀ
  const m = Array.from({ length: order }, (_, i) => [
    ...Array.from({ length: order }, (_unused, j) => -generator[j]![i]!),
    b[i]!,
  ]);
  for (let k = 0; k < order; k += 1) {
    for (let i = k + 1; i < order; i += 1) {
      const factor = m[i]![k]! / m[k]![k]!;
      if (factor === 0) continue;
      for (let j = k; j <= order; j += 1) m[i]![j]! -= factor * m[k]![j]!;
    }
  }
  for (let k = order - 1; k >= 0; k -= 1) {
    for (let j = k + 1; j < order; j += 1) m[k]![order]! -= m[k]![j]! * m[j]![order]!;
    m[k]![order]! /= m[k]![k]!;
  }
  return m.map((row) => row[order]!);
}
