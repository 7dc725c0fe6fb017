import type { Facility } from '../../../model/discipline.js';
import type { Workload } from '../../../model/types.js';
import type { StepComparison } from '../result.js';
import type { LoadStep } from '../step.js';
import { isSaturated, predictStep } from './predicted.js';

const TIMES = [
  ['mean', 'meanMs'],
  ['p50', 'p50Ms'],
  ['p90', 'p90Ms'],
  ['p95', 'p95Ms'],
  ['p99', 'p99Ms'],
] as const;

/** Predicted beside measured, step by step; of a closed step throughput and mean, since its percentiles are no model's. */
export const compareSteps = (
  steps: readonly LoadStep[],
  facility: Facility,
  workload: Workload,
): readonly StepComparison[] =>
  steps.map((step) => {
    const predicted = predictStep(step, facility, workload);
    const row = (quantity: string, value: number | null, measured: number) => ({
      quantity,
      predicted: value,
      measured,
      error: value === null || measured === 0 ? null : value / measured - 1,
    });
    const times = isSaturated(step)
      ? []
      : TIMES.flatMap(([quantity, name]) => {
          const measured = step.times[name];
          return measured === null || (step.loop === 'closed' && name !== 'meanMs')
            ? []
            : [row(quantity, predicted.times[name], measured)];
        });
    return {
      source: step.source,
      rows: [row('throughput', predicted.throughputPerSecond, step.throughputPerSecond), ...times],
    };
  });
