import type { Objective } from '../profile/types.js';

/** β where the objective says nothing of waiting: about one arrival in five waits. */
const DEFAULT_SAFETY_FACTOR = 1;

/**
 * β of square-root staffing, servers = load + β√load. With a `wait` limit p it solves P(wait) = [1 + β Φ(β)/φ(β)]⁻¹ = p
 * (Halfin and Whitt 1981, eq. 2.2), Φ and φ of the standard normal law; else 1.
 */
export function safetyFactor(objective: Objective): number {
  const wait = objective.limits.find((limit) => limit.metric === 'wait' && limit.limit < 1);
  return wait ? halfinWhitt(wait.limit) : DEFAULT_SAFETY_FACTOR;
}

/** β with P(wait) = `probability`, in (0, 1), by bisection. */
export function halfinWhitt(probability: number): number {
  let low = 0;
  let high = 40;
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (waitProbability(middle) > probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** 1 / (1 + β Φ(β)/φ(β)). */
const waitProbability = (beta: number): number => 1 / (1 + beta * inverseMills(beta));

/** Φ(x)/φ(x) for x ≥ 0: Φ(x)/φ(x) = √(π/2) e^{x²/2} + Σ x^{2k+1}/(1·3·5…(2k+1)) (Abramowitz and Stegun 26.2.11). */
function inverseMills(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 1; k < 4000 && term > sum * 1e-17; k++) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return sum + Math.sqrt(Math.PI / 2) * Math.exp((x * x) / 2);
}
