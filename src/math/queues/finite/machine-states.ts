import { neumaierSum } from '../../numeric/sum.js';

/** Probabilities of the states first, first + 1, …; all others are below 1e-300. */
export interface StateWindow {
  readonly first: number;
  readonly probabilities: Float64Array;
}

/**
 * Stationary law of the number at `servers` servers when `population` customers think for Z and need service S, with
 * relative load a = S/Z: π(n + 1)/π(n) = (N − n)·a/min(n + 1, c). Recurs outwards from the largest, so that nothing
 * overflows, and stops where probabilities fall below 1e-300, after O(√N) states.
 */
export function machineStates(population: number, servers: number, relativeLoad: number): StateWindow {
  const ratio = (n: number) => ((population - n) * relativeLoad) / Math.min(n + 1, servers);
  let low = 0;
  let high = population;
  while (low < high) {
    const middle = low + Math.floor((high - low) / 2);
    if (ratio(middle) >= 1) low = middle + 1;
    else high = middle;
  }
  const below: number[] = [];
  for (let n = low - 1, p = 1; n >= 0; n -= 1) {
    p /= ratio(n);
    if (p < SMALLEST) break;
    below.push(p);
  }
  const above: number[] = [];
  for (let n = low, p = 1; n < population; n += 1) {
    p *= ratio(n);
    if (p < SMALLEST) break;
    above.push(p);
  }
  const probabilities = Float64Array.from([...below.reverse(), 1, ...above]);
  const total = neumaierSum(probabilities);
  for (let i = 0; i < probabilities.length; i += 1) probabilities[i]! /= total;
  return { first: low - below.length, probabilities };
}

const SMALLEST = 1e-300;

/** Σ π(n)·f(n). */
export function expectation({ first, probabilities }: StateWindow, f: (n: number) => number): number {
  return neumaierSum(probabilities.map((p, i) => p * f(first + i)));
}
