import { type Cores, MOST_CUTS } from './cores.js';
import type { Policy } from './policy.js';
import { Lines, type RequestPool } from './request-pool.js';

const NONE = -1;

/**
 * One interpreter per process, which runs one request's CPU at a time. Threads share it by CPython's rule: a thread that
 * has waited for the switch interval makes the holder give way, which then goes to the end of the line. A thread also
 * gives up the lock for every system call, and loses it to one that waits and has a core to run on (Beazley 2010: the
 * convoy effect). An event loop runs each burst to its end. Without a lock every thread goes straight to the cores.
 */
export class Interpreters {
  protected readonly policy: Policy;
  protected readonly pool: RequestPool;
  protected readonly cores: Cores;
  private readonly clock: Float64Array;
  private readonly holder: Int32Array;
  protected readonly wanting: Lines;
  protected readonly locked: boolean;
  private readonly switching: boolean;

  constructor(policy: Policy, pool: RequestPool, cores: Cores, clock: Float64Array) {
    this.clock = clock;
    this.policy = policy;
    this.pool = pool;
    this.cores = cores;
    this.holder = new Int32Array(policy.processes).fill(NONE);
    this.wanting = new Lines(pool, policy.processes);
    this.locked = policy.computes !== 'in-parallel';
    this.switching = policy.computes !== 'in-parallel' && policy.computes !== 'to-next-wait';
  }

  isIdle(process: number): boolean {
    return this.holder[process] === NONE;
  }

  /** Requests of the process that compute or could, but for the others. */
  ready(process: number): number {
    return this.wanting.length[process]! + (this.isIdle(process) ? 0 : 1);
  }

  /** A request wants CPU; its `left` and `limit` are set. */
  want(request: number, process: number): void {
    if (!this.locked) {
      this.cores.wake(request);
    } else if (this.holder[process] === NONE) {
      this.holder[process] = request;
      this.cores.wake(request);
    } else {
      this.wanting.append(process, request);
      if (this.switching && this.wanting.length[process] === 1) this.askForLock(this.holder[process]!);
    }
  }

  /** Requests of different processes want CPU at the same moment. */
  wantTogether(requests: readonly number[]): void {
    const free = requests.filter((request) => {
      const process = this.pool.process[request]!;
      if (this.locked && this.holder[process] !== NONE) {
        this.want(request, process);
        return false;
      }
      if (this.locked) this.holder[process] = request;
      return true;
    });
    this.cores.wakeTogether(free);
  }

  /** The request on `core` has had its CPU: the interpreter and the core go to the next. */
  finish(process: number, core: number): void {
    this.passOn(process, core);
  }

  protected passOn(process: number, core: number): void {
    if (!this.locked) {
      this.cores.release(core);
      return;
    }
    const next = this.nextHolder(process);
    this.holder[process] = next;
    if (next === NONE) this.cores.release(core);
    else if (this.switching) this.wakeHolder(next, process, core);
    else this.cores.replace(core, next);
  }

  /** Whether a thread keeps the lock at system calls, as nobody who wants it has a core to run on meanwhile. */
  get keepsLock(): boolean {
    return !this.policy.spareCores && !this.cores.hasIdle;
  }

  /** The thread on `core` goes on with another request, and keeps the lock until others make it give way, at `limitMs` where it is known. */
  goOn(process: number, core: number, request: number, limitMs = Number.POSITIVE_INFINITY): void {
    if (this.locked) {
      this.holder[process] = request;
      if (this.wanting.length[process]! > 0 && limitMs === Number.POSITIVE_INFINITY) this.limit(request);
    }
    this.cores.replace(core, request);
  }

  /** The switch interval is over: the holder gives way to the next thread. */
  rotate(request: number, process: number, core: number): void {
    this.pool.limit[request] = this.pool.killAt[request]!;
    this.pool.losses[request] = 0;
    this.wanting.append(process, request);
    this.passOn(process, core);
  }

  /** The first in line that keeps the lock: those that lose it at once go to the end. */
  private nextHolder(process: number): number {
    const { losses } = this.pool;
    let next = this.wanting.shift(process);
    if (next === NONE || losses[next] === 0) return next;
    while (!this.keepsLock && losses[next]! > 0 && this.wanting.length[process]! > 0) {
      losses[next]!--;
      this.wanting.append(process, next);
      next = this.wanting.shift(process);
    }
    return next;
  }

  /** The next thread wakes like any other and takes its turn at the cores: at once where nobody waits for them. */
  private wakeHolder(next: number, process: number, core: number): void {
    if (this.wanting.length[process]! > 0) this.limit(next);
    this.cores.handOver(core, next);
  }

  private askForLock(holder: number): void {
    this.limit(holder);
    this.cores.limitChanged(holder);
  }

  /** When the holder must give way; a very long burst is cut into {@link MOST_CUTS} at first, so that none costs without end. */
  private limit(holder: number): void {
    const { pool, policy } = this;
    const interval = Math.max(policy.switchIntervalMs, pool.left[holder]! / MOST_CUTS);
    pool.limit[holder] = this.clock[0]! + interval;
  }
}
