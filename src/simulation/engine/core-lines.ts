import type { Random } from '../../math/random/random.js';
import { LINUX_BUSY_FACTOR } from '../../model/linux.js';
import { Cores, IDLE } from './cores.js';
import { Looks } from './idle-balancing.js';
import type { Policy } from './policy.js';
import { Lines, type RequestPool, STAGE } from './request-pool.js';

/** The cores as the policy's scheduler shares them. */
export const coresOf = (pool: RequestPool, clock: Float64Array, policy: Policy, random: Random): Cores =>
  policy.scheduler === 'linux' && policy.cores > 1
    ? new CoreLines(pool, clock, policy, random)
    : new Cores(pool, clock, policy);

const NEVER = Number.POSITIVE_INFINITY;

/**
 * Cores as Linux shares them: a ready line for each, round robin. A thread that wakes takes the core where it last ran or
 * any idle one, and where all are busy waits for the former. It moves to another core when one looks for work:
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
  private readonly pooled: boolean;
  private readonly random: Random;
  private readonly lines: Lines;
  /** Requests in all lines. */
  private waiting = 0;
  /** Where each process's main thread ran last. */
  private readonly home: Int32Array;
  private readonly looks: Looks;
  private readonly idleBalanceMs: number;
  private readonly busyBalanceMs: number;

  constructor(pool: RequestPool, clock: Float64Array, policy: Policy, random: Random) {
    super(pool, clock, policy, policy.cores + 2);
    const { cores, processes, tickMs } = policy;
    this.pooled = policy.slots > 1 && policy.computes !== 'to-next-wait';
    this.random = random;
    this.lines = new Lines(pool, cores);
    this.home = Int32Array.from({ length: processes }, (_, process) => process % cores);
    this.looks = new Looks(cores);
    this.idleBalanceMs = tickMs * Math.ceil(cores / tickMs);
    this.busyBalanceMs = tickMs * Math.ceil((LINUX_BUSY_FACTOR * cores) / tickMs);
  }

  override wake(request: number): void {
    const last = this.lastCore(request);
    if (this.idleCount > 0) this.occupy(this.idleFrom(last), request);
    else this.put(last, request);
  }

  override stop(): number {
    if (this.ends.key !== this.count + 1) return super.stop();
    this.balance();
    return IDLE;
  }

  override release(core: number): void {
    const next = this.take(core);
    if (next !== IDLE) this.begin(core, next);
    else if (this.looks.tries(core, this.waiting > 0, this.random))
      this.begin(core, this.take(this.longest()));
    else {
      this.vacate(core);
      this.armTick();
    }
  }

  override handOver(core: number, next: number): void {
    this.wake(next);
    this.release(core);
  }

  override begin(core: number, request: number): void {
    if (this.isByMain(request)) this.home[this.pool.process[request]!] = core;
    super.begin(core, request);
  }

  protected override isWanted(core: number): boolean {
    return this.lines.length[core]! > 0;
  }

  private lastCore(request: number): number {
    const { pool } = this;
    return this.isByMain(request) ? this.home[pool.process[request]!]! : pool.core[request]!;
  }

  /** Whether the process's main thread runs this, rather than one of its pool. */
  private isByMain(request: number): boolean {
    const stage = this.pool.stage[request]!;
    return !this.pooled || stage === STAGE.taken || stage === STAGE.closing;
  }

  /** An idle core, the given one where it can be; there must be one. */
  private idleFrom(first: number): number {
    let core = first;
    while (this.running[core] !== IDLE) core = core + 1 < this.count ? core + 1 : 0;
    return core;
  }

  protected override put(core: number, request: number): void {
    this.pool.core[request] = core;
    this.lines.append(core, request);
    this.waiting++;
    if (this.lines.length[core] === 1) this.reschedule(core);
    this.armTick();
  }

  protected override take(core: number): number {
    const request = this.lines.shift(core);
    if (request !== IDLE) this.waiting--;
    return request;
  }

  private longest(): number {
    const { length } = this.lines;
    let best = 0;
    for (let core = 1; core < this.count; core++) if (length[core]! > length[best]!) best = core;
    return best;
  }

  private shortest(): number {
    const { length } = this.lines;
    let best = 0;
    for (let core = 1; core < this.count; core++) if (length[core]! < length[best]!) best = core;
    return best;
  }

  /** A line has grown or a core fallen idle: sets the next tick at which a request can move, unless an earlier one is set. */
  private armTick(): void {
    if (this.waiting === 0) return;
    const now = this.clock[0]!;
    const tick = this.count + 1;
    const every = this.idleCount > 0 ? this.idleBalanceMs : this.busyBalanceMs;
    const next = (Math.floor(now / every) + 1) * every;
    if (next < this.ends.timeOf(tick)) this.ends.set(tick, next);
  }

  private balance(): void {
    this.ends.set(this.count + 1, NEVER);
    for (let core = 0; this.idleCount > 0 && this.waiting > 0; core++)
      if (this.running[core] === IDLE) this.occupy(core, this.take(this.longest()));
    const [from, to] = [this.longest(), this.shortest()];
    if (this.lines.length[from]! - this.lines.length[to]! >= 2) this.put(to, this.take(from));
  }
}
