import { predict } from './model/predict.js';
import { predictMeans } from './model/predict-means.js';
import type { Values } from './parse/options.js';
import { parseAs } from './parse/parse-as.js';
import { objective } from './parse/types.js';
import { plan as planProfile } from './plan/plan.js';
import type { UserStrategy } from './plan/strategies.js';
import type { PlanResult } from './plan/types.js';
import { resolveProfile } from './profile/resolve.js';

export { SourceError, UsageError } from './errors.js';
export { capacity } from './model/capacity.js';
export { predictMeans } from './model/predict-means.js';
export type { Prediction, ResponseTimes, System, Utilization, Workload } from './model/types.js';
export type {
  Assumption,
  Bound,
  Configuration,
  DerivationStep,
  GunicornSettings,
  PlanInputs,
  PlanResult,
  PlanWarning,
  StrategyId,
  StrategyResult,
} from './plan/types.js';
export type { Law } from './queueing/law.js';
export type { WorkerClass } from './servers/worker-class.js';
export {
  type Arrivals,
  type SimulationOptions,
  type SimulationResult,
  simulate,
} from './simulation/index.js';
export { predict };

/**
 * The options of `wcalc plan` in camel case, as numbers in their default units: `cores`, `mem` (MiB), `perWorker`
 * (MiB), `ioRatio` (0 to 1), `serviceTime` (ms), `rate` (requests per second), `slo` (list of texts) and so on.
 */
export type PlanQuestion = Omit<
  Values,
  | 'slo'
  | ('formula' | 'batch' | 'config' | 'profile' | 'detect' | 'json' | 'format' | 'output' | 'color' | 'width')
> & {
  /** Objectives, such as `p95<250ms`. */
  readonly slo?: readonly string[];
  /** Strategies of your own: a name and the number of workers that it gives. */
  readonly strategies?: readonly UserStrategy[];
};

/**
 * Recommends a configuration and compares the alternatives: the object that `wcalc plan --json` prints. Pure: reads
 * no file, environment or clock. Throws a {@link UsageError} where the question is incomplete or contradicts itself.
 *
 * ```js
 * plan({ cores: 4, mem: 1024, perWorker: 256 }).recommendation.workers; // 4
 * ```
 */
export function plan({ strategies = [], slo, ...values }: PlanQuestion): PlanResult {
  const profile = resolveProfile(
    { ...values, ...(slo && { slo: slo.map((text) => parseAs(objective, 'slo', text)) }) },
    {},
  );
  return planProfile(profile, predict, { formulas: strategies, quick: predictMeans });
}
