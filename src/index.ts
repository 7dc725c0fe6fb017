import { checked, checkedSimulation } from './checked.js';
import { UsageError } from './host/errors.js';
import { type Question, questionValues } from './input/question.js';
import { capacity as capacityOf } from './model/capacity.js';
import { predict as predicted } from './model/predict.js';
import { predictMeans as meansPredicted } from './model/predict-means.js';
import type { Prediction, Workload } from './model/types.js';
import { plan as planProfile } from './plan/plan.js';
import type { UserStrategy } from './plan/strategies.js';
import type { PlanResult } from './plan/types.js';
import { resolveProfile } from './profile/resolve.js';
import type { System } from './servers/gunicorn/discipline.js';
import { type SimulationOptions, type SimulationResult, simulate as simulated } from './simulation/index.js';

export { SourceError } from './host/errors.js';
export type { Law } from './math/laws/law.js';
export type { ResponseTimes, Utilization } from './model/types.js';
export type {
  Bound,
  Configuration,
  DerivationStep,
  PlanResult,
  PlanWarning,
  StrategyId,
  StrategyResult,
} from './plan/types.js';
export type { Assumption, PlanInputs } from './profile/types.js';
export type { WorkerClass } from './servers/gunicorn/worker-class.js';
export type { Settings as GunicornSettings } from './servers/server.js';
export type { Arrivals } from './simulation/index.js';
export type { Prediction, SimulationOptions, SimulationResult, System, UserStrategy, Workload };
export { UsageError };

/**
 * The options of `wcalc plan` in camel case: numbers in their default units, or texts with a unit. `cores`, `mem` (MiB),
 * `perWorker` (MiB), `ioRatio` (0 to 1), `serviceTime` (ms), `rate` (requests per second), `timeout` (s), `reserve` (MiB, or
 * a text such as `10%`), `slo` (a list of texts such as `p95<250ms`) and so on.
 */
export type PlanQuestion = Question & {
  /** Strategies of your own: a name, how it is reckoned, and the number of workers that it gives. */
  readonly strategies?: readonly UserStrategy[] | undefined;
};

/**
 * Recommends a configuration and compares the alternatives: the object that `wcalc plan --json` prints. Pure: reads
 * no file, environment or clock. Throws a {@link UsageError} where a key is unknown, a value wrong, or the question
 * incomplete or in contradiction with itself; where nothing fits, `recommendation` is null.
 *
 * ```js
 * plan({ cores: 4, mem: '1GiB', perWorker: 256 }).recommendation?.workers; // 4
 * ```
 */
export function plan({ strategies = [], ...question }: PlanQuestion): PlanResult {
  for (const { name, workers } of strategies) {
    if (!Number.isSafeInteger(workers) || workers < 1)
      throw new UsageError(
        `strategies: ${name} must give a whole number of workers, 1 or more, got ${workers}`,
      );
  }
  const profile = resolveProfile(questionValues(question), {});
  return planProfile(profile, predicted, { formulas: strategies });
}

/**
 * What a system does under a workload, by formulas alone: capacity, utilisation, and with a rate the response times.
 * `method` names the model.
 *
 * @throws RangeError where the system or the workload is outside its ranges.
 */
export const predict: (system: System, workload: Workload) => Prediction = checked(predicted);

/**
 * The same without the percentiles, `timeoutProbability` and `range`, which are null: for searches.
 *
 * @throws RangeError where the system or the workload is outside its ranges.
 */
export const predictMeans: (system: System, workload: Workload) => Prediction = checked(meansPredicted);

/**
 * Largest sustainable rate, requests per second.
 *
 * @throws RangeError where the system or the workload is outside its ranges.
 */
export const capacity: (system: System, workload: Workload) => number = checked(capacityOf);

/**
 * The same question as {@link predict}, answered by simulating the server request by request; `prediction.ci95` has the
 * half-widths of 95 % confidence intervals. Without a rate, or where the rate is not below the capacity, times are null.
 *
 * @throws RangeError where the system, the workload or an option is outside its ranges.
 */
export const simulate: (system: System, workload: Workload, options?: SimulationOptions) => SimulationResult =
  checkedSimulation(simulated);
