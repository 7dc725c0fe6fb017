import { type Forecast, forecast } from './forecast.js';
import { percentiles } from './response/response.js';
import { timeoutProbability } from './response/timeout.js';
import { skewedTimes } from './threads/skew.js';
import type { Predict, Prediction } from './types.js';

/**
 * What a facility does under a workload, by formulas alone. Total for every valid input; percentiles take the most of the
 * time (see {@link predictMeans}). `range` is worked out only when read.
 */
export const predict: Predict = (facility, workload) => {
  const found = forecast(facility, workload);
  const { mixture, prediction, guessMs } = found;
  if (!mixture) return prediction;
  return withRange(
    {
      ...prediction,
      ...percentiles(mixture, guessMs),
      ...(Number.isFinite(facility.killAfterMs)
        ? { timeoutProbability: timeoutProbability(mixture[0]!.parts(), facility.killAfterMs) }
        : {}),
    },
    found,
  );
};

/** Split queues have a range: from an even split to the skew that was measured. */
function withRange(prediction: Prediction, found: Forecast): Prediction {
  const { problem, ratePerMs } = found;
  if (problem.queueing !== 'split') return prediction;
  const { meanMs, p50Ms, p90Ms, p95Ms, p99Ms } = prediction;
  if (meanMs === null || p50Ms === null || p90Ms === null || p95Ms === null || p99Ms === null)
    return prediction;
  let range: Prediction['range'];
  return Object.defineProperty({ ...prediction }, 'range', {
    enumerable: true,
    get: () => {
      range ??= {
        low: { meanMs, p50Ms, p90Ms, p95Ms, p99Ms },
        high: skewedTimes(problem, ratePerMs),
      };
      return range;
    },
  });
}
