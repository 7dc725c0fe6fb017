import type { Cores } from '../cores.js';
import { Interpreters } from '../interpreters.js';
import type { Policy } from '../policy.js';
import { Lines, type RequestPool, STAGE } from '../request-pool.js';

const NONE = -1;

/**
 * Interpreters of processes in which a loop and threads compute. The loop is one of the threads that share the lock: what it
 * has to run waits in a line of its own, and it gives way after each burst, since it looks for events then
 * (`BaseEventLoop._run_once`, whose `select` leaves the lock to others).
 */
export class LoopLines extends Interpreters {
  /** What each loop runs or wants the lock for. */
  private readonly current: Int32Array;
  private readonly line: Lines;
  /** What the loop had to pass on only, without any CPU, when it last finished a burst. */
  readonly passed: number[] = [];

  constructor(policy: Policy, pool: RequestPool, cores: Cores, clock: Float64Array) {
    super(policy, pool, cores, clock);
    this.current = new Int32Array(policy.processes).fill(NONE);
    this.line = new Lines(pool, policy.processes);
  }

  /** Whether the loop has nothing to run. */
  override isIdle(process: number): boolean {
    return this.current[process] === NONE;
  }

  /** Whether the loop runs what the request wants the CPU for. */
  isOnLoop(request: number): boolean {
    const stage = this.pool.stage[request];
    return this.pool.pooled[request] === 0 || stage === STAGE.taken || stage === STAGE.closing;
  }

  override want(request: number, process: number): void {
    if (!this.isOnLoop(request)) super.want(request, process);
    else if (this.current[process] === NONE) {
      this.current[process] = request;
      super.want(request, process);
    } else this.line.append(process, request);
  }

  override finish(process: number, core: number): void {
    if (this.cores.running[core] !== this.current[process]) {
      this.passOn(process, core);
      return;
    }
    const next = this.nextOfLoop(process);
    this.current[process] = next;
    if (next === NONE) this.passOn(process, core);
    else if (this.locked && this.wanting.length[process]! > 0) {
      this.wanting.append(process, next);
      this.passOn(process, core);
    } else this.goOn(process, core, next);
  }

  /** The first in the loop's line that wants CPU; those before it are passed on. */
  private nextOfLoop(process: number): number {
    for (;;) {
      const next = this.line.shift(process);
      if (next === NONE || this.pool.left[next]! > 0) return next;
      this.passed.push(next);
    }
  }
}

/** Who shares the lock of a process, by the policy. */
export const interpretersOf = (...given: ConstructorParameters<typeof Interpreters>): Interpreters =>
  given[0].pool === null ? new Interpreters(...given) : new LoopLines(...given);
