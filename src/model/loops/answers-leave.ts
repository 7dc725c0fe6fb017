import type { AnswersLeave } from '../discipline.js';

/**
 * How long an answer that is ready waits until it leaves, ms, in a loop that is busy for a share `busy` of the time and lets a
 * burst wait for `waitMs` in the mean.
 *
 * A loop runs in turns, each with what became ready during the last. A burst waits for the rest of the turn in which it became
 * ready, half of it in the mean, and for those before it in its own, which take `busy` times as long, since bursts come at
 * random. An answer that was computed at once has as many behind it as before it. One that waited first was woken while
 * others computed: its own turn only accepts what came meanwhile, `busy` times that turn, and the next one computes it.
 */
export function leavingMs(leave: AnswersLeave, waitMs: number, busy: number, waits: boolean): number {
  const behindMs = (waitMs * busy) / (1 + busy);
  if (leave === 'at-once') return 0;
  if (!waits) return behindMs;
  return leave === 'after-next-turn' ? 2 * behindMs : 0;
}
