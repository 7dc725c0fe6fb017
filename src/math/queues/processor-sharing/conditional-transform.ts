import {
  add,
  type Complex,
  complex,
  divide,
  exp,
  modulus,
  multiply,
  scale,
  subtract,
} from '../../transform/complex.js';
import type { PhaseType } from '../phase-type/phase-type.js';
import { exitRates } from '../phase-type/phase-type.js';

/** Lengths of service with the probability of each. */
export interface Lengths {
  readonly length: Float64Array;
  readonly mass: Float64Array;
}

/** Mean of E e^{−sV(τ)} over lengths τ of service, at one s. */
export type ConditionalTransform = (lengths: Lengths) => Complex;

/**
 * Sojourn of a service of given length τ in M/G/1 with processor sharing (Ott 1984; Schassberger 1984; in the
 * form of Zwart and Boxma 2000, section 2): with U(x) = x − s − λ(1 − B(x)) and its roots q_k, all functions of
 * s, the two transforms of Ott combine to
 *
 *     E e^{−sV(τ)} = (1 − ρ)/(s² Σ_k e^{q_k τ}/(q_k² U′(q_k))),
 *
 * a sum of order + 1 terms where the others' services are phase-type.
 */
export function phaseTypeConditional(
  arrivalRate: number,
  utilization: number,
  service: PhaseType,
): (s: Complex) => ConditionalTransform {
  const { denominator, numerator } = rational(service);
  let guesses: Complex[] | null = null;
  return (s) => {
    // p(x) = (x − s − λ)·d(x) + λ·n(x) = U(x)·d(x)
    const shift = complex(s.re + arrivalRate, s.im);
    const size = denominator.length;
    const polynomial: Complex[] = Array.from({ length: size + 1 }, (_, i) => {
      const above = complex(denominator[i - 1] ?? 0);
      const here = scale(shift, -(denominator[i] ?? 0));
      return add(add(above, here), complex(arrivalRate * (numerator[i] ?? 0)));
    });
    guesses = rootsOf(polynomial, guesses);
    const terms = guesses.map((q) => ({
      q,
      factor: divide(
        multiply(
          multiply(s, s),
          evaluate(
            denominator.map((x) => complex(x)),
            q,
          ),
        ),
        multiply(multiply(q, q), evaluate(derivativeOf(polynomial), q)),
      ),
    }));
    return (lengths) => meanOver(lengths, terms, 1 - utilization);
  };
}

interface ExponentialTerm {
  readonly q: Complex;
  readonly factor: Complex;
}

/** Σ mass·idle/Σ_k factor_k e^{q_k τ}; the inner loop of the percentiles, so without objects. */
function meanOver(lengths: Lengths, terms: readonly ExponentialTerm[], idle: number): Complex {
  const growth = Float64Array.from(terms, ({ q }) => q.re);
  const turn = Float64Array.from(terms, ({ q }) => q.im);
  const factorRe = Float64Array.from(terms, ({ factor }) => factor.re);
  const factorIm = Float64Array.from(terms, ({ factor }) => factor.im);
  const most = growth.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let [totalRe, totalIm] = [0, 0];
  for (let i = 0; i < lengths.length.length; i += 1) {
    const length = lengths.length[i]!;
    let [re, im] = [0, 0];
    for (let k = 0; k < growth.length; k += 1) {
      // scaled by the largest exponential, against overflow
      const radius = Math.exp((growth[k]! - most) * length);
      const [x, y] = [radius * Math.cos(turn[k]! * length), radius * Math.sin(turn[k]! * length)];
      re += factorRe[k]! * x - factorIm[k]! * y;
      im += factorRe[k]! * y + factorIm[k]! * x;
    }
    const weight = (lengths.mass[i]! * idle * Math.exp(-most * length)) / (re * re + im * im);
    totalRe += weight * re;
    totalIm -= weight * im;
  }
  return complex(totalRe, totalIm);
}

/**
 * E e^{−s(V−D)}, the delay where every service has the same length D: up to D the inverse transform of 1/U is
 * e^{(s+λ)x}.
 */
export function deterministicDelay(
  arrivalRate: number,
  utilization: number,
  serviceMean: number,
): (s: Complex) => Complex {
  const alone = (1 - utilization) * Math.exp(-arrivalRate * serviceMean);
  return (s) => {
    // Ott's H₁ and H₂ at D, both divided by e^{(s+λ)D}
    const rate = complex(s.re + arrivalRate, s.im);
    const unit = exp(scale(rate, -serviceMean));
    const first = divide(subtract(complex(1), unit), rate);
    const second = divide(subtract(first, scale(unit, serviceMean)), rate);
    const one = add(unit, multiply(s, first));
    const two = subtract(add(scale(unit, serviceMean), multiply(s, second)), scale(first, 1 - utilization));
    return divide(complex(alone), add(scale(one, 1 - utilization), multiply(s, two)));
  };
}

/** B(x) = n(x)/d(x) of a phase-type law, coefficients from the constant up (Faddeev and LeVerrier). */
function rational(law: PhaseType): { denominator: number[]; numerator: number[] } {
  const order = law.alpha.length;
  const exits = exitRates(law);
  const denominator = new Array<number>(order + 1).fill(0);
  const numerator = new Array<number>(order).fill(0);
  denominator[order] = 1;
  let adjugate = law.generator.map((row, i) => row.map((_, j): number => (i === j ? 1 : 0)));
  for (let k = 1; k <= order; k += 1) {
    numerator[order - k] = law.alpha.reduce(
      (sum, p, i) => sum + p * adjugate[i]!.reduce((inner, x, j) => inner + x * exits[j]!, 0),
      0,
    );
    const product = law.generator.map((row) =>
      row.map((_, j) => row.reduce((sum, x, l) => sum + x * adjugate[l]![j]!, 0)),
    );
    const trace = product.reduce((sum, row, i) => sum + row[i]!, 0);
    const coefficient = -trace / k;
    denominator[order - k] = coefficient;
    adjugate = product.map((row, i) => row.map((x, j) => (i === j ? x + coefficient : x)));
  }
  return { denominator, numerator };
}

/** All roots of a monic polynomial, by the simultaneous iteration of Aberth (1973). */
function rootsOf(polynomial: readonly Complex[], guesses: readonly Complex[] | null): Complex[] {
  const degree = polynomial.length - 1;
  const slope = derivativeOf(polynomial);
  const radius = 1 + Math.max(...polynomial.slice(0, degree).map(modulus)) ** (1 / degree);
  const roots = guesses
    ? [...guesses]
    : Array.from({ length: degree }, (_, k) => {
        const angle = (2 * Math.PI * (k + 0.25)) / degree + 0.4;
        return complex(radius * Math.cos(angle), radius * Math.sin(angle));
      });
  for (let iteration = 0; iteration < 200; iteration += 1) {
    let largest = 0;
    for (let k = 0; k < degree; k += 1) {
      const root = roots[k]!;
      const newton = divide(evaluate(polynomial, root), evaluate(slope, root));
      let repulsion = complex(0);
      for (let j = 0; j < degree; j += 1)
        if (j !== k) repulsion = add(repulsion, divide(complex(1), subtract(root, roots[j]!)));
      const step = divide(newton, subtract(complex(1), multiply(newton, repulsion)));
      if (!Number.isFinite(step.re) || !Number.isFinite(step.im)) continue;
      roots[k] = subtract(root, step);
      largest = Math.max(largest, modulus(step) / (1e-300 + modulus(root)));
    }
    // Convergence is cubic: what was left before this step is gone after it.
    if (largest < 1e-10) break;
  }
  return roots;
}

function evaluate(polynomial: readonly Complex[], x: Complex): Complex {
  let value = complex(0);
  for (let i = polynomial.length - 1; i >= 0; i -= 1) value = add(multiply(value, x), polynomial[i]!);
  return value;
}

function derivativeOf(polynomial: readonly Complex[]): Complex[] {
  return polynomial.slice(1).map((coefficient, i) => scale(coefficient, i + 1));
}
