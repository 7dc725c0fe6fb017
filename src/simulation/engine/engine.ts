import type { Random } from '../../math/random/random.js';
import { goOn, type RunLength } from '../run/run-length.js';
import type { Tally } from '../run/run-totals.js';
import type { RequestSource } from './arrivals.js';
import { coresOf } from './core-lines.js';
import { type Cores, STOP } from './cores.js';
import { EventQueue } from './event-queue.js';
import { Interpreters } from './interpreters.js';
import type { Policy } from './policy.js';
import { PoolThreads } from './pool-threads.js';
import { ProcessChooser } from './process-chooser.js';
import { Lines, RequestPool, STAGE } from './request-pool.js';
import { Course } from './request-steps.js';

const NONE = -1;
const PULSE = 2 ** 16 - 1;
const ARRIVALS_AFTER = 1000;

/**
 * The server, request by request: backlog → process → slot → interpreter → core, and back through waits. Every waiting
 * line is first come first served; who may take from it is the {@link Policy}'s business.
 */
export class Engine {
  /** The present, ms, in its one element. */
  private readonly clock = new Float64Array(1);
  private readonly policy: Policy;
  private readonly source: RequestSource;
  private readonly tally: Tally;
  /** Whether requests go on side by side in a loop that takes new ones between its turns. */
  private readonly loops: boolean;
  private readonly pool = new RequestPool();
  private readonly course: Course;
  private readonly cores: Cores;
  private readonly interpreters: Interpreters;
  private readonly threads: PoolThreads | null;
  private readonly waits = new EventQueue();
  private readonly backlog: Lines;
  /** Taken by a process, without a slot yet. */
  private readonly queued: Lines;
  private readonly chooser: ProcessChooser;
  private arrivals = 0;
  /** Whether the source holds a request that has not arrived yet. */
  private open = false;
  private countedFrom = 0;
  /** Counted requests in the system. */
  private pending = 0;

  constructor(policy: Policy, source: RequestSource, ioCalls: number, random: Random, tally: Tally) {
    this.policy = policy;
    this.source = source;
    this.tally = tally;
    this.loops = policy.accepts === 'between-turns' && policy.slots > 1;
    this.course = new Course(policy, this.pool, ioCalls);
    this.cores = coresOf(this.pool, this.clock, policy, random);
    this.threads = policy.closeMs > 0 ? new PoolThreads(this.pool, policy.processes) : null;
    this.interpreters = new Interpreters(policy, this.pool, this.cores, this.clock);
    this.backlog = new Lines(this.pool, 1);
    this.queued = new Lines(this.pool, policy.processes);
    this.chooser = new ProcessChooser(policy, this.interpreters, random);
  }

  /**
   * Serves until all counted requests have left, the source has nothing more for now, or `interrupted` says to stop
   * (asked every 65,536 events). Called again, it goes on. True where there is nothing left to do for now.
   * Requests go on arriving while the counted ones leave, as they would; but no more than came before, so that waits of
   * hours do not fill the memory.
   */
  run(length: RunLength, interrupted: () => boolean = goOn): boolean {
    const last = length.warmup + length.requests;
    const most = 2 * last + ARRIVALS_AFTER;
    this.open ||= this.arrivals < most && this.source.advance();
    for (let events = 1; this.open || this.source.ended || this.arrivals >= most; events++) {
      if (!this.step(length.warmup, last, most)) break;
      if (this.pending === 0 && this.arrivals >= last) break;
      if ((events & PULSE) === 0 && interrupted()) return false;
    }
    return true;
  }

  /** Requests in the system at a time until which nobody arrives. */
  inSystemAt(atMs: number): number {
    while (Math.min(this.cores.nextTime, this.waits.nextTime) <= atMs) this.step(0, 0, 0);
    return this.chooser.taken.reduce((sum, taken) => sum + taken, this.backlog.length[0]!);
  }

  /** The next event; false where there is none. */
  private step(warmup: number, last: number, most: number): boolean {
    const core = this.cores.nextTime;
    const wait = this.waits.nextTime;
    const next = core <= wait ? core : wait;
    if (this.open && this.source.atMs <= next) {
      const arrival = this.source.atMs;
      this.clock[0] = arrival;
      if (this.arrivals === warmup) this.countedFrom = arrival;
      const counted = this.arrivals >= warmup && this.arrivals < last;
      if (counted) this.tally.spanMs = arrival - this.countedFrom;
      this.arrive(counted);
      this.open = this.arrivals < most && this.source.advance();
      return true;
    }
    if (next === Number.POSITIVE_INFINITY) return false;
    this.clock[0] = next;
    if (core <= wait) this.stopCore();
    else this.endWait();
    return true;
  }

  private arrive(counted: boolean): void {
    this.arrivals++;
    const request = this.enter(counted);
    const process = this.backlog.length[0] === 0 ? this.chooser.choose() : NONE;
    if (process !== NONE) this.attach(request, process);
    else if (this.backlog.length[0]! < this.policy.backlog) {
      this.backlog.append(0, request);
      this.countWait(request);
    } else {
      if (counted) {
        this.pending--;
        this.tally.rejected++;
      }
      this.pool.give(request);
    }
  }

  /** Writes down the request that the source holds. */
  private enter(counted: boolean): number {
    const { pool } = this;
    const request = pool.take();
    this.course.set(request, this.source);
    pool.arrivedAt[request] = this.clock[0]!;
    pool.counted[request] = counted ? 1 : 0;
    if (counted) this.pending++;
    return request;
  }

  private attach(request: number, process: number): void {
    this.pool.process[request] = process;
    this.chooser.taken[process]!++;
    if (this.chooser.serving[process]! < this.policy.slots) {
      if (this.policy.accepts === 'between-turns' && !this.interpreters.isIdle(process))
        this.countWait(request);
      this.start(request, process);
    } else {
      this.queued.append(process, request);
      this.countWait(request);
    }
  }

  /** Counts a request that cannot be served at once, on its arrival. */
  private countWait(request: number): void {
    if (this.pool.counted[request] === 1 && this.pool.arrivedAt[request] === this.clock[0]!)
      this.tally.waited++;
  }

  private start(request: number, process: number): void {
    const { pool, policy } = this;
    this.chooser.serving[process]!++;
    pool.startedAt[request] = this.clock[0]!;
    if (pool.counted[request] === 1) this.tally.cpuBusyMs += this.course.cpuOf(request);
    pool.killAt[request] = this.clock[0]! + policy.killAfterMs;
    if (policy.acceptMs > 0) {
      pool.stage[request] = STAGE.taken;
      pool.left[request] = policy.acceptMs;
    } else {
      pool.stage[request] = STAGE.computing;
      pool.left[request] = pool.cpuFirst[request]!;
    }
    this.compute(request, process);
  }

  /** Asks for the CPU that the request's `left` says; `losses`: how often it may lose the lock again at once. */
  private compute(request: number, process: number, losses = 0): void {
    this.pool.limit[request] = this.pool.killAt[request]!;
    this.pool.losses[request] = losses;
    this.interpreters.want(request, process);
  }

  private stopCore(): void {
    const core = this.cores.stop();
    if (core === NONE) return;
    const request = this.cores.running[core]!;
    const reason = this.cores.reasonOf(core);
    if (reason === STOP.burstDone) this.endBurst(request, core);
    else if (reason === STOP.limit) this.reachLimit(request, core);
    else this.cores.yield(core);
  }

  private endBurst(request: number, core: number): void {
    const { pool, policy } = this;
    const process = pool.process[request]!;
    if (this.loops) this.takeFromBacklog(process);
    this.interpreters.finish(process, core);
    if (pool.stage[request] === STAGE.taken) {
      pool.stage[request] = STAGE.computing;
      pool.left[request] = pool.cpuFirst[request]!;
      this.threads?.enter(request, process);
      this.compute(request, process, policy.lockLosses.reading);
    } else if (pool.stage[request] === STAGE.closing) {
      this.respond(request, process);
    } else if (pool.waitsLeft[request] === 0) {
      if (policy.closeMs > 0) this.close(request, process);
      else this.respond(request, process);
    } else {
      pool.waitsLeft[request]!--;
      this.waits.at[0] = Math.min(this.clock[0]! + pool.ioPart[request]!, pool.killAt[request]!);
      this.waits.push(request);
    }
  }

  /** The lock's switch request, or the worker timeout. */
  private reachLimit(request: number, core: number): void {
    const process = this.pool.process[request]!;
    if (this.clock[0]! < this.pool.killAt[request]!) {
      this.interpreters.rotate(request, process, core);
      return;
    }
    this.interpreters.finish(process, core);
    this.kill(request, process);
  }

  private endWait(): void {
    const { pool } = this;
    const request = this.waits.pop();
    const process = pool.process[request]!;
    if (pool.stage[request] === STAGE.holding) this.leave(request, process);
    else if (this.clock[0]! >= pool.killAt[request]!) this.kill(request, process);
    else {
      pool.left[request] = (pool.waitsLeft[request] === 0 ? pool.cpuLast : pool.cpuPart)[request]!;
      this.compute(request, process);
    }
  }

  private respond(request: number, process: number): void {
    const { pool, tally } = this;
    const now = this.clock[0]!;
    if (pool.counted[request] === 1) {
      this.pending--;
      tally.respond(now - pool.arrivedAt[request]!);
      tally.servedBy[process]!++;
      if (pool.stage[request] !== STAGE.closing)
        tally.slotBusyMs += now - pool.startedAt[request]! + this.policy.holdMs;
    }
    if (this.policy.holdMs === 0) {
      this.leave(request, process);
      return;
    }
    pool.stage[request] = STAGE.holding;
    this.waits.at[0] = now + this.policy.holdMs;
    this.waits.push(request);
  }

  private kill(request: number, process: number): void {
    if (this.pool.counted[request] === 1) {
      this.pending--;
      this.tally.killed++;
      this.tally.slotBusyMs += this.clock[0]! - this.pool.startedAt[request]!;
    }
    this.leave(request, process);
  }

  /** The answer is written and the slot free; the main thread has yet to close the connection. */
  private close(request: number, process: number): void {
    const { pool, policy } = this;
    if (pool.counted[request] === 1) this.tally.slotBusyMs += this.clock[0]! - pool.startedAt[request]!;
    this.threads?.leave(request, process);
    pool.stage[request] = STAGE.closing;
    pool.left[request] = policy.closeMs;
    this.compute(request, process, policy.lockLosses.closing);
    this.freeSlot(process);
  }

  /** Frees the connection, and the slot unless that is free already. */
  private leave(request: number, process: number): void {
    this.pool.give(request);
    this.chooser.taken[process]!--;
    if (this.pool.stage[request] === STAGE.closing) this.takeFromBacklog(process);
    else this.freeSlot(process);
  }

  /**
   * The next request takes the slot: the process's own queue first, then the backlog. A loop that goes on has taken at the
   * end of this turn, and takes again at the end of the next.
   */
  private freeSlot(process: number): void {
    this.chooser.serving[process]!--;
    const next = this.queued.shift(process);
    if (next !== NONE) this.start(next, process);
    else if (!this.loops || this.interpreters.isIdle(process)) this.takeFromBacklog(process);
  }

  private takeFromBacklog(process: number): void {
    for (let n = 0; n < this.policy.acceptsAtOnce; n++) {
      if (this.chooser.taken[process]! >= this.policy.connections) return;
      const request = this.backlog.shift(0);
      if (request === NONE) return;
      this.attach(request, process);
    }
  }
}
