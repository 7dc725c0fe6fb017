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
  const times = percentiles(mixture, guessMs);
  return withRange(
    {
      ...prediction,
      ...times,
      ...withShare(prediction, times.p95Ms, facility, workload),
      ...(Number.isFinite(facility.killAfterMs)
        ? { timeoutProbability: timeoutProbability(mixture[0]!.parts(), facility.killAfterMs) }
        : {}),
    },
    found,
    workload,
  );
};

/** The line for connections with its share of the 95th percentile, by what that would be without one. */
function withShare(
  { connectionWait }: Prediction,
  p95Ms: number,
  facility: Facility,
  { database: _, ...workload }: Workload,
): Pick<Prediction, 'connectionWait'> {
  if (!connectionWait) return {};
  const without = predict(facility, workload).p95Ms;
  const p95Share = without === null ? 1 : Math.max(0, 1 - without / p95Ms);
  return { connectionWait: { ...connectionWait, p95Share } };
}

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
