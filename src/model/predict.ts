import type { Facility } from './discipline.js';
import { type Forecast, forecast } from './forecast.js';
import { percentiles } from './response/response.js';
import { timeoutProbability } from './response/timeout.js';
import { isUneven } from './solve.js';
import type { Predict, Prediction, ResponseTimes, Workload } from './types.js';

const NO_TIMES = { waitProbability: null, meanMs: null, p50Ms: null, p90Ms: null, p95Ms: null, p99Ms: null };

/**
 * What a facility does under a workload, by formulas alone. Total for every valid input. Only the capacity and the utilization
 * are worked out at once: whether it is stable and the means, the percentiles, which take most of the time, and what else
 * takes time (timeout, range, share of the line for connections) are when first read.
 */
export const predict: Predict = (facility, workload) => {
  const found = forecast(facility, workload);
  const { problem, capacityPerSecond, method, utilization, means } = found;
  const prediction: Prediction = {
    capacityPerSecond,
    ...NO_TIMES,
    method,
    stable: null,
    utilization,
    rejectProbability: null,
  };
  const rate = workload.ratePerSecond;
  if (rate === null) return prediction;
  whenRead(prediction, ['stable', 'waitProbability', 'meanMs', 'rejectProbability'], means);
  if (rate < capacityPerSecond) {
    whenRead(prediction, ['p50Ms', 'p90Ms', 'p95Ms', 'p99Ms'], () => {
      const { mixture, guessMs } = means();
      return mixture ? percentiles(mixture, guessMs) : NO_TIMES;
    });
    if (problem.pool.connections) addConnections(prediction, means, facility, workload);
    if (Number.isFinite(facility.killAfterMs))
      whenRead(prediction, ['timeoutProbability'], () => {
        const { mixture } = means();
        return mixture
          ? { timeoutProbability: timeoutProbability(mixture[0]!.parts(), facility.killAfterMs) }
          : {};
      });
  }
  addRange(prediction, found, workload);
  return prediction;
};

/** The line for connections with its share of the 95th percentile, by what that would be without one. */
function addConnections(
  prediction: Prediction,
  means: Forecast['means'],
  facility: Facility,
  { database: _, ...workload }: Workload,
): void {
  whenRead(prediction, ['connectionWait'], () => {
    const { connectionWait } = means();
    if (!connectionWait) return {};
    const without = predict(facility, workload).p95Ms;
    const p95Share = without === null ? 1 : Math.max(0, 1 - without / prediction.p95Ms!);
    return { connectionWait: { ...connectionWait, p95Share } };
  });
}

/** Processes that share the arrivals unevenly have a range: from what even shares would give, the best case, to what is predicted. */
function addRange(prediction: Prediction, { problem, ratePerMs }: Forecast, workload: Workload): void {
  if (!isUneven(problem) || ratePerMs === 0) return;
  whenRead(prediction, ['range'], () => {
    const even = predict(evenly(problem.facility), workload);
    return { range: even.stable ? { low: timesOf(even), high: timesOf(prediction) } : null };
  });
}

/** The same processes, did each take the same share of the arrivals. */
export const evenly = (facility: Facility): Facility => ({ ...facility, sharing: 'evenly' });

function timesOf({ meanMs, p50Ms, p90Ms, p95Ms, p99Ms }: Prediction): ResponseTimes | null {
  if (meanMs === null || p50Ms === null || p90Ms === null || p95Ms === null || p99Ms === null) return null;
  return { meanMs, p50Ms, p90Ms, p95Ms, p99Ms };
}

/** Gives an object values that are worked out together, once, when one of them is first read. */
export function whenRead<Whole extends object, Key extends keyof Whole>(
  object: Whole,
  keys: readonly Key[],
  work: () => { readonly [K in Key]?: Whole[K] },
): void {
  let found: { readonly [K in Key]?: Whole[K] } | undefined;
  for (const key of keys)
    Object.defineProperty(object, key, {
      enumerable: true,
      get: () => {
        found ??= work();
        return found[key];
      },
    });
}

/** Several objects as one, later ones winning, in which what is worked out only when it is read stays unread. */
export const mergedUnread = <A extends object, B extends object>(first: A, second: B): A & B =>
  Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(first), ...Object.getOwnPropertyDescriptors(second) },
  ) as A & B;
