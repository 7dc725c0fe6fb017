import { Cores, STOP } from './cores.js';
import { EventQueue } from './event-queue.js';
import type { Policy } from './policy.js';
import { ProcessChooser } from './process-chooser.js';
import type { Random } from './random.js';
import { Lines, RequestPool } from './request-pool.js';
import type { RequestSource } from './source.js';
import type { Tally } from './tally.js';

const NONE = -1;
const NEVER = Number.POSITIVE_INFINITY;
/** A served request that only holds its slot still. */
const HOLDING = -1;

export interface RunLength {
  /** Requests ignored first. */
  readonly warmup: number;
  /** Requests counted after them. */
  readonly requests: number;
}

/**
 * The server, request by request: backlog → process → slot → interpreter → core, and back through waits. Every waiting
 * line is first come first served; who may take from it is the {@link Policy}'s business.
 */
export class Engine {
  now = 0;
  private readonly policy: Policy;
  private readonly source: RequestSource;
  private readonly tally: Tally;
  private readonly pool = new RequestPool();
  private readonly cores: Cores;
  private readonly waits = new EventQueue();
  private readonly backlog: Lines;
  /** Taken by a process, without a slot yet. */
  private readonly queued: Lines;
  /** In a slot, waiting for the process's interpreter. */
  private readonly wanting: Lines;
  private readonly holder: Int32Array;
  private readonly chooser: ProcessChooser;
  private readonly locked: boolean;
  private readonly switching: boolean;
  private readonly ioCalls: number;
  private arrivals = 0;
  private pending = 0;

  constructor(policy: Policy, source: RequestSource, ioCalls: number, random: Random, tally: Tally) {
    this.policy = policy;
    this.source = source;
    this.tally = tally;
    this.ioCalls = ioCalls;
    this.cores = new Cores(this.pool, policy.cores, policy.sliceMs, policy.quota);
    this.backlog = new Lines(this.pool, 1);
    this.queued = new Lines(this.pool, policy.processes);
    this.wanting = new Lines(this.pool, policy.processes);
    this.holder = new Int32Array(policy.processes).fill(NONE);
    this.chooser = new ProcessChooser(policy, random);
    this.locked = policy.interpreter !== 'free';
    this.switching = policy.interpreter === 'switching';
  }

  /** Serves until all counted requests have left, or `interrupted` says to stop (asked every 65,536 events). */
  run(length: RunLength, interrupted: () => boolean = () => false): void {
    const last = length.warmup + length.requests;
    let open = this.source.advance();
    let counting = length.warmup === 0;
    let from = 0;
    let busyFrom = 0;
    for (let events = 1; ; events++) {
      const arrival = open ? this.source.atMs : NEVER;
      const core = this.cores.nextTime;
      const wait = this.waits.nextTime;
      if (arrival <= core && arrival <= wait) {
        if (arrival === NEVER) break;
        this.now = arrival;
        if (!counting && this.arrivals >= length.warmup) {
          counting = true;
          from = arrival;
          busyFrom = this.cores.busyMs;
        }
        this.arrive(counting && this.arrivals < last);
        open = this.source.advance();
      } else if (core <= wait) {
        this.now = core;
        this.stopCore();
      } else {
        this.now = wait;
        this.endWait();
      }
      if (this.pending === 0 && this.arrivals >= last) break;
      if ((events & 65535) === 0 && interrupted()) break;
    }
    this.tally.spanMs = this.now - from;
    this.tally.cpuBusyMs = this.cores.busyMs - busyFrom;
  }

  private arrive(counted: boolean): void {
    const { pool, source } = this;
    this.arrivals++;
    const request = pool.take();
    const waits = source.ioMs > 0 ? this.ioCalls : 0;
    pool.arrivedAt[request] = this.now;
    pool.cpuPart[request] = source.cpuMs / (waits + 1);
    pool.ioPart[request] = waits > 0 ? source.ioMs / waits : 0;
    pool.waitsLeft[request] = waits;
    pool.counted[request] = counted ? 1 : 0;
    pool.core[request] = NONE;
    pool.limit[request] = NEVER;
    if (counted) this.pending++;
    const process = this.backlog.length[0] === 0 ? this.chooser.choose() : NONE;
    if (process !== NONE) {
      this.attach(request, process);
    } else if (this.backlog.length[0]! < this.policy.backlog) {
      this.backlog.append(0, request);
      if (counted) this.tally.waited++;
    } else {
      if (counted) {
        this.pending--;
        this.tally.rejected++;
      }
      pool.give(request);
    }
  }

  private attach(request: number, process: number): void {
    this.pool.process[request] = process;
    this.chooser.taken[process]!++;
    if (this.chooser.serving[process]! < this.policy.slots) this.start(request, process);
    else {
      this.queued.append(process, request);
      this.countWait(request);
    }
  }

  private start(request: number, process: number): void {
    const { pool } = this;
    this.chooser.serving[process]!++;
    pool.startedAt[request] = this.now;
    pool.killAt[request] = this.now + this.policy.timeoutMs;
    this.wantCpu(request, process);
  }

  private countWait(request: number): void {
    if (this.pool.counted[request] === 1 && this.pool.arrivedAt[request] === this.now) this.tally.waited++;
  }

  private wantCpu(request: number, process: number): void {
    const { pool, wanting, holder } = this;
    pool.left[request] = pool.cpuPart[request]!;
    pool.limit[request] = pool.killAt[request]!;
    if (!this.locked) {
      this.cores.wake(request, this.now);
    } else if (holder[process] === NONE) {
      holder[process] = request;
      this.chooser.looping[process] = 1;
      this.cores.wake(request, this.now);
    } else {
      wanting.append(process, request);
      if (!this.switching) this.countWait(request);
      else if (wanting.length[process] === 1) this.askForLock(holder[process]!);
    }
  }

  /** A thread waits for the lock: its holder gives it up after the switch interval. */
  private askForLock(holder: number): void {
    this.pool.limit[holder] = this.now + this.policy.switchIntervalMs;
    const core = this.pool.core[holder]!;
    if (core !== NONE) this.cores.reschedule(core, this.now);
  }

  private stopCore(): void {
    const core = this.cores.stop(this.now);
    if (core === NONE) return;
    const request = this.cores.running[core]!;
    switch (this.cores.reasonOf(core)) {
      case STOP.burstDone:
        this.endBurst(request, core);
        break;
      case STOP.limit:
        this.reachLimit(request, core);
        break;
      default:
        this.cores.yield(core, this.now);
    }
  }

  private endBurst(request: number, core: number): void {
    const process = this.pool.process[request]!;
    if (!this.locked) this.cores.release(core, this.now);
    else if (this.switching) this.passLock(process, core);
    else this.turnLoop(process, core);
    if (this.pool.waitsLeft[request]! > 0) this.beginWait(request);
    else this.respond(request, process);
  }

  /** The lock goes to the next thread, which wakes like any other and takes its turn at the cores. */
  private passLock(process: number, core: number): void {
    const next = this.wanting.shift(process);
    this.holder[process] = next;
    if (next !== NONE) {
      if (this.wanting.length[process]! > 0) this.pool.limit[next] = this.now + this.policy.switchIntervalMs;
      this.cores.release(core, this.now);
      this.cores.wake(next, this.now);
    } else {
      this.chooser.looping[process] = 0;
      this.cores.release(core, this.now);
    }
  }

  /** An event loop comes round: it takes what it may from the backlog, then runs the next that is ready. */
  private turnLoop(process: number, core: number): void {
    if (this.policy.slots > 1) this.takeFromBacklog(process, this.policy.batch);
    const next = this.wanting.shift(process);
    this.holder[process] = next;
    if (next !== NONE) this.cores.replace(core, next, this.now);
    else {
      this.chooser.looping[process] = 0;
      this.cores.release(core, this.now);
    }
  }

  private takeFromBacklog(process: number, most: number): void {
    for (let n = 0; n < most; n++) {
      if (this.chooser.taken[process]! >= this.policy.connections) return;
      const request = this.backlog.shift(0);
      if (request === NONE) return;
      this.attach(request, process);
    }
  }

  /** The lock's switch request, or the worker timeout. */
  private reachLimit(request: number, core: number): void {
    const { pool, now } = this;
    const process = pool.process[request]!;
    if (now >= pool.killAt[request]!) {
      this.passLock(process, core);
      this.kill(request, process);
      return;
    }
    pool.limit[request] = pool.killAt[request]!;
    this.wanting.append(process, request);
    this.passLock(process, core);
  }

  private beginWait(request: number): void {
    const { pool } = this;
    pool.waitsLeft[request]!--;
    this.waits.push(Math.min(this.now + pool.ioPart[request]!, pool.killAt[request]!), request);
  }

  private endWait(): void {
    const request = this.waits.pop();
    const process = this.pool.process[request]!;
    if (this.pool.waitsLeft[request] === HOLDING) this.leave(request, process);
    else if (this.now >= this.pool.killAt[request]!) this.kill(request, process);
    else this.wantCpu(request, process);
  }

  private respond(request: number, process: number): void {
    const { pool, tally, now } = this;
    if (pool.counted[request] === 1) {
      this.pending--;
      tally.respond(now - pool.arrivedAt[request]!);
      tally.servedBy[process]!++;
      tally.slotBusyMs += now - pool.startedAt[request]! + this.policy.holdMs;
    }
    if (this.policy.holdMs === 0) this.leave(request, process);
    else {
      pool.waitsLeft[request] = HOLDING;
      this.waits.push(now + this.policy.holdMs, request);
    }
  }

  private kill(request: number, process: number): void {
    if (this.pool.counted[request] === 1) {
      this.pending--;
      this.tally.killed++;
      this.tally.slotBusyMs += this.now - this.pool.startedAt[request]!;
    }
    this.leave(request, process);
  }

  /** Frees the slot, which the next request takes: the process's own queue first, then the backlog. */
  private leave(request: number, process: number): void {
    this.pool.give(request);
    this.chooser.taken[process]!--;
    this.chooser.serving[process]!--;
    const next = this.queued.shift(process);
    if (next !== NONE) this.start(next, process);
    else this.takeFromBacklog(process, this.policy.batch);
  }
}
