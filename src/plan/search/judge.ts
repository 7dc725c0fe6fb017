import type { Prediction, ResponseTimes } from '../../model/types.js';
import type { Objective, SloMetric } from '../../profile/types.js';

/** How a prediction stands to an objective. */
export interface Verdict {
  readonly met: boolean;
  /** Whether it is met also where the prediction is too low by as much as its published error. */
  readonly certain: boolean;
  /** Texts of the limits that are missed, `utilization` for the ceiling, `stable` for overload. */
  readonly missed: readonly string[];
  /** Texts of the limits that are met by less than the published error. */
  readonly uncertain: readonly string[];
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

/** Differences of a billionth come from the arithmetic. */
const ROUNDING = 1 + 1e-9;

/** Value of a metric of an objective in a prediction. */
export const metricOf = (prediction: Prediction, metric: SloMetric): number | null =>
  prediction[FIELD[metric]];

/** Published error of a metric; null where none is known. */
export function errorOf(errors: ResponseTimes | null, metric: SloMetric): number | null {
  const field = FIELD[metric];
  return field === 'waitProbability' ? null : (errors?.[field] ?? null);
}

/** Share of the capacity that a rate takes; null without a rate. */
export const shareOfCapacity = (
  { capacityPerSecond }: Prediction,
  ratePerSecond: number | null,
): number | null => (ratePerSecond === null ? null : ratePerSecond / Math.max(1e-9, capacityPerSecond));

/** What an objective asks of the times alone. */
export const withoutCeiling = (objective: Objective): Objective => ({ ...objective, maxUtilization: null });

/**
 * Judges a prediction made with this rate; limits whose value is unknown (null) are passed over. Looks only as far as it is
 * asked: whether the rate is over the ceiling the capacity alone tells.
 */
export function judge(
  prediction: Prediction,
  objective: Objective,
  ratePerSecond: number,
  errors: ResponseTimes | null = null,
): Verdict {
  const ceiling = objective.maxUtilization ?? Number.POSITIVE_INFINITY;
  const useOfCeiling = shareOfCapacity(prediction, ratePerSecond)! / ceiling;
  const isOver = useOfCeiling > ROUNDING;
  let known: Shortcomings | undefined;
  const found = (): Shortcomings => {
    known ??= shortcomings(prediction, objective, errors, useOfCeiling);
    return known;
  };
  return {
    get met() {
      return !isOver && found().missed.length === 0;
    },
    get certain() {
      return this.met && found().uncertain.length === 0;
    },
    get missed() {
      return found().missed;
    },
    get uncertain() {
      return found().uncertain;
    },
    get score() {
      return found().score;
    },
  };
}

type Shortcomings = Pick<Verdict, 'missed' | 'uncertain' | 'score'>;

function shortcomings(
  prediction: Prediction,
  { limits }: Objective,
  errors: ResponseTimes | null,
  useOfCeiling: number,
): Shortcomings {
  if (prediction.stable === false) {
    const score = OVERLOADED / Math.max(1e-9, prediction.capacityPerSecond);
    return { missed: ['stable'], uncertain: [], score };
  }
  const missed: string[] = [];
  const uncertain: string[] = [];
  let score = useOfCeiling;
  for (const { metric, limit, text } of limits) {
    const value = metricOf(prediction, metric);
    if (value === null) continue;
    score = Math.max(score, value / limit);
    if (value >= limit) missed.push(text);
    else if (value * (1 + (errorOf(errors, metric) ?? 0)) >= limit) uncertain.push(text);
  }
  if (useOfCeiling > ROUNDING) missed.push('utilization');
  return { missed, uncertain, score };
}
