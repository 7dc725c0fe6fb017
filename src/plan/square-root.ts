import { halfinWhittBeta } from '../math/queues/staffing/square-root.js';
import type { Objective } from '../profile/types.js';

/** β where the objective says nothing of waiting: about one arrival in five waits. */
const DEFAULT_SAFETY_FACTOR = 1;
const LEAST_PROBABILITY = 1e-300;

/** β of square-root staffing, servers = load + β√load: the one for the objective's `wait` limit, else 1. */
export function safetyFactor(objective: Objective): number {
  const wait = objective.limits.find(({ metric, limit }) => metric === 'wait' && limit < 1);
  return wait ? halfinWhittBeta(Math.max(LEAST_PROBABILITY, wait.limit)) : DEFAULT_SAFETY_FACTOR;
}
