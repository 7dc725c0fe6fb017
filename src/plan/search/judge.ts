import type { Prediction } from '../../model/types.js';
import type { Objective, SloMetric } from '../../profile/types.js';

/** How a prediction stands to an objective. */
export interface Verdict {
  readonly met: boolean;
  /** Texts of the limits that are missed, `utilization` for the ceiling, `stable` for overload. */
  readonly missed: readonly string[];
  /** How far off: the largest value / limit; the lower the better, ≤ 1 where met. */
  readonly score: number;
}

const FIELD = {
  mean: 'meanMs',
  p50: 'p50Ms',
  p90: 'p90Ms',
  p95: 'p95Ms',
  p99: 'p99Ms',
  wait: 'waitProbability',
} as const satisfies Record<SloMetric, keyof Prediction>;

/** Scores of overload lie above every score of a stable system. */
const OVERLOADED = 1e12;

/** Value of a metric of an objective in a prediction. */
export const metricOf = (prediction: Prediction, metric: SloMetric): number | null =>
  prediction[FIELD[metric]];

/** The busiest of cores, interpreter locks and slots; null without a rate. */
export function bindingUtilization(prediction: Prediction): number | null {
  const use = prediction.utilization;
  return use ? Math.max(use.cpu, use.gil, use.slots ?? 0) : null;
}

/** Judges a prediction made with a rate; limits whose value is unknown (null) are passed over. */
export function judge(prediction: Prediction, objective: Objective): Verdict {
  if (prediction.stable === false) {
    return {
      met: false,
      missed: ['stable'],
      score: OVERLOADED / Math.max(1e-9, prediction.capacityPerSecond),
    };
  }
  const missed: string[] = [];
  let score = 0;
  const compare = (value: number | null, limit: number, text: string, within: boolean): void => {
    if (value === null) return;
    score = Math.max(score, value / limit);
    if (!within) missed.push(text);
  };
  for (const { metric, limit, text } of objective.limits) {
    const value = metricOf(prediction, metric);
    compare(value, limit, text, value !== null && value < limit);
  }
  if (objective.maxUtilization !== null) {
    const value = bindingUtilization(prediction);
    compare(
      value,
      objective.maxUtilization,
      'utilization',
      value !== null && value <= objective.maxUtilization,
    );
  }
  return { met: missed.length === 0, missed, score };
}
