import { log1pMinus } from '../../numeric/exponentials.js';
import { stirlingError } from '../../numeric/log-gamma.js';
import { scaledErfc } from '../../numeric/normal.js';

/**
 * Taylor coefficients in η of η/(λ − 1), where η²/2 = λ − 1 − ln λ with the sign of λ − 1; found to 60 digits from
 * μ·dμ/dη = η(1 + μ), μ = λ − 1.
 */
const TRANSITION = [
  1, -0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.0011574074074074073,
  0.0003527336860670194, -0.0001787551440329218, 0.00003919263178522438, -0.000002185448510679992,
  -0.00000185406221071516, 8.296711340953087e-7, -1.7665952736826078e-7, 6.707853543401498e-9,
  1.0261809784240309e-8, -4.382036018453353e-9, 9.14769958223679e-10, -2.5514193994946248e-11,
  -5.830772132550426e-11, 2.4361948020667415e-11, -5.0276692801141755e-12, 1.1004392031956135e-13,
  3.371763262400985e-13, -1.392388722418162e-13, 2.8534893807047445e-14, -5.139111834242572e-16,
  -1.9752288294349442e-15, 8.099521156704561e-16, -1.6522531216398162e-16, 2.5305430097478883e-18,
] as const;

/** From here on the expansion is used around its transition; its error there is below 3e-16. */
const UNIFORM_FROM = 64;
const UNIFORM_ETA = 0.8;

/** Outside of the transition 82 terms of the series and 59 of the fraction have sufficed, k to 3e7. */
const MOST_TERMS = 200;

/**
 * A Poisson variable N of mean m > 0 against one of its own probabilities, w(k) = e^−m mᵏ/Γ(k + 1), for real k ≥ 0:
 *
 * - m ≤ k + 1 (`below`): P(N > k)/w(k), the incomplete gamma ratio P(k + 1, m)/w(k);
 * - m > k + 1: P(N ≤ k)/w(k), the ratio Q(k + 1, m)/w(k).
 *
 * Both stay of moderate size, so neither overflows nor cancels. Around m ≈ k + 1 the uniform expansion of Temme (1979,
 * in the form of Gil, Segura & Temme 2012, section 2.3) takes constant time; elsewhere a series or a continued fraction
 * converges in a few terms more than 1/|1 − m/k|. Relative error below 2e-15 for k to 1e7.
 */
export function poissonRatio(k: number, mean: number): number {
  const s = k + 1;
  const excess = (mean - s) / s;
  if (s >= UNIFORM_FROM) {
    const eta = Math.sign(excess) * Math.sqrt(-2 * log1pMinus(excess));
    if (Math.abs(eta) < UNIFORM_ETA) return uniform(s, mean, eta);
  }
  return excess <= 0 ? upperSeries(k, mean) : lowerFraction(k, mean);
}

/** Whether {@link poissonRatio} gives the upper part, P(N > k). */
export const isUpper = (k: number, mean: number): boolean => mean <= k + 1;

/** Σ_{j≥1} mʲ/((k + 1)…(k + j)), m ≤ k + 1: all terms positive. */
function upperSeries(k: number, mean: number): number {
  let term = 1;
  let sum = 0;
  for (let j = 1; j < MOST_TERMS && term > 1e-17 * sum; j += 1) {
    term *= mean / (k + j);
    sum += term;
  }
  return sum;
}

/** Legendre's continued fraction of Γ(k + 1, m) (DLMF 8.9.2), m > k + 1, by Lentz's method: its terms are positive. */
function lowerFraction(k: number, mean: number): number {
  let denominator = mean - k;
  let c = 1e300;
  let d = 1 / denominator;
  let value = d;
  for (let n = 1; n < MOST_TERMS; n += 1) {
    const numerator = n * (k + 1 - n);
    if (numerator === 0) break;
    denominator += 2;
    d = 1 / (numerator * d + denominator);
    c = denominator + numerator / c;
    const change = c * d;
    value *= change;
    if (Math.abs(change - 1) < 2e-16) break;
  }
  return mean * value;
}

/**
 * (m/s)·(√(2πs)·Γ*(s)·erfcx(|η|√(s/2))/2 ± Σ γₙηⁿ), the tails of N over w(k) with s = k + 1. The γₙ follow backwards
 * from γₙ₋₁ = fₙ + (n + 1)γₙ₊₁/s, which is the expansion's differential equation.
 */
function uniform(s: number, mean: number, eta: number): number {
  let after = 0;
  let next = 0;
  let sum = 0;
  for (let n = TRANSITION.length - 1; n > 0; n -= 1) {
    const gamma = TRANSITION[n]! + ((n + 1) * after) / s;
    after = next;
    next = gamma;
    sum = sum * eta + gamma;
  }
  const scale = Math.sqrt(0.5 * Math.PI * s) * Math.exp(stirlingError(s));
  const bell = scale * scaledErfc(Math.abs(eta) * Math.sqrt(0.5 * s));
  return (mean / s) * (eta > 0 ? bell + sum : bell - sum);
}
