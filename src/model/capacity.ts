import { capacityOf, problemOf } from './solve.js';
import type { System, Workload } from './types.js';

/** Largest sustainable rate, requests per second: below min(cores/CPU, workers/CPU under the GIL, slots/service), or equal to it. */
export function capacity(system: System, workload: Workload): number {
  return capacityOf(problemOf(system, workload));
}
