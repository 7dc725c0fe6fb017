import { predict } from './predict.js';
import type { System, Workload } from './types.js';

/** Largest sustainable rate, requests per second. */
export function capacity(system: System, workload: Workload): number {
  return predict(system, { ...workload, ratePerSecond: null }).capacityPerSecond;
}
