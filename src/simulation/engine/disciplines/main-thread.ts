import { Engine } from '../engine.js';
import { STAGE } from '../request-pool.js';

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

  protected override endBurst(request: number, core: number): void {
    const { pool } = this;
    const process = pool.process[request]!;
    const isAnswered = pool.stage[request] === STAGE.computing && pool.waitsLeft[request] === 0;
    const goesOn = isAnswered && this.queued.length[process]! > 0 && this.interpreters.keepsLock;
    if (goesOn) this.goOnWithNext(request, process, core);
    else super.endBurst(request, core);
  }

  /**
   * A thread that has answered takes the next request of its process's queue without giving up the lock, which the main thread
   * waits for to close the connection (`_worker` of concurrent.futures.thread).
   */
  private goOnWithNext(request: number, process: number, core: number): void {
    const { pool } = this;
    const next = this.queued.shift(process);
    this.chooser.serving[process]!--;
    this.serve(next, process);
    pool.thread[next] = pool.thread[request]!;
    pool.stage[next] = STAGE.computing;
    pool.left[next] = pool.cpuFirst[next]!;
    // Whoever waits for the lock asks for it when he would have: it has not been passed on.
    pool.limit[next] = Math.min(pool.limit[request]!, pool.killAt[next]!);
    pool.losses[next] = 0;
    this.interpreters.goOn(process, core, next, pool.limit[next]!);
    this.close(request, process);
  }

  protected override afterAnswer(request: number, process: number): void {
    this.threads?.leave(request, process);
    this.close(request, process);
    this.freeSlot(process);
  }

  /** The answer is written; the main thread has yet to close the connection. */
  protected close(request: number, process: number): void {
    const { pool, policy } = this;
    if (pool.counted[request] === 1) this.countSlot(request);
    pool.stage[request] = STAGE.closing;
    pool.thread[request] = process;
    pool.left[request] = policy.closeMs;
    this.compute(request, process, policy.lockLosses.closing);
  }
}
