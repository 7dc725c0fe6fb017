import type { MethodId } from './methods.js';
import { type Shape, shapeOf } from './shape.js';
import type { System } from './types.js';

/** The model that predicts a system. */
export const methodOf = (system: System): MethodId => methodOfShape(shapeOf(system));

/** The same, where the shape of the system is known. */
export function methodOfShape({ queueing, slots, cores, processes }: Shape): MethodId {
  if (queueing === 'loops') return 'event-loops';
  if (queueing === 'batches') return 'batching-loops';
  if (queueing === 'split') return 'split-queues';
  if (slots === 1) return cores >= processes ? 'plain-servers' : 'servers-sharing-cores';
  return 'shared-queue';
}
