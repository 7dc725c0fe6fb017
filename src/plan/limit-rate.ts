import type { Prediction } from '../model/types.js';
import type { Objective } from '../profile/types.js';
import { judge, withoutCeiling } from './search/judge.js';

/** Rounds of halving: the rate is known to a thousandth of the capacity. */
const ROUNDS = 10;
/** A rate at which only the capacity is asked for. */
const HARDLY_ANY = 1e-9;

/**
 * The highest rate per second at which the limits of an objective hold, the ceiling on the load aside; null where they do not
 * even hold for what is hardly used, or nothing is predicted.
 */
export function limitRate(
  predictionAt: (ratePerSecond: number) => Prediction | null,
  objective: Objective,
): number | null {
  const limits = withoutCeiling(objective);
  const holds = (rate: number): boolean => {
    const prediction = predictionAt(rate);
    return prediction !== null && judge(prediction, limits, rate).met;
  };
  let low = 0;
  let high = predictionAt(HARDLY_ANY)?.capacityPerSecond ?? 0;
  for (let round = 0; round < ROUNDS; round++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low > 0 ? low : null;
}
