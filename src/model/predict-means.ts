import { predict } from './predict.js';
import type { Prediction, System, Workload } from './types.js';

/** What a search needs often: capacity, utilisation and mean, without the cost of percentiles (which are null). */
export function predictMeans(system: System, workload: Workload): Prediction {
  return { ...predict(system, workload), p50Ms: null, p90Ms: null, p95Ms: null, p99Ms: null };
}
