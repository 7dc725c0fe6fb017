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
 * asked: most of what a search looks at is over the ceiling already, which the capacity alone tells.
 */
export const judge = (
  prediction: Prediction,
  objective: Objective,
  ratePerSecond: number,
  errors: ResponseTimes | null = null,
): Verdict => new Judgement(prediction, objective, ratePerSecond, errors);

type Shortcomings = Pick<Verdict, 'missed' | 'uncertain' | 'score'>;

class Judgement implements Verdict {
  readonly #prediction: Prediction;
  readonly #objective: Objective;
  readonly #errors: ResponseTimes | null;
  /** Share of the capacity that the rate takes, relative to the ceiling on it. */
  readonly #useOfCeiling: number;
  #shortcomings: Shortcomings | null = null;

  constructor(
    prediction: Prediction,
    objective: Objective,
    ratePerSecond: number,
    errors: ResponseTimes | null,
  ) {
    this.#prediction = prediction;
    this.#objective = objective;
    this.#errors = errors;
    this.#useOfCeiling =
      shareOfCapacity(prediction, ratePerSecond)! / (objective.maxUtilization ?? Number.POSITIVE_INFINITY);
  }

  get met(): boolean {
    return this.#isBelowCeiling && this.#all.missed.length === 0;
  }

  get certain(): boolean {
    return this.met && this.#all.uncertain.length === 0;
  }

  get missed(): readonly string[] {
    return this.#all.missed;
  }

  get uncertain(): readonly string[] {
    return this.#all.uncertain;
  }

  get score(): number {
    return this.#all.score;
  }

  get #isBelowCeiling(): boolean {
    return this.#useOfCeiling <= ROUNDING;
  }

  get #all(): Shortcomings {
    this.#shortcomings ??= this.#lookAtAll();
    return this.#shortcomings;
  }

  #lookAtAll(): Shortcomings {
    const prediction = this.#prediction;
    if (prediction.stable === false) {
      const score = OVERLOADED / Math.max(1e-9, prediction.capacityPerSecond);
      return { missed: ['stable'], uncertain: [], score };
    }
    const missed: string[] = [];
    const uncertain: string[] = [];
    let score = this.#useOfCeiling;
    for (const { metric, limit, text } of this.#objective.limits) {
      const value = metricOf(prediction, metric);
      if (value === null) continue;
      score = Math.max(score, value / limit);
      if (value >= limit) missed.push(text);
      else if (value * (1 + (errorOf(this.#errors, metric) ?? 0)) >= limit) uncertain.push(text);
    }
    if (!this.#isBelowCeiling) missed.push('utilization');
    return { missed, uncertain, score };
  }
}
