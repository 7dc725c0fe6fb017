import type { Facility } from '../../../model/discipline.js';
import { predict } from '../../../model/predict.js';
import { predictMeans } from '../../../model/predict-means.js';
import type { Predict, Workload } from '../../../model/types.js';
import { type LoadStep, type StepTimes, thinkTimeMs } from '../step.js';
import { closedLoop } from './closed-loop.js';

/** Below this share of the rate that was offered, an open step shows what the server can do and no steady state. */
const KEPT_UP = 0.97;

export const isSaturated = ({ loop, offeredPerSecond, throughputPerSecond }: LoadStep): boolean =>
  loop === 'open' && offeredPerSecond !== null && throughputPerSecond < KEPT_UP * offeredPerSecond;

export interface PredictedStep {
  readonly throughputPerSecond: number | null;
  readonly times: Pick<StepTimes, 'meanMs' | 'p50Ms' | 'p90Ms' | 'p95Ms' | 'p99Ms'>;
  readonly capacityPerSecond: number;
}

const UNKNOWN = { meanMs: null, p50Ms: null, p90Ms: null, p95Ms: null, p99Ms: null };

/** What the model says of a step: of an open one at its rate, of a closed one with its users and their time to think. */
export function predictStep(
  step: LoadStep,
  facility: Facility,
  workload: Workload,
  model: Predict = predict,
): PredictedStep {
  if (step.loop === 'closed') {
    const { capacityPerSecond } = predictMeans(facility, { ...workload, ratePerSecond: null });
    const thinkMs = thinkTimeMs(step);
    if (step.users === null || thinkMs === null)
      return { throughputPerSecond: null, times: UNKNOWN, capacityPerSecond };
    // What is left of the time law by rounding is no thinking.
    const think = thinkMs < 0.02 * (step.times.meanMs ?? 0) ? 0 : thinkMs;
    const { throughputPerSecond, meanMs } = closedLoop(facility, workload, step.users, think);
    return { throughputPerSecond, times: { ...UNKNOWN, meanMs }, capacityPerSecond };
  }
  const rate = isSaturated(step) ? null : step.throughputPerSecond;
  const prediction = model(facility, { ...workload, ratePerSecond: rate });
  const { capacityPerSecond, meanMs, p50Ms, p90Ms, p95Ms, p99Ms } = prediction;
  const times = { meanMs, p50Ms, p90Ms, p95Ms, p99Ms };
  return {
    throughputPerSecond: Math.min(rate ?? Number.POSITIVE_INFINITY, capacityPerSecond),
    times,
    capacityPerSecond,
  };
}
