/**
 * The law of a positive random duration, as plain data. One unit of time throughout (the caller's); `mean` ≥ 0, `cv` (coefficient of variation, σ/mean) ≥ 0.
 *
 * `two-moment` says that only mean and cv are known; a model may then choose any law with them, and must say so.
 */
export type Law =
  | { readonly kind: 'deterministic'; readonly mean: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  /** Sum of `stages` (a whole number ≥ 1) equal exponentials; cv = 1/√stages. */
  | { readonly kind: 'erlang'; readonly mean: number; readonly stages: number }
  /** Mixture of two exponentials with balanced means (p₁/μ₁ = p₂/μ₂); cv ≥ 1. */
  | { readonly kind: 'hyperexponential'; readonly mean: number; readonly cv: number }
  | { readonly kind: 'lognormal'; readonly mean: number; readonly cv: number }
  | { readonly kind: 'gamma'; readonly mean: number; readonly cv: number }
  /** Phase type: initial probabilities α and sub-generator T (row-major, order × order). */
  | {
      readonly kind: 'phase-type';
      readonly alpha: readonly number[];
      readonly generator: readonly (readonly number[])[];
    }
  /** Equally likely values between neighbouring quantiles (linear interpolation); sorted, at least two. */
  | { readonly kind: 'empirical'; readonly quantiles: readonly number[] }
  | { readonly kind: 'two-moment'; readonly mean: number; readonly cv: number };
