import type { Random } from '../../../math/random/random.js';
import type { Tally } from '../../run/run-totals.js';
import type { RequestSource } from '../arrivals.js';
import { Engine } from '../engine.js';
import type { Policy } from '../policy.js';
import { STAGE } from '../request-pool.js';
import type { LoopLines } from './loop-lines.js';

const NONE = -1;

/**
 * A server whose processes each have an event loop and a pool of threads. The loop takes every connection between its turns,
 * runs some of the requests itself, hands the others to the threads, and sends their answers.
 */
export class LoopsWithThreads extends Engine {
  private readonly lines: LoopLines;
  /** Threads of a process, and how many of them have a request. */
  private readonly threadsOfEach: number;
  private readonly busyThreads: Int32Array;
  private loopRan = true;

  constructor(policy: Policy, source: RequestSource, ioCalls: number, random: Random, tally: Tally) {
    super(policy, source, ioCalls, random, tally);
    this.lines = this.interpreters as LoopLines;
    this.threadsOfEach = policy.pool!.threads;
    this.busyThreads = new Int32Array(policy.processes);
  }

  /** What runs in a thread passes the loop first. */
  protected override start(request: number, process: number): void {
    if (this.pool.pooled[request] === 0) {
      super.start(request, process);
      return;
    }
    this.serve(request, process);
    if (this.lines.isIdle(process) && this.busyThreads[process] === this.threadsOfEach)
      this.countWait(request);
    this.passLoop(request, process, STAGE.taken, this.policy.pool!.work.acceptMs);
  }

  /** The loop has some work with a request of the threads; where it has none it passes it on, at once if it is idle. */
  private passLoop(request: number, process: number, stage: number, ms: number): void {
    const { pool } = this;
    pool.stage[request] = stage;
    pool.thread[request] = process;
    pool.left[request] = ms;
    if (ms === 0 && this.lines.isIdle(process)) this.goOn(request, process);
    else this.compute(request, process);
  }

  /** Only what the loop has run ends a turn of it. */
  protected override endsTurn(): boolean {
    return this.loopRan;
  }

  protected override endBurst(request: number, core: number): void {
    this.loopRan = this.lines.isOnLoop(request);
    super.endBurst(request, core);
    for (let next = this.lines.passed.shift(); next !== undefined; next = this.lines.passed.shift())
      this.goOn(next, this.pool.process[next]!);
  }

  /** The loop has passed a request on: to the threads, or its answer to the client. */
  private goOn(request: number, process: number): void {
    if (this.pool.stage[request] === STAGE.taken) this.read(request, process);
    else this.respond(request, process);
  }

  protected override read(request: number, process: number): void {
    if (this.pool.pooled[request] === 0) this.begin(request, process);
    else if (this.busyThreads[process]! < this.threadsOfEach) this.enterThread(request, process);
    else this.queued.append(process, request);
  }

  private enterThread(request: number, process: number): void {
    this.busyThreads[process]!++;
    this.pool.startedAt[request] = this.clock[0]!;
    this.threads?.enter(request, process);
    this.begin(request, process);
  }

  private begin(request: number, process: number): void {
    const { pool } = this;
    if (pool.pooled[request] === 0 || this.threads === null) pool.thread[request] = process;
    pool.stage[request] = STAGE.computing;
    pool.left[request] = pool.cpuFirst[request]!;
    this.compute(request, process);
  }

  /** A thread has done its part, and takes the next request; the loop sends the answer. */
  protected override afterAnswer(request: number, process: number): void {
    if (this.pool.pooled[request] === 0) {
      this.respond(request, process);
      return;
    }
    if (this.pool.counted[request] === 1)
      this.tally.slotBusyMs += this.clock[0]! - this.pool.startedAt[request]!;
    this.threads?.leave(request, process);
    this.busyThreads[process]!--;
    const next = this.queued.shift(process);
    if (next !== NONE) this.enterThread(next, process);
    this.passLoop(request, process, STAGE.closing, this.policy.pool!.work.closeMs);
  }

  /** Slots are the threads', which are counted when they are left. */
  protected override countSlot(): void {}

  protected override leave(request: number, process: number): void {
    this.pool.give(request);
    this.chooser.taken[process]!--;
    this.chooser.serving[process]!--;
    if (this.lines.isIdle(process)) this.takeFromBacklog(process);
  }
}
