import type { Facility } from './discipline.js';
import { problemOf } from './problem.js';
import { capacityOf } from './solve.js';
import type { Workload } from './types.js';

/** Largest sustainable rate, requests per second: below min(cores/CPU, workers/CPU under the GIL, slots/service), or equal to it. */
export function capacity(facility: Facility, workload: Workload): number {
  return capacityOf(problemOf(facility, workload));
}
