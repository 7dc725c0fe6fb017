import { durationsOf } from '../durations.js';
import type { Durations } from '../result.js';

/** Trapezoidal steps: that fine at most, finer where utilisation nears 1 and the integrand narrows. */
const STEP = 0.005;
const NARROWING = 0.2;
/** Range of y = ln tan(θ/2) beyond which the integrand is nothing. */
const LOWEST = -40;
const HIGHEST = 6;

/**
 * Sojourn time in M/M/1 with processor sharing, exact. It is distributed as the wait of those who wait in M/M/1
 * with service in random order (Borst, Boxma, Morrison and Núñez Queija 2003), for which, with μ = 1 and r(θ) = 1
 * + ρ − 2√ρ cos θ (Pollaczek 1946; Flatto 1997),
 *
 *     P(V > t) = 2(1 − ρ)∫₀^π sin θ/r² · e^{(2φ−θ) cot θ}/(1 + e^{π cot θ}) · e^{−rt} dθ,  φ = arg(cos θ − √ρ + i sin θ).
 *
 * In y = ln tan(θ/2) the integrand falls double-exponentially on both sides, so that the trapezoidal rule is
 * exact to rounding; all terms are positive.
 *
 * @param utilization ρ, 0 < ρ < 1.
 */
export function mm1PsSojourn(utilization: number, serviceMean: number): Durations {
  const terms = exponentialTerms(utilization);
  const tail = (t: number) => {
    if (t <= 0) return 1;
    let sum = 0;
    for (const { weight, rate } of terms) sum += weight * Math.exp((-rate * t) / serviceMean);
    return Math.min(1, sum);
  };
  return durationsOf(serviceMean / (1 - utilization), tail);
}

interface Term {
  readonly weight: number;
  readonly rate: number;
}

/** The integral as a sum of decaying exponentials. */
function exponentialTerms(utilization: number): Term[] {
  const root = Math.sqrt(utilization);
  const gap = (1 - utilization) / (1 + root); // 1 − √ρ
  const step = Math.min(STEP, NARROWING * Math.sqrt(gap));
  const terms: Term[] = [];
  for (let n = Math.floor(HIGHEST / step); n * step > LOWEST; n -= 1) {
    const half = Math.exp(n * step); // tan(θ/2)
    const angle = 2 * Math.atan(half);
    const sine = (2 * half) / (1 + half * half);
    const square = (half * half) / (1 + half * half); // sin²(θ/2)
    const cotangent = (1 - half * half) / (2 * half);
    const phase = Math.atan2(sine, gap - 2 * square);
    const rate = gap * gap + 4 * root * square;
    // e^{(2φ−θ) cot θ}/(1 + e^{π cot θ}), whichever sign the cotangent has
    const exponent =
      (2 * phase - angle - (cotangent > 0 ? Math.PI : 0)) * cotangent -
      Math.log1p(Math.exp(-Math.PI * Math.abs(cotangent)));
    const weight = (2 * (1 - utilization) * step * sine * sine * Math.exp(exponent)) / (rate * rate);
    if (weight > 1e-300) terms.push({ weight, rate });
    else if (half < 1e-3 * gap) break;
  }
  return terms;
}
