import type { Facility } from './discipline.js';
import { forecast } from './forecast.js';
import type { Prediction, Workload } from './types.js';

const NO_PERCENTILES = { p50Ms: null, p90Ms: null, p95Ms: null, p99Ms: null };

/** What a search asks often: everything of {@link predict} but the percentiles, the timeout and the range, which are null. */
export function predictMeans(facility: Facility, workload: Workload): Prediction {
  const { capacityPerSecond, method, utilization, means } = forecast(facility, workload);
  const { mixture: _, guessMs: __, ...told } = means();
  return { capacityPerSecond, ...NO_PERCENTILES, method, utilization, ...told };
}
