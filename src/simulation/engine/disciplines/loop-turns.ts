import type { Random } from '../../../math/random/random.js';
import type { Tally } from '../../run/run-totals.js';
import type { RequestSource } from '../arrivals.js';
import { Engine } from '../engine.js';
import type { Policy } from '../policy.js';
import { Lines } from '../request-pool.js';

const NONE = -1;
/** By how many a loop that took all that it might raises what it may (twisted/internet/tcp.py). */
const MORE = 20;

/**
 * Event loops whose answers do not leave at once, turn by turn: a turn runs what was ready when it began, in order; what
 * becomes ready meanwhile belongs to the next, before which the loop takes new connections.
 */
export class LoopTurns extends Engine {
  /** What the present turn of each process has yet to run. */
  private readonly left: Int32Array;
  /** Answers of the present turn, and of the one before, that have not left. */
  private readonly unsent: Lines;
  private readonly unsentBefore: Lines;
  /** Connections that each process takes at most. */
  private readonly most: Float64Array;

  constructor(policy: Policy, source: RequestSource, ioCalls: number, random: Random, tally: Tally) {
    super(policy, source, ioCalls, random, tally);
    this.left = new Int32Array(policy.processes);
    this.unsent = new Lines(this.pool, policy.processes);
    this.unsentBefore = new Lines(this.pool, policy.processes);
    this.most = new Float64Array(policy.processes).fill(policy.acceptsAtOnce);
  }

  protected override endBurst(request: number, core: number): void {
    const process = this.pool.process[request]!;
    super.endBurst(request, core);
    if (this.left[process]! <= 0) this.beginTurn(process);
  }

  /** Asked once for each burst. A burst that a loop which was idle began is a turn by itself. */
  protected override endsTurn(process: number): boolean {
    return --this.left[process]! <= 0;
  }

  protected override takeFromBacklog(process: number): void {
    const [most, before] = [this.most[process]!, this.chooser.taken[process]!];
    super.takeFromBacklog(process, most);
    const taken = this.chooser.taken[process]! - before;
    if (this.policy.acceptsAsBefore && taken > 0) this.most[process] = taken === most ? most + MORE : taken;
  }

  /** The answer is ready; it leaves later. */
  protected override respond(request: number, process: number): void {
    this.unsent.append(process, request);
  }

  private beginTurn(process: number): void {
    const next = this.interpreters.ready(process);
    this.left[process] = next;
    this.send(this.unsentBefore, process);
    if (this.policy.answersLeave === 'after-turn' || next === 0) this.send(this.unsent, process);
    else
      for (let answer = this.unsent.shift(process); answer !== NONE; answer = this.unsent.shift(process))
        this.unsentBefore.append(process, answer);
  }

  private send(answers: Lines, process: number): void {
    for (let answer = answers.shift(process); answer !== NONE; answer = answers.shift(process))
      super.respond(answer, process);
  }
}
