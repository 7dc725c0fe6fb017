import type { Random } from '../../../math/random/random.js';
import { LINUX_BUSY_FACTOR } from '../../../model/linux.js';
import { Cores, IDLE, MOST_CUTS } from '../cores.js';
import type { Policy } from '../policy.js';
import type { RequestPool } from '../request-pool.js';
import { FairLine } from './fair-line.js';
import { Looks } from './idle-balancing.js';
import type { Threads } from './threads.js';

/** The cores as the policy's scheduler shares them. */
export const coresOf = (
  pool: RequestPool,
  clock: Float64Array,
  policy: Policy,
  threads: Threads,
  random: Random,
): Cores =>
  policy.scheduler === 'linux'
    ? new CoreLines(pool, clock, policy, threads, random)
    : new Cores(pool, clock, policy);

const NEVER = Number.POSITIVE_INFINITY;

/**
 * Cores as Linux shares them: a {@link FairLine} of ready threads for each. A thread that wakes displaces one that has had more
 * than the average of its core at once, and waits for the end of its slice, which only a timer tick can find, where that has
 * not.
 *
 * A thread that wakes takes the core where it last ran or any idle one, and where all are busy waits for the former. It moves
 * to another core when one looks for work:
 *
 * - one that falls idle, with a probability of the share of its looks that found something ("proportional newidle
 *   balance", Zijlstra 2025, in Linux 7.0, 6.18.5 and 6.12.65; older kernels look nearly always, later ones also where they
 *   seldom fall idle, which is nearer to ideal);
 * - an idle one at a tick, every millisecond per core (`nohz_balancer_kick`, `sd_init`);
 * - a busy one at a tick, 16 times more rarely, where another line is longer by two.
 *
 * A lock that is passed on wakes its next holder before the last has left its core.
 */
export class CoreLines extends Cores {
  private readonly threads: Threads;
  private readonly random: Random;
  private readonly lines: readonly FairLine[];
  /** Requests in all lines. */
  private waiting = 0;
  private readonly looks: Looks;
  private readonly tickMs: number;
  private readonly idleBalanceMs: number;
  private readonly busyBalanceMs: number;

  constructor(pool: RequestPool, clock: Float64Array, policy: Policy, threads: Threads, random: Random) {
    super(pool, clock, policy, policy.cores + 2);
    const { cores, tickMs, sliceMs } = policy;
    this.threads = threads;
    this.random = random;
    this.lines = Array.from({ length: cores }, () => new FairLine(pool, threads, sliceMs, tickMs));
    this.looks = new Looks(cores);
    this.tickMs = tickMs;
    this.idleBalanceMs = tickMs * Math.ceil(cores / tickMs);
    this.busyBalanceMs = tickMs * Math.ceil((LINUX_BUSY_FACTOR * cores) / tickMs);
  }

  override wake(request: number): void {
    this.settleLine(this.join(request));
  }

  /**
   * What one connection wakes runs where its packet came in, any core (`wake_affine` of synchronous wake-ups): seen so with the
   * kernel's scheduler events.
   */
  override wakeTogether(requests: readonly number[]): void {
    const waker = this.random.below(this.count);
    const joined = requests.map((request) => {
      const stays = this.threads.isOverdrawn[this.pool.thread[request]!] === 1;
      return stays ? this.join(request) : this.join(request, waker);
    });
    for (const core of new Set(joined)) this.settleLine(core);
  }

  /** Somebody has joined a core's line: who runs now. */
  private settleLine(core: number): void {
    if (this.running[core] === IDLE) this.occupy(core, this.take(core));
    else this.compare(core);
  }

  override stop(): number {
    if (this.ends.key !== this.count + 1) return super.stop();
    this.balance();
    return IDLE;
  }

  override release(core: number): void {
    this.lines[core]!.fallAsleep(this.running[core]!);
    this.goOn(core);
  }

  override handOver(core: number, next: number): void {
    if (this.coreFor(this.pool.thread[next]!) !== core) {
      this.wake(next);
      this.release(core);
      return;
    }
    // What it wakes on its own core runs once it has gone to sleep itself.
    this.waiting++;
    this.lines[core]!.passOn(this.running[core]!, next);
    this.goOn(core);
  }

  /** The slice is over, found at a tick. */
  override yield(core: number): void {
    const running = this.running[core]!;
    const line = this.lines[core]!;
    line.renew(running);
    const next = line.next(running);
    if (next === running) this.schedule(core);
    else this.displace(core, next);
  }

  override begin(core: number, request: number): void {
    this.threads.core[this.pool.thread[request]!] = core;
    super.begin(core, request);
  }

  protected override isWanted(core: number): boolean {
    return this.lines[core]!.length > 0;
  }

  protected override settle(core: number): void {
    if (this.throttled) return;
    const thread = this.pool.thread[this.running[core]!]!;
    this.threads.vruntime[thread]! += this.clock[0]! - this.segmentStart[core]!;
    super.settle(core);
  }

  /** The tick that finds the running thread's slice over. */
  protected override sliceEnd(core: number): number {
    const request = this.running[core]!;
    const thread = this.pool.thread[request]!;
    const { deadline, vruntime } = this.threads;
    const left = Math.max(deadline[thread]! - vruntime[thread]!, this.pool.left[request]! / MOST_CUTS, 0);
    const now = this.clock[0]!;
    const tick = Math.ceil((now + left) / this.tickMs) * this.tickMs;
    return tick > now ? tick : tick + this.tickMs;
  }

  protected override take(core: number): number {
    const line = this.lines[core]!;
    if (line.length === 0) return IDLE;
    const next = line.next(IDLE);
    this.leave(core, next);
    return next;
  }

  private leave(core: number, request: number): void {
    this.lines[core]!.leave(request);
    this.waiting--;
  }

  /** A request that is ready joins the line of the core where its thread wakes. */
  private join(request: number, core = this.coreFor(this.pool.thread[request]!)): number {
    if (this.running[core] !== IDLE) this.settle(core);
    this.lines[core]!.wake(request, this.running[core]!);
    this.waiting++;
    return core;
  }

  /** The core where the thread last ran if it must wake there or that is idle, any idle one, or the former. */
  private coreFor(thread: number): number {
    const last = this.threads.core[thread]!;
    if (this.idleCount === 0 || this.threads.isOverdrawn[thread] === 1) return last;
    let core = last;
    for (let n = 0; n < this.count; n++) {
      if (this.running[core] === IDLE && this.lines[core]!.length === 0) return core;
      core = core + 1 < this.count ? core + 1 : 0;
    }
    return last;
  }

  /** Whether one that has joined a busy core's line displaces who runs (`check_preempt_wakeup_fair`). */
  private compare(core: number): void {
    const running = this.running[core]!;
    const line = this.lines[core]!;
    const next = line.renew(running) ? line.next(running) : line.isOver(running) ? line.next(IDLE) : running;
    if (next !== running) this.displace(core, next);
    else {
      this.schedule(core);
      this.armTick();
    }
  }

  private displace(core: number, next: number): void {
    this.lines[core]!.leave(next);
    this.lines[core]!.join(this.running[core]!);
    this.begin(core, next);
    this.armTick();
  }

  /** The core takes its next request, from another line where its own is empty and it looks. */
  private goOn(core: number): void {
    const next = this.take(core);
    if (next !== IDLE) this.begin(core, next);
    else if (this.looks.tries(core, this.waiting > 0, this.random)) {
      const request = this.moved(this.longest());
      this.lines[core]!.place(request, IDLE);
      this.begin(core, request);
    } else {
      this.vacate(core);
      this.armTick();
    }
  }

  /** Takes the oldest of a line, which keeps what it is owed. */
  private moved(from: number): number {
    const request = this.lines[from]!.oldest;
    if (this.running[from] !== IDLE) this.settle(from);
    this.lines[from]!.remember(request, this.running[from]!);
    this.leave(from, request);
    return request;
  }

  private move(from: number, to: number): void {
    this.settleLine(this.join(this.moved(from), to));
  }

  private longest(): number {
    let best = 0;
    for (let core = 1; core < this.count; core++)
      if (this.lines[core]!.length > this.lines[best]!.length) best = core;
    return best;
  }

  private shortest(): number {
    let best = 0;
    for (let core = 1; core < this.count; core++)
      if (this.lines[core]!.length < this.lines[best]!.length) best = core;
    return best;
  }

  /** A line has grown or a core fallen idle: sets the next tick at which a request can move, unless an earlier one is set. */
  private armTick(): void {
    if (this.waiting === 0 || this.count === 1) return;
    const now = this.clock[0]!;
    const tick = this.count + 1;
    const every = this.idleCount > 0 ? this.idleBalanceMs : this.busyBalanceMs;
    const next = (Math.floor(now / every) + 1) * every;
    if (next < this.ends.timeOf(tick)) this.ends.set(tick, next);
  }

  private balance(): void {
    this.ends.set(this.count + 1, NEVER);
    for (let core = 0; this.idleCount > 0 && this.waiting > 0 && core < this.count; core++)
      if (this.running[core] === IDLE) this.move(this.longest(), core);
    const [from, to] = [this.longest(), this.shortest()];
    if (this.lines[from]!.length - this.lines[to]!.length >= 2) this.move(from, to);
  }
}
