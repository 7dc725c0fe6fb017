import type { Configuration, PlanResult } from '../../../plan/types.js';

/** The configuration whose settings are printed: the recommendation, or what was given where nothing could be recommended for want of memory's size. */
export function settled({ recommendation, given, inputs }: PlanResult): Configuration | null {
  const chosen = inputs.memoryMiB !== null && inputs.perWorkerMiB !== null;
  return chosen ? recommendation : given;
}
