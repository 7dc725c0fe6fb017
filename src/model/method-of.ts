import { type Facility, queueingOf, slotsOf } from './discipline.js';
import type { MethodId } from './methods.js';

/** The model that predicts a facility. */
export function methodOf(facility: Facility): MethodId {
  const queueing = queueingOf(facility);
  if (queueing === 'loops') return 'event-loops';
  if (queueing === 'batches') return 'batching-loops';
  if (queueing === 'split') return 'split-queues';
  if (slotsOf(facility) > 1) return 'shared-queue';
  return facility.cores >= facility.processes ? 'plain-servers' : 'servers-sharing-cores';
}
