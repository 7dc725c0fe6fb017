import { forecast } from './forecast.js';
import type { Prediction, System, Workload } from './types.js';

/** What a search asks often: everything of {@link predict} but the percentiles, the timeout and the range, which are null. */
export function predictMeans(system: System, workload: Workload): Prediction {
  return forecast(system, workload).prediction;
}
