import { Engine } from '../engine.js';
import { LoopTurns } from './loop-turns.js';
import { WithMainThread } from './main-thread.js';
import { WokenTogether } from './woken-together.js';

/** The engine of a policy. */
export function engineOf(...given: ConstructorParameters<typeof Engine>): Engine {
  const [{ answersLeave, choice, closeMs }] = given;
  if (choice === 'woken-together') return new WokenTogether(...given);
  if (closeMs > 0) return new WithMainThread(...given);
  return answersLeave === 'at-once' ? new Engine(...given) : new LoopTurns(...given);
}
