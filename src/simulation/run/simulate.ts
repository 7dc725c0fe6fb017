import type { Facility } from '../../model/discipline.js';
import { predictMeans } from '../../model/predict-means.js';
import type { Workload } from '../../model/types.js';
import { conduct, type SimulationOptions, type SimulationResult } from './experiment.js';
import { replicate } from './replicate.js';

/**
 * The same question as `predict`, answered by simulating the server request by request. Response times count from
 * arrival to response; intervals are 95 % confidence half-widths over independent replications. Without a rate, or
 * when the rate is not below the capacity, there is nothing to simulate and the times are null.
 */
export function simulate(
  facility: Facility,
  workload: Workload,
  options: SimulationOptions = {},
): SimulationResult {
  const course = conduct(facility, workload, predictMeans(facility, workload), options);
  let step = course.next();
  while (!step.done) {
    const { experiment, length, numbers, keepResponses } = step.value;
    const tallies = numbers.map((number) => replicate(experiment, number, length, keepResponses));
    step = course.next({ tallies, interrupted: false });
  }
  return step.value;
}
