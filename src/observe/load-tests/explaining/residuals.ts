import type { Facility } from '../../../model/discipline.js';
import { predictMeans } from '../../../model/predict-means.js';
import type { Workload } from '../../../model/types.js';
import { type LoadStep, thinkTimeMs } from '../step.js';
import { isSaturated, predictStep } from './predicted.js';

const TIMES = ['meanMs', 'p50Ms', 'p90Ms', 'p95Ms', 'p99Ms'] as const;
/** What an impossible step costs, in logarithms: more than any that is merely wrong. */
const IMPOSSIBLE = 3;

/** Which of its times a step that came to a steady state tells and a model knows. */
const timesOf = (step: LoadStep): readonly (typeof TIMES)[number][] =>
  step.loop === 'closed' ? ['meanMs'] : TIMES.filter((name) => (step.times[name] ?? 0) > 0);

/** Number of measurements that a step brings. */
export function measurementsOf(step: LoadStep): number {
  if (step.loop === 'closed') return thinkTimeMs(step) === null ? 0 : 1;
  return isSaturated(step) ? 1 : timesOf(step).length;
}

/**
 * ln(predicted/measured) of all that the steps tell: of an open step its mean and percentiles, of one that could not keep up
 * its throughput as the capacity, of a closed one its mean time, from which the throughput follows.
 */
export function residualsOf(steps: readonly LoadStep[], facility: Facility, workload: Workload): number[] {
  return steps.flatMap((step) => {
    const wanted = measurementsOf(step);
    if (wanted === 0) return [];
    const { times, capacityPerSecond } = predictStep(step, facility, workload);
    if (isSaturated(step)) return [Math.log(capacityPerSecond / step.throughputPerSecond)];
    const named = timesOf(step);
    if (times.meanMs === null || !(times.meanMs > 0)) {
      const over = Math.log(step.throughputPerSecond / capacityPerSecond);
      return named.map(() => IMPOSSIBLE + 10 * Math.max(0, over));
    }
    return named.map((name) => Math.log(Math.max(times[name] ?? 0, 1e-9) / step.times[name]!));
  });
}

/** The sum of the squared errors of the means and capacities alone, which cost little: enough to see where to look. */
export function roughSquares(steps: readonly LoadStep[], facility: Facility, workload: Workload): number {
  let sum = 0;
  for (const step of steps) {
    if (measurementsOf(step) === 0) continue;
    const { times, capacityPerSecond } = predictStep(step, facility, workload, predictMeans);
    const { meanMs } = step.times;
    if (isSaturated(step)) sum += Math.log(capacityPerSecond / step.throughputPerSecond) ** 2;
    else if (times.meanMs === null || !(times.meanMs > 0))
      sum += (1 + 10 * Math.max(0, Math.log(step.throughputPerSecond / capacityPerSecond))) ** 2;
    else if (meanMs !== null && meanMs > 0) sum += Math.log(times.meanMs / meanMs) ** 2;
  }
  return sum;
}
