import { Engine } from './engine.js';
import { STAGE } from './request-pool.js';

/**
 * A server whose processes have a main thread that takes connections, whether a thread is free for their requests or not, and
 * closes them.
 */
export class WithMainThread extends Engine {
  protected override takeIn(request: number, process: number): void {
    const { pool } = this;
    pool.stage[request] = STAGE.taken;
    pool.thread[request] = process;
    pool.killAt[request] = Number.POSITIVE_INFINITY;
    pool.left[request] = this.policy.acceptMs;
    this.compute(request, process);
  }

  /** The request goes to a thread of the pool. */
  protected override afterAccept(request: number, process: number): void {
    const waits = this.chooser.serving[process]! >= this.policy.slots;
    if (waits && this.pool.counted[request] === 1) this.tally.waited++;
    super.takeIn(request, process);
  }

  /** The answer is written and the slot free; the main thread has yet to close the connection. */
  protected override afterAnswer(request: number, process: number): void {
    const { pool, policy } = this;
    if (pool.counted[request] === 1) this.tally.slotBusyMs += this.clock[0]! - pool.startedAt[request]!;
    this.threads?.leave(request, process);
    pool.stage[request] = STAGE.closing;
    pool.thread[request] = process;
    pool.left[request] = policy.closeMs;
    this.compute(request, process, policy.lockLosses.closing);
    this.freeSlot(process);
  }
}
