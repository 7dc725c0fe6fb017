import type { Random } from '../../../math/random/random.js';
import type { Tally } from '../../run/run-totals.js';
import type { RequestSource } from '../arrivals.js';
import type { Policy } from '../policy.js';
import { STAGE } from '../request-pool.js';
import { WithMainThread } from './main-thread.js';

const NONE = -1;
/**
 * CPU of a main thread that is woken for a connection until it knows whether it is still there, ms: epoll looks again before
 * it returns (fs/eventpoll.c). Measured with the kernel's scheduler events: 2 to 3 µs for one that finds none.
 */
const LOOK_MS = 0.003;

/**
 * A server whose processes accept eagerly, each with a main thread at its poll. A connection wakes the main threads of all
 * processes that are there (a listener that is polled without EPOLLEXCLUSIVE), in an order that stays as long as the server
 * runs: that in which they began to poll, the last one first (`add_wait_queue`). Who then gets a CPU and his lock first takes
 * the connection; the others find none and go back. So the scheduler decides, and what it owes each thread for the last time.
 */
export class WokenTogether extends WithMainThread {
  /** What each main thread has to do, connections to take and to close and looks; at its poll with 0. */
  private readonly jobs: Int32Array;
  /** The look of each main thread. */
  private readonly looks: Int32Array;

  constructor(policy: Policy, source: RequestSource, ioCalls: number, random: Random, tally: Tally) {
    super(policy, source, ioCalls, random, tally);
    this.jobs = new Int32Array(policy.processes);
    this.looks = Int32Array.from({ length: policy.processes }, () => this.pool.take());
  }

  protected override arrive(counted: boolean): void {
    this.arrivals++;
    const request = this.enter(counted);
    if (this.backlog.length[0]! >= this.policy.backlog) {
      this.refuse(request);
      return;
    }
    this.backlog.append(0, request);
    const woken: number[] = [];
    for (let process = 0; process < this.policy.processes; process++)
      if (this.jobs[process] === 0) woken.push(this.prepareLook(process));
    this.interpreters.wantTogether(woken);
  }

  protected override endBurst(request: number, core: number): void {
    const { pool } = this;
    const process = pool.process[request]!;
    const stage = pool.stage[request]!;
    if (stage === STAGE.looking) this.endLook(process, core);
    else if (stage === STAGE.taken) this.accept(request, process, core);
    else {
      super.endBurst(request, core);
      if (stage === STAGE.closing) this.rest(process);
    }
  }

  protected override close(request: number, process: number): void {
    this.jobs[process]!++;
    super.close(request, process);
  }

  /** Only its main thread takes for a process. */
  protected override takeFromBacklog(): void {}

  private look(process: number): void {
    this.interpreters.want(this.prepareLook(process), process);
  }

  private prepareLook(process: number): number {
    const look = this.looks[process]!;
    this.jobs[process]!++;
    this.pool.process[look] = process;
    this.pool.stage[look] = STAGE.looking;
    this.pool.thread[look] = process;
    this.pool.killAt[look] = Number.POSITIVE_INFINITY;
    this.pool.limit[look] = Number.POSITIVE_INFINITY;
    this.pool.losses[look] = 0;
    this.pool.left[look] = LOOK_MS;
    return look;
  }

  private endLook(process: number, core: number): void {
    if (this.take(process, core)) return;
    this.interpreters.finish(process, core);
    this.rest(process);
  }

  /** The main thread has accepted the connection, which a thread now serves, and takes the next if there is one. */
  private accept(request: number, process: number, core: number): void {
    if (!this.take(process, core)) {
      this.interpreters.finish(process, core);
      this.rest(process);
    }
    this.afterAccept(request, process);
  }

  /** The main thread on `core` goes on with the first connection of the backlog; false where there is none for it. */
  private take(process: number, core: number): boolean {
    if (this.chooser.taken[process]! >= this.policy.connections) return false;
    const request = this.backlog.shift(0);
    if (request === NONE) return false;
    const { pool } = this;
    this.chooser.taken[process]!++;
    pool.process[request] = process;
    pool.stage[request] = STAGE.taken;
    pool.thread[request] = process;
    pool.killAt[request] = Number.POSITIVE_INFINITY;
    pool.limit[request] = Number.POSITIVE_INFINITY;
    pool.left[request] = this.policy.acceptMs;
    this.interpreters.goOn(process, core, request);
    return true;
  }

  /** One job of the main thread is done; with none left it polls, which finds a connection that waits. */
  private rest(process: number): void {
    if (--this.jobs[process]! > 0) return;
    const hasRoom = this.chooser.taken[process]! < this.policy.connections;
    if (hasRoom && this.backlog.length[0]! > 0) this.look(process);
  }
}
