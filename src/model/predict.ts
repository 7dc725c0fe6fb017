import type { Facility } from './discipline.js';
import { type Forecast, forecast } from './forecast.js';
import { percentiles } from './response/response.js';
import { timeoutProbability } from './response/timeout.js';
import { isUneven } from './solve.js';
import type { Predict, Prediction, ResponseTimes, Workload } from './types.js';

/**
 * What a facility does under a workload, by formulas alone. Total for every valid input; percentiles take the most of the
 * time (see {@link predictMeans}). `range` is worked out only when read.
 */
export const predict: Predict = (facility, workload) => {
  const found = forecast(facility, workload);
  const { mixture, prediction, guessMs } = found;
  if (!mixture) return withRange(prediction, found, workload);
  return withRange(
    {
      ...prediction,
      ...percentiles(mixture, guessMs),
      ...(Number.isFinite(facility.killAfterMs)
        ? { timeoutProbability: timeoutProbability(mixture[0]!.parts(), facility.killAfterMs) }
        : {}),
    },
    found,
    workload,
  );
};

/** Processes that share the arrivals unevenly have a range: from what even shares would give, the best case, to what is predicted. */
function withRange(prediction: Prediction, { problem, ratePerMs }: Forecast, workload: Workload): Prediction {
  if (!isUneven(problem) || ratePerMs === 0) return prediction;
  let range: Prediction['range'];
  return Object.defineProperty({ ...prediction }, 'range', {
    enumerable: true,
    get: () => {
      if (range === undefined) {
        const even = predict(evenly(problem.facility), workload);
        range = even.stable ? { low: timesOf(even), high: timesOf(prediction) } : null;
      }
      return range;
    },
  });
}

/** The same processes, did each take the same share of the arrivals. */
export const evenly = (facility: Facility): Facility => ({ ...facility, sharing: 'evenly' });

function timesOf({ meanMs, p50Ms, p90Ms, p95Ms, p99Ms }: Prediction): ResponseTimes | null {
  if (meanMs === null || p50Ms === null || p90Ms === null || p95Ms === null || p99Ms === null) return null;
  return { meanMs, p50Ms, p90Ms, p95Ms, p99Ms };
}
