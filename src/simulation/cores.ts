import { Earliest } from './earliest.js';
import { Lines, type RequestPool } from './request-pool.js';

/** Why a core stops running a request. */
export const STOP = { burstDone: 0, limit: 1, sliceOver: 2 } as const;

/** CPU bandwidth of a control group: `budgetMs` of CPU in every period, unused time lost at its end. */
export interface Quota {
  readonly budgetMs: number;
  readonly periodMs: number;
}

const IDLE = -1;

/**
 * Cores shared by more runnable threads than there are cores: one ready line, round robin. A thread that is alone keeps
 * its core; when another waits, it gives way at the end of its slice. A quota freezes all cores once a period's
 * budget is spent, until the next period.
 */
export class Cores {
  /** CPU time given out, ms. */
  busyMs = 0;
  readonly running: Int32Array;
  private readonly pool: RequestPool;
  private readonly sliceMs: number;
  private readonly count: number;
  private readonly ends: Earliest;
  private readonly reason: Uint8Array;
  private readonly segmentStart: Float64Array;
  private readonly sliceStart: Float64Array;
  private readonly ready: Lines;
  private readonly idle: Int32Array;
  private idleCount: number;
  private readonly quota: Quota | null;
  private budgetMs: number;
  private budgetAt = 0;
  private periodEnd: number;
  private throttled = false;

  constructor(pool: RequestPool, count: number, sliceMs: number, quota: Quota | null) {
    this.pool = pool;
    this.count = count;
    this.sliceMs = sliceMs;
    this.quota = quota;
    this.ends = new Earliest(count + 1);
    this.running = new Int32Array(count).fill(IDLE);
    this.reason = new Uint8Array(count);
    this.segmentStart = new Float64Array(count);
    this.sliceStart = new Float64Array(count);
    this.ready = new Lines(pool, 1);
    this.idle = Int32Array.from({ length: count }, (_, core) => count - 1 - core);
    this.idleCount = count;
    this.budgetMs = quota?.budgetMs ?? 0;
    this.periodEnd = quota?.periodMs ?? 0;
  }

  get hasIdle(): boolean {
    return this.idleCount > 0;
  }

  get nextTime(): number {
    return this.ends.time;
  }

  /** A request that can use a core now: runs at once where one is idle, else waits its turn. */
  wake(request: number, now: number): void {
    if (this.idleCount > 0) {
      this.chargeQuota(now);
      const core = this.idle[--this.idleCount]!;
      this.begin(core, request, now);
      this.armQuota(now);
    } else {
      this.pool.core[request] = IDLE;
      this.ready.append(0, request);
      if (this.ready.length[0] === 1)
        for (let core = 0; core < this.count; core++) this.reschedule(core, now);
    }
  }

  /** Ends what is due at `now`; the core whose request the engine must look at, or −1 where the quota had its turn. */
  stop(now: number): number {
    const core = this.ends.key;
    if (core === this.count) {
      this.turnQuota(now);
      return IDLE;
    }
    this.settle(core, now);
    if (this.reason[core] === STOP.burstDone) this.pool.left[this.running[core]!] = 0;
    return core;
  }

  reasonOf(core: number): number {
    return this.reason[core]!;
  }

  /** The request leaves its core, which takes the next in line. */
  release(core: number, now: number): void {
    const next = this.ready.shift(0);
    this.pool.core[this.running[core]!] = IDLE;
    if (next !== IDLE) {
      this.begin(core, next, now);
      return;
    }
    this.chargeQuota(now);
    this.running[core] = IDLE;
    this.ends.set(core, Number.POSITIVE_INFINITY);
    this.idle[this.idleCount++] = core;
    this.armQuota(now);
  }

  /** The same thread goes on with another request (an event loop), within its slice. */
  replace(core: number, request: number, now: number): void {
    this.pool.core[this.running[core]!] = IDLE;
    this.running[core] = request;
    this.pool.core[request] = core;
    this.segmentStart[core] = now;
    this.schedule(core, now);
  }

  /** The slice is over: to the end of the line. */
  yield(core: number, now: number): void {
    const next = this.ready.shift(0);
    if (next === IDLE) {
      this.sliceStart[core] = now;
      this.schedule(core, now);
      return;
    }
    const last = this.running[core]!;
    this.pool.core[last] = IDLE;
    this.ready.append(0, last);
    this.begin(core, next, now);
  }

  /** Something about the running request's limits has changed. */
  reschedule(core: number, now: number): void {
    if (this.running[core] === IDLE || this.throttled) return;
    this.settle(core, now);
    this.schedule(core, now);
  }

  private begin(core: number, request: number, now: number): void {
    this.running[core] = request;
    this.pool.core[request] = core;
    this.segmentStart[core] = now;
    this.sliceStart[core] = now;
    this.schedule(core, now);
  }

  private settle(core: number, now: number): void {
    const elapsed = now - this.segmentStart[core]!;
    this.pool.left[this.running[core]!]! -= elapsed;
    this.busyMs += elapsed;
    this.segmentStart[core] = now;
  }

  private schedule(core: number, now: number): void {
    if (this.throttled) {
      this.ends.set(core, Number.POSITIVE_INFINITY);
      return;
    }
    const request = this.running[core]!;
    const left = this.pool.left[request]!;
    let end = now + Math.max(0, left);
    let reason: number = STOP.burstDone;
    const limit = this.pool.limit[request]!;
    if (limit < end) {
      end = Math.max(limit, now);
      reason = STOP.limit;
    }
    if (this.ready.length[0]! > 0) {
      const slice = this.sliceEnd(core, now);
      if (slice < end) {
        end = slice;
        reason = STOP.sliceOver;
      }
    }
    this.reason[core] = reason;
    this.ends.set(core, end);
  }

  /** End of the present slice: slices follow each other while a thread runs alone. */
  private sliceEnd(core: number, now: number): number {
    const start = this.sliceStart[core]!;
    const end = start + this.sliceMs;
    if (end >= now) return end;
    const slices = Math.ceil((now - start) / this.sliceMs);
    return Math.max(now, start + slices * this.sliceMs);
  }

  private chargeQuota(now: number): void {
    if (this.quota === null || this.throttled) return;
    this.budgetMs -= (now - this.budgetAt) * (this.count - this.idleCount);
    this.budgetAt = now;
    if (now >= this.periodEnd) this.refill(now);
  }

  private refill(now: number): void {
    const { budgetMs, periodMs } = this.quota!;
    this.budgetMs = budgetMs;
    this.periodEnd = (Math.floor(now / periodMs) + 1) * periodMs;
  }

  private armQuota(now: number): void {
    if (this.quota === null || this.throttled) return;
    const busy = this.count - this.idleCount;
    const spent = busy === 0 ? Number.POSITIVE_INFINITY : now + Math.max(0, this.budgetMs) / busy;
    this.ends.set(this.count, busy === 0 ? spent : Math.min(spent, this.periodEnd));
  }

  /** The budget is spent, or a period ends. */
  private turnQuota(now: number): void {
    if (this.throttled) {
      this.throttled = false;
      this.budgetAt = now;
      this.refill(now);
      this.resume(now);
      this.armQuota(now);
      return;
    }
    const periodOver = now >= this.periodEnd;
    this.chargeQuota(now);
    if (periodOver) this.armQuota(now);
    else this.freeze(now);
  }

  private freeze(now: number): void {
    for (let core = 0; core < this.count; core++) {
      if (this.running[core] === IDLE) continue;
      this.settle(core, now);
      this.ends.set(core, Number.POSITIVE_INFINITY);
    }
    this.throttled = true;
    this.ends.set(this.count, this.periodEnd);
  }

  private resume(now: number): void {
    for (let core = 0; core < this.count; core++) {
      if (this.running[core] === IDLE) continue;
      this.segmentStart[core] = now;
      this.schedule(core, now);
    }
  }
}
