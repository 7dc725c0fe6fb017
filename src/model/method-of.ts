import { type Facility, queueingOf, slotsOf } from './discipline.js';
import type { MethodId } from './methods.js';

/** The model that predicts a facility. */
export function methodOf(facility: Facility): MethodId {
  const queueing = queueingOf(facility);
  if (queueing === 'loops-with-threads') return 'loops-with-threads';
  if (queueing === 'loops') return 'event-loops';
  if (queueing === 'batches') return 'batching-loops';
  if (queueing === 'split') return 'split-queues';
  const slots = slotsOf(facility);
  const haveCores = facility.cores >= facility.processes * slots;
  if (slots === 1) return haveCores ? 'plain-servers' : 'servers-sharing-cores';
  return haveCores && facility.computes === 'in-parallel' ? 'plain-servers' : 'shared-queue';
}
