import type { Random } from '../../math/random/random.js';
import type { Tally } from '../run/run-totals.js';
import type { RequestSource } from './arrivals.js';
import { Connections } from './connections.js';
import { type Cores, STOP } from './cores.js';
import { interpretersOf } from './disciplines/loop-lines.js';
import { EventDriven } from './event-driven.js';
import type { Interpreters } from './interpreters.js';
import { coresOf } from './linux/core-lines.js';
import { type PoolThreads, poolThreadsOf } from './linux/pool-threads.js';
import { Threads } from './linux/threads.js';
import type { Policy } from './policy.js';
import { ProcessChooser } from './process-chooser.js';
import { Lines, RequestPool, STAGE } from './request-pool.js';
import { Course } from './request-steps.js';

const NONE = -1;

/**
 * The server, request by request: backlog → process → slot → interpreter → core, and back through waits. Every waiting
 * line is first come first served; who may take from it is the {@link Policy}'s business.
 */
export class Engine extends EventDriven {
  protected readonly policy: Policy;
  /** Whether requests go on side by side in a loop that takes new ones between its turns. */
  private readonly loops: boolean;
  protected readonly pool = new RequestPool();
  private readonly course: Course;
  protected readonly cores: Cores;
  protected readonly interpreters: Interpreters;
  protected readonly threads: PoolThreads | null;
  protected readonly backlog: Lines;
  /** Taken by a process, without a slot yet. */
  protected readonly queued: Lines;
  protected readonly chooser: ProcessChooser;
  private readonly connections: Connections | null;

  constructor(policy: Policy, source: RequestSource, ioCalls: number, random: Random, tally: Tally) {
    super(source, tally);
    this.policy = policy;
    this.loops = policy.accepts === 'between-turns' && policy.slots > 1;
    this.course = new Course(policy, this.pool, ioCalls);
    const threads = new Threads(policy.processes, policy.cores);
    this.cores = coresOf(this.pool, this.clock, policy, threads, random);
    this.threads = poolThreadsOf(policy, this.pool, threads);
    this.interpreters = interpretersOf(policy, this.pool, this.cores, this.clock);
    this.backlog = new Lines(this.pool, 1);
    this.queued = new Lines(this.pool, policy.processes);
    this.chooser = new ProcessChooser(policy, this.interpreters, random);
    this.connections = policy.database && new Connections(policy, policy.database, this.pool, this.clock);
  }

  /** Requests in the system at a time until which nobody arrives. */
  inSystemAt(atMs: number): number {
    while (this.nextTime <= atMs) this.step(0, 0, 0);
    return this.chooser.taken.reduce((sum, taken) => sum + taken, this.backlog.length[0]!);
  }

  protected arrive(counted: boolean): void {
    this.arrivals++;
    const request = this.enter(counted);
    const process = this.backlog.length[0] === 0 ? this.chooser.choose() : NONE;
    if (process !== NONE) this.attach(request, process);
    else if (this.backlog.length[0]! < this.policy.backlog) {
      this.backlog.append(0, request);
      this.countWait(request);
    } else this.refuse(request);
  }

  protected refuse(request: number): void {
    if (this.pool.counted[request] === 1) {
      this.pending--;
      this.tally.rejected++;
    }
    this.pool.give(request);
  }

  protected enter(counted: boolean): number {
    if (counted) this.pending++;
    return this.course.begin(this.source, this.clock[0]!, counted);
  }

  private attach(request: number, process: number): void {
    if (!this.chooser.take(process)) {
      this.refuse(request);
      return;
    }
    this.pool.process[request] = process;
    this.takeIn(request, process);
  }

  /** The request takes a slot of its process, or waits for one. */
  protected takeIn(request: number, process: number): void {
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
  protected countWait(request: number): void {
    if (this.pool.counted[request] === 1 && this.pool.arrivedAt[request] === this.clock[0]!)
      this.tally.waited++;
  }

  protected start(request: number, process: number): void {
    const { pool, policy } = this;
    this.serve(request, process);
    if (policy.acceptMs > 0 && policy.closeMs === 0) {
      pool.stage[request] = STAGE.taken;
      pool.thread[request] = process;
      pool.left[request] = policy.acceptMs;
      this.compute(request, process);
    } else this.read(request, process);
  }

  /** The request takes a slot. */
  protected serve(request: number, process: number): void {
    const { pool, policy } = this;
    this.chooser.serving[process]!++;
    pool.startedAt[request] = this.clock[0]!;
    if (pool.counted[request] === 1) this.tally.cpuBusyMs += this.course.cpuOf(request);
    pool.killAt[request] = this.clock[0]! + policy.killAfterMs;
  }

  /** The thread that serves the request begins with it. */
  protected read(request: number, process: number): void {
    const { pool } = this;
    pool.stage[request] = STAGE.computing;
    pool.left[request] = pool.cpuFirst[request]!;
    if (this.threads !== null) this.threads.enter(request, process);
    else pool.thread[request] = process;
    this.compute(request, process, this.policy.lockLosses.reading);
  }

  /** Asks for the CPU that the request's `left` says; `losses`: how often it may lose the lock again at once. */
  protected compute(request: number, process: number, losses = 0): void {
    this.pool.limit[request] = this.pool.killAt[request]!;
    this.pool.losses[request] = losses;
    this.interpreters.want(request, process);
  }

  protected stopCore(): void {
    const core = this.cores.stop();
    if (core === NONE) return;
    const request = this.cores.running[core]!;
    const reason = this.cores.reasonOf(core);
    if (reason === STOP.burstDone) this.endBurst(request, core);
    else if (reason === STOP.limit) this.reachLimit(request, core);
    else this.cores.yield(core);
  }

  protected endBurst(request: number, core: number): void {
    const { pool } = this;
    const process = pool.process[request]!;
    if (this.endsTurn(process)) this.takeFromBacklog(process);
    this.interpreters.finish(process, core);
    if (pool.stage[request] === STAGE.taken) this.afterAccept(request, process);
    else if (pool.stage[request] === STAGE.closing) this.respond(request, process);
    else if (pool.waitsLeft[request] === 0) this.afterAnswer(request, process);
    else {
      pool.waitsLeft[request]!--;
      if (this.connections === null) this.wait(request, pool.ioPart[request]!);
      else if (this.connections.ask(request, process)) this.query(request, process);
    }
  }

  private wait(request: number, ms: number): void {
    this.waits.at[0] = Math.min(this.clock[0]! + ms, this.pool.killAt[request]!);
    this.waits.push(request);
  }

  /** The request has a connection: the first part of its wait begins. One whose time is over meanwhile is killed now. */
  private query(request: number, process: number): void {
    if (this.clock[0]! >= this.pool.killAt[request]!) {
      this.endQuery(process);
      this.kill(request, process);
      return;
    }
    this.pool.stage[request] = STAGE.querying;
    this.wait(request, this.pool.ioPart[request]! * this.policy.database!.share);
  }

  /** A connection is free: the next in line gets it. */
  private endQuery(process: number): void {
    const next = this.connections!.release(process);
    if (next !== NONE) this.query(next, process);
  }

  /** The lock's switch request, or the worker timeout. */
  private reachLimit(request: number, core: number): void {
    const process = this.pool.process[request]!;
    if (this.clock[0]! < this.pool.killAt[request]!) this.interpreters.rotate(request, process, core);
    else {
      this.interpreters.finish(process, core);
      this.kill(request, process);
    }
  }

  protected endWait(): void {
    const { pool } = this;
    const request = this.waits.pop();
    const process = pool.process[request]!;
    const querying = pool.stage[request] === STAGE.querying;
    if (querying) {
      pool.stage[request] = STAGE.computing;
      this.endQuery(process);
    }
    if (pool.stage[request] === STAGE.holding) this.leave(request, process);
    else if (this.clock[0]! >= pool.killAt[request]!) this.kill(request, process);
    else if (querying && this.policy.database!.share < 1) {
      this.wait(request, pool.ioPart[request]! * (1 - this.policy.database!.share));
    } else {
      pool.left[request] = (pool.waitsLeft[request] === 0 ? pool.cpuLast : pool.cpuPart)[request]!;
      this.compute(request, process);
    }
  }

  /** The turn that took the connection is over. */
  protected afterAccept(request: number, process: number): void {
    this.read(request, process);
  }

  /** The last of the request's CPU is spent. */
  protected afterAnswer(request: number, process: number): void {
    this.respond(request, process);
  }

  /** Whether a loop comes round when a burst ends: it takes connections then. */
  protected endsTurn(_process: number): boolean {
    return this.loops;
  }

  protected respond(request: number, process: number): void {
    const { pool, tally } = this;
    const now = this.clock[0]!;
    if (pool.counted[request] === 1) {
      this.pending--;
      tally.respond(now - pool.arrivedAt[request]!);
      tally.servedBy[process]!++;
      if (this.connections !== null) tally.waitForConnections(pool.connectionMs[request]!);
      if (pool.stage[request] !== STAGE.closing) this.countSlot(request, this.policy.holdMs);
    }
    if (this.policy.holdMs === 0) {
      this.leave(request, process);
      return;
    }
    pool.stage[request] = STAGE.holding;
    this.waits.at[0] = now + this.policy.holdMs;
    this.waits.push(request);
  }

  /** Counts for how long a request has held its slot, and what it holds it for still. */
  protected countSlot(request: number, longerMs = 0): void {
    this.tally.slotBusyMs += this.clock[0]! - this.pool.startedAt[request]! + longerMs;
  }

  private kill(request: number, process: number): void {
    if (this.pool.counted[request] === 1) {
      this.pending--;
      this.tally.killed++;
      this.countSlot(request);
    }
    this.leave(request, process);
  }

  /** Frees the connection, and the slot unless that is free already. */
  protected leave(request: number, process: number): void {
    if (this.pool.stage[request] !== STAGE.closing) this.threads?.leave(request, process);
    this.pool.give(request);
    this.chooser.taken[process]!--;
    if (this.pool.stage[request] === STAGE.closing) this.takeFromBacklog(process);
    else this.freeSlot(process);
  }

  /** The next request takes the slot: the process's own queue first, then the backlog. A loop that goes on takes by turns. */
  protected freeSlot(process: number): void {
    this.chooser.serving[process]!--;
    const next = this.queued.shift(process);
    if (next !== NONE) this.start(next, process);
    else if (!this.loops || this.interpreters.isIdle(process)) this.takeFromBacklog(process);
  }

  protected takeFromBacklog(process: number, most = this.policy.acceptsAtOnce): void {
    for (let n = 0; n < most; n++) {
      if (this.chooser.taken[process]! >= this.policy.connections) return;
      const request = this.backlog.shift(0);
      if (request === NONE) return;
      if (this.clock[0]! - this.pool.arrivedAt[request]! > this.policy.shedAfterMs) {
        this.refuse(request);
        n--;
      } else this.attach(request, process);
    }
  }
}
