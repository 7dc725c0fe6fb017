import type { Facility } from './discipline.js';
import { forecast } from './forecast.js';
import type { Prediction, Workload } from './types.js';

/** What a search asks often: everything of {@link predict} but the percentiles, the timeout and the range, which are null. */
export function predictMeans(facility: Facility, workload: Workload): Prediction {
  return forecast(facility, workload).prediction;
}
