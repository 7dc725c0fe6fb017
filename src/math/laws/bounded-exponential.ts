import type { Demand } from './limited-mean.js';

/** Decay over the whole range below which the law is uniform to all digits that a lattice shows. */
const LEVEL = 1e-4;

/**
 * The exponential law with the mean `decayMean` on condition that it is at most `most`: the wait before a queue of M/M/c/K.
 * Infinite `decayMean`: uniform; negative: rising towards the end.
 */
export function boundedExponential(decayMean: number, most: number): Demand {
  const t = most / decayMean;
  const mean = most * meanShare(t);
  const second = Math.abs(t) < 1e-2 ? 1 / 3 - t / 12 : 2 / t ** 2 - (1 + 2 / t) / Math.expm1(t);
  const limitedMean = (x: number): number => {
    const u = Math.min(x, most) / most;
    if (Math.abs(t) < LEVEL) return most * (u - u ** 2 / 2 - t * (u ** 2 / 4 - u ** 3 / 6));
    return (most * (-Math.expm1(-t * u) / t - u * Math.exp(-t))) / -Math.expm1(-t);
  };
  return { mean, scv: (second * most ** 2) / mean ** 2 - 1, limitedMean };
}

/** Mean as a share of the range, by the decay over it. */
const meanShare = (t: number): number => (Math.abs(t) < LEVEL ? 0.5 - t / 12 : 1 / t - 1 / Math.expm1(t));

/** The `decayMean` of the law with this mean, between 0 and `most`. */
export function decayMeanFor(mean: number, most: number): number {
  const wanted = mean / most;
  let [low, high] = [-700, 700];
  for (let n = 0; n < 60; n++) {
    const middle = (low + high) / 2;
    if (meanShare(middle) > wanted) low = middle;
    else high = middle;
  }
  return most / ((low + high) / 2);
}
