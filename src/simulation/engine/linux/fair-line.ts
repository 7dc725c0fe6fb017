import type { RequestPool } from '../request-pool.js';
import type { Threads } from './threads.js';

const NONE = -1;
/** Differences of CPU time below this are rounding, ms. */
const SAME = 1e-9;

/**
 * One core's ready threads, served by EEVDF ("earliest eligible virtual deadline first", Stoica and Abdel-Wahab 1995;
 * kernel/sched/fair.c from Linux 6.6 on). A thread is eligible while it has had no more CPU than the average of the core's
 * threads; of those that are, the one whose slice would be over first runs. All threads weigh the same. `running` is the request
 * that the core runs, −1 where none counts.
 */
export class FairLine {
  private readonly pool: RequestPool;
  private readonly threads: Threads;
  private readonly sliceMs: number;
  private readonly mostLagMs: number;
  /** Requests that are ready, beside the one that runs. */
  private readonly ready: number[] = [];
  /** Threads that sleep, but had had more than their share, and count until they have made up for it. */
  private readonly overdrawn: number[] = [];
  /** CPU that its last thread had had when it fell asleep. */
  private level = 0;

  constructor(pool: RequestPool, threads: Threads, sliceMs: number, tickMs: number) {
    this.pool = pool;
    this.threads = threads;
    this.sliceMs = sliceMs;
    this.mostLagMs = Math.max(2 * sliceMs, tickMs);
  }

  get length(): number {
    return this.ready.length;
  }

  /** The one that has been ready longest. */
  get oldest(): number {
    return this.ready[0]!;
  }

  join(request: number): void {
    this.ready.push(request);
  }

  leave(request: number): void {
    remove(this.ready, request);
  }

  /** Who runs next, of the ready and the running one: the eligible one with the earliest deadline, else who has had least. */
  next(running: number): number {
    if (this.ready.length === 1 && running === NONE && this.overdrawn.length === 0) return this.ready[0]!;
    const { deadline } = this.threads;
    const { thread } = this.pool;
    for (;;) {
      const most = this.average(running) + SAME;
      const best = this.earliest(running, most);
      const asleep = this.overdrawn.length === 0 ? NONE : this.earliestAsleep(most);
      if (asleep === NONE || (best !== NONE && deadline[thread[best]!]! <= deadline[asleep]! + SAME))
        return best === NONE ? this.least(running) : best;
      this.forget(asleep);
    }
  }

  /** Of those who have had at most `most` the one with the earliest deadline; −1 where none has. */
  private earliest(running: number, most: number): number {
    const { ready } = this;
    const { vruntime, deadline } = this.threads;
    const { thread } = this.pool;
    let best = NONE;
    let earliest = Number.POSITIVE_INFINITY;
    for (let n = 0; n < ready.length; n++) {
      const own = thread[ready[n]!]!;
      if (vruntime[own]! > most || deadline[own]! >= earliest - SAME) continue;
      best = ready[n]!;
      earliest = deadline[own]!;
    }
    // Of equals, one that waits comes before the one that runs.
    if (running === NONE) return best;
    const own = thread[running]!;
    return vruntime[own]! <= most && deadline[own]! < earliest - SAME ? running : best;
  }

  private earliestAsleep(most: number): number {
    const { vruntime, deadline } = this.threads;
    let best = NONE;
    for (const thread of this.overdrawn)
      if (vruntime[thread]! <= most && (best === NONE || deadline[thread]! < deadline[best]! - SAME))
        best = thread;
    return best;
  }

  private least(running: number): number {
    const { vruntime } = this.threads;
    const { thread } = this.pool;
    let least = running;
    for (const request of this.ready)
      if (least === NONE || vruntime[thread[request]!]! < vruntime[thread[least]!]!) least = request;
    return least;
  }

  /** A thread that sleeps has made up for what it had had too much. */
  private forget(thread: number): void {
    remove(this.overdrawn, thread);
    this.threads.isOverdrawn[thread] = 0;
  }

  /** Whether the running one has had more than the average. */
  isOver(running: number): boolean {
    return this.threads.vruntime[this.pool.thread[running]!]! > this.average(running) + SAME;
  }

  /** Gives the running one a new slice where its last is over. */
  renew(running: number): boolean {
    const { vruntime, deadline } = this.threads;
    const thread = this.pool.thread[running]!;
    if (vruntime[thread]! < deadline[thread]! - SAME) return false;
    deadline[thread] = vruntime[thread]! + this.sliceMs;
    return true;
  }

  /** Puts a thread that wakes where it is owed what it was owed when it fell asleep (`place_entity`). */
  place(request: number, running: number): void {
    const { vruntime, deadline, lag } = this.threads;
    const thread = this.pool.thread[request]!;
    const others = this.count(running);
    vruntime[thread] =
      others > 0 ? this.average(running) - (lag[thread]! * (others + 1)) / others : this.level;
    deadline[thread] = vruntime[thread]! + this.sliceMs;
  }

  /**
   * The running one goes to sleep. What it is owed is kept; if it has had more than its share while others are ready, it stays in
   * line, asleep, until it has made up for it (`update_entity_lag`, `DELAY_DEQUEUE`).
   */
  fallAsleep(running: number): void {
    const { vruntime, lag, isOverdrawn } = this.threads;
    const thread = this.pool.thread[running]!;
    const owed = this.average(running) - vruntime[thread]!;
    lag[thread] = 0;
    if (this.ready.length === 0) {
      this.level = vruntime[thread]!;
      while (this.overdrawn.length > 0) this.forget(this.overdrawn[0]!);
    } else if (owed < -SAME) {
      isOverdrawn[thread] = 1;
      this.overdrawn.push(thread);
    } else lag[thread] = Math.min(this.mostLagMs, owed);
  }

  /** A thread wakes and joins. One that is still overdrawn keeps what it has had; one no more begins afresh (`DELAY_ZERO`). */
  wake(request: number, running: number): void {
    const thread = this.pool.thread[request]!;
    if (this.threads.isOverdrawn[thread] === 0) this.place(request, running);
    else {
      const hasMadeUp = this.threads.vruntime[thread]! < this.average(running);
      this.forget(thread);
      if (hasMadeUp) this.place(request, running);
    }
    this.ready.push(request);
  }

  /** The running one wakes another and then goes to sleep. */
  passOn(running: number, next: number): void {
    this.wake(next, running);
    this.fallAsleep(running);
  }

  /** What a ready one is owed, which goes with it to another core. */
  remember(request: number, running: number): void {
    const thread = this.pool.thread[request]!;
    this.threads.lag[thread] = this.average(running) - this.threads.vruntime[thread]!;
  }

  private count(running: number): number {
    return this.ready.length + this.overdrawn.length + (running === NONE ? 0 : 1);
  }

  /** Mean CPU that the core's threads have had: those that are ready, that run, and that count though they sleep. */
  private average(running: number): number {
    const { vruntime } = this.threads;
    const { thread } = this.pool;
    const { ready, overdrawn } = this;
    let sum = running === NONE ? 0 : vruntime[thread[running]!]!;
    for (let n = 0; n < ready.length; n++) sum += vruntime[thread[ready[n]!]!]!;
    for (let n = 0; n < overdrawn.length; n++) sum += vruntime[overdrawn[n]!]!;
    return sum / this.count(running);
  }
}

/** Takes one out of a short list, the order of the others kept. */
function remove(list: number[], value: number): void {
  let n = list.indexOf(value);
  for (; n < list.length - 1; n++) list[n] = list[n + 1]!;
  list.pop();
}
