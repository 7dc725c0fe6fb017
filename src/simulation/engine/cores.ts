import { Earliest } from './next-event.js';
import { Lines, type RequestPool } from './request-pool.js';

/** Why a core stops running a request. */
export const STOP = { burstDone: 0, limit: 1, sliceOver: 2 } as const;

/** CPU bandwidth of a control group: `budgetMs` of CPU in every period, unused time lost at its end. */
export interface Quota {
  readonly budgetMs: number;
  readonly periodMs: number;
}

/** The cores of a server, of its {@link Policy}. */
export interface CoreRules {
  readonly cores: number;
  readonly sliceMs: number;
  readonly quota: Quota | null;
}

export const IDLE = -1;
/** A burst this many times as long as a slice gets longer slices. */
export const MOST_CUTS = 1024;

/**
 * Cores shared by more runnable threads than there are cores: one ready line, round robin. A thread that is alone keeps
 * its core; when another waits, it gives way at the end of its slice. A quota freezes all cores once a period's
 * budget is spent, until the next period.
 */
export class Cores {
  readonly running: Int32Array;
  protected readonly pool: RequestPool;
  /** The present, ms, in its one element: numbers in typed arrays are never boxed on their way through calls. */
  protected readonly clock: Float64Array;
  private readonly sliceMs: number;
  protected readonly count: number;
  /** When something happens at each core; after them, when the quota's turn comes. */
  protected readonly ends: Earliest;
  private readonly reason: Uint8Array;
  protected readonly segmentStart: Float64Array;
  private readonly sliceStart: Float64Array;
  private readonly ready: Lines;
  private readonly idle: Int32Array;
  protected idleCount: number;
  private readonly quota: Quota | null;
  private budgetMs: number;
  private budgetAt = 0;
  private periodEnd: number;
  protected throttled = false;

  constructor(
    pool: RequestPool,
    clock: Float64Array,
    { cores: count, sliceMs, quota }: CoreRules,
    keys = quota === null ? count : count + 1,
  ) {
    this.pool = pool;
    this.clock = clock;
    this.count = count;
    this.sliceMs = sliceMs;
    this.quota = quota;
    this.ends = new Earliest(keys);
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

  get nextTime(): number {
    return this.ends.time;
  }

  /** A request that can use a core now: runs at once where one is idle, else waits its turn. */
  wake(request: number): void {
    if (this.idleCount > 0) {
      this.occupy(this.idle[this.idleCount - 1]!, request);
    } else {
      this.ready.append(0, request);
      if (this.ready.length[0] === 1) for (let core = 0; core < this.count; core++) this.reschedule(core);
    }
  }

  /** Requests that become ready at the same moment. */
  wakeTogether(requests: readonly number[]): void {
    for (const request of requests) this.wake(request);
  }

  /** Ends what is due by now; the core whose request the engine must look at, or −1 where the quota had its turn. */
  stop(): number {
    const core = this.ends.key;
    if (core === this.count) {
      this.turnQuota();
      return IDLE;
    }
    this.settle(core);
    if (this.reason[core] === STOP.burstDone) this.pool.left[this.running[core]!] = 0;
    return core;
  }

  reasonOf(core: number): number {
    return this.reason[core]!;
  }

  /** The request leaves its core, which takes the next in line. */
  release(core: number): void {
    const next = this.take(core);
    if (next === IDLE) this.vacate(core);
    else this.begin(core, next);
  }

  /** The request on a core leaves it and makes another ready, which takes its turn: at once where nobody waits. */
  handOver(core: number, next: number): void {
    if (this.ready.length[0]! > 0) {
      this.release(core);
      this.wake(next);
    } else this.begin(core, next);
  }

  get hasIdle(): boolean {
    return this.idleCount > 0;
  }

  /** Whether a request waits that the core may take. */
  protected isWanted(_core: number): boolean {
    return this.ready.length[0]! > 0;
  }

  /** The first in the line that the core takes from, taken out; −1 where nobody waits. */
  protected take(_core: number): number {
    return this.ready.shift(0);
  }

  /** A request goes to the end of that line. */
  protected put(_core: number, request: number): void {
    this.ready.append(0, request);
  }

  protected occupy(core: number, request: number): void {
    if (this.quota !== null) this.chargeQuota();
    this.idleCount--;
    this.begin(core, request);
    if (this.quota !== null) this.armQuota();
  }

  protected vacate(core: number): void {
    if (this.quota !== null) this.chargeQuota();
    this.running[core] = IDLE;
    this.ends.set(core, Number.POSITIVE_INFINITY);
    this.idle[this.idleCount++] = core;
    if (this.quota !== null) this.armQuota();
  }

  /** A request begins to run on a core, in place of the one that has left. */
  begin(core: number, request: number): void {
    this.sliceStart[core] = this.clock[0]!;
    this.replace(core, request);
  }

  /** The same thread goes on with another request (an event loop), within its slice. */
  replace(core: number, request: number): void {
    const now = this.clock[0]!;
    this.running[core] = request;
    this.pool.core[request] = core;
    this.segmentStart[core] = now;
    this.schedule(core);
  }

  /** The slice is over: to the end of the line. */
  yield(core: number): void {
    const next = this.take(core);
    if (next === IDLE) {
      this.sliceStart[core] = this.clock[0]!;
      this.schedule(core);
      return;
    }
    this.put(core, this.running[core]!);
    this.begin(core, next);
  }

  /** The limit of a request has changed: its core, where it runs, must know. */
  limitChanged(request: number): void {
    const core = this.pool.core[request]!;
    if (this.running[core] === request) this.reschedule(core);
  }

  /** Something about the running request's limits has changed. */
  protected reschedule(core: number): void {
    if (this.running[core] === IDLE || this.throttled) return;
    this.settle(core);
    this.schedule(core);
  }

  protected settle(core: number): void {
    const now = this.clock[0]!;
    const elapsed = now - this.segmentStart[core]!;
    this.pool.left[this.running[core]!]! -= elapsed;
    this.segmentStart[core] = now;
  }

  protected schedule(core: number): void {
    const now = this.clock[0]!;
    if (this.throttled) {
      this.ends.set(core, Number.POSITIVE_INFINITY);
      return;
    }
    const request = this.running[core]!;
    const left = this.pool.left[request]!;
    let end = left > 0 ? now + left : now;
    let reason: number = STOP.burstDone;
    const limit = this.pool.limit[request]!;
    if (limit < end) {
      end = limit > now ? limit : now;
      reason = STOP.limit;
    }
    this.reason[core] = reason;
    this.ends.set(core, end);
    if (this.isWanted(core)) this.cutToSlice(core);
  }

  private cutToSlice(core: number): void {
    const slice = this.sliceEnd(core);
    if (slice >= this.ends.timeOf(core)) return;
    this.reason[core] = STOP.sliceOver;
    this.ends.set(core, slice);
  }

  /** End of the present slice: slices follow each other while a thread runs alone. */
  protected sliceEnd(core: number): number {
    const now = this.clock[0]!;
    const slice = Math.max(this.sliceMs, this.pool.left[this.running[core]!]! / MOST_CUTS);
    const start = this.sliceStart[core]!;
    const end = start + slice;
    if (end >= now) return end;
    return Math.max(now, start + Math.ceil((now - start) / slice) * slice);
  }

  private chargeQuota(): void {
    const now = this.clock[0]!;
    if (this.quota === null || this.throttled) return;
    this.budgetMs -= (now - this.budgetAt) * (this.count - this.idleCount);
    this.budgetAt = now;
    if (now >= this.periodEnd) this.refill(now);
  }

  private refill(now: number): void {
    const { budgetMs, periodMs } = this.quota!;
    this.budgetMs = budgetMs;
    this.periodEnd = (Math.floor(now / periodMs) + 1) * periodMs;
    if (this.periodEnd <= now) this.periodEnd += periodMs; // The quotient may have been rounded down.
  }

  private armQuota(): void {
    if (this.quota === null || this.throttled) return;
    const now = this.clock[0]!;
    const busy = this.count - this.idleCount;
    const spent = busy === 0 ? Number.POSITIVE_INFINITY : now + Math.max(0, this.budgetMs) / busy;
    this.ends.set(this.count, busy === 0 ? spent : Math.min(spent, this.periodEnd));
  }

  /** The budget is spent, or a period ends. */
  private turnQuota(): void {
    const now = this.clock[0]!;
    if (this.throttled) {
      this.throttled = false;
      this.budgetAt = now;
      this.refill(now);
      this.resume();
      this.armQuota();
      return;
    }
    const periodOver = now >= this.periodEnd;
    this.chargeQuota();
    if (periodOver) this.armQuota();
    else this.freeze();
  }

  private freeze(): void {
    for (let core = 0; core < this.count; core++) {
      if (this.running[core] === IDLE) continue;
      this.settle(core);
      this.ends.set(core, Number.POSITIVE_INFINITY);
    }
    this.throttled = true;
    this.ends.set(this.count, this.periodEnd);
  }

  private resume(): void {
    const now = this.clock[0]!;
    for (let core = 0; core < this.count; core++) {
      if (this.running[core] === IDLE) continue;
      this.segmentStart[core] = now;
      this.schedule(core);
    }
  }
}
