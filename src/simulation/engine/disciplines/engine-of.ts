import { Engine } from '../engine.js';
import { LoopTurns } from './loop-turns.js';
import { LoopsWithThreads } from './loops-with-threads.js';
import { WithMainThread } from './main-thread.js';
import { WokenTogether } from './woken-together.js';

/** The engine of a policy. */
export function engineOf(...given: ConstructorParameters<typeof Engine>): Engine {
  const [{ answersLeave, choice, closeMs, pool }] = given;
  if (pool !== null) return new LoopsWithThreads(...given);
  if (choice === 'woken-together') return new WokenTogether(...given);
  if (closeMs > 0) return new WithMainThread(...given);
  return answersLeave === 'at-once' ? new Engine(...given) : new LoopTurns(...given);
}
