import type { Random } from '../../math/random/random.js';
import type { Interpreters } from './interpreters.js';
import type { Policy } from './policy.js';

const NONE = -1;

/** Which process takes an arrival, from the state of all. */
export class ProcessChooser {
  /** Requests that a process has taken and not finished. */
  readonly taken: Int32Array;
  /** Of these, the ones in a slot. */
  readonly serving: Int32Array;
  private readonly policy: Policy;
  private readonly interpreters: Interpreters;
  private readonly random: Random;
  private readonly cumulative: Float64Array | null;
  private readonly assigned: Int32Array | null;
  private arrivals = 0;

  constructor(policy: Policy, interpreters: Interpreters, random: Random) {
    this.interpreters = interpreters;
    this.policy = policy;
    this.random = random;
    this.taken = new Int32Array(policy.processes);
    this.serving = new Int32Array(policy.processes);
    const { choice, processes } = policy;
    this.cumulative = Array.isArray(choice) ? cumulate(choice, processes) : null;
    this.assigned = typeof choice === 'object' && 'processes' in choice ? choice.processes : null;
  }

  /** A process that takes the request now, or −1: it waits in the backlog. */
  choose(): number {
    if (this.assigned !== null) return this.assigned[this.arrivals++] ?? NONE;
    if (this.policy.processes === 1) return this.hasRoom(0) ? 0 : NONE;
    if (this.policy.accepts === 'between-turns')
      return this.firstFrom(this.random.below(this.policy.processes));
    if (this.cumulative !== null) return this.firstFrom(this.weighted(this.cumulative));
    if (this.policy.choice === 'random') return this.firstFrom(this.random.below(this.policy.processes));
    return this.leastLoaded();
  }

  /** The process takes a request; false where it is at its limit and refuses it. */
  take(process: number): boolean {
    if (this.taken[process]! >= this.policy.limit) return false;
    this.taken[process]!++;
    return true;
  }

  private hasRoom(process: number): boolean {
    if (this.taken[process]! >= this.policy.connections) return false;
    if (this.policy.accepts !== 'between-turns') return true;
    return this.policy.slots === 1 ? this.serving[process] === 0 : this.interpreters.isIdle(process);
  }

  private firstFrom(start: number): number {
    const { processes } = this.policy;
    for (let n = 0; n < processes; n++) {
      const process = start + n < processes ? start + n : start + n - processes;
      if (this.hasRoom(process)) return process;
    }
    return NONE;
  }

  /** Fewest requests; among equals any, by a random start. */
  private leastLoaded(): number {
    const { processes, connections } = this.policy;
    let best = NONE;
    let fewest = connections;
    const start = this.random.below(processes);
    for (let n = 0; n < processes; n++) {
      const process = start + n < processes ? start + n : start + n - processes;
      if (this.taken[process]! < fewest) {
        fewest = this.taken[process]!;
        best = process;
        if (fewest === 0) break;
      }
    }
    return best;
  }

  private weighted(cumulative: Float64Array): number {
    const at = this.random.uniform() * cumulative[cumulative.length - 1]!;
    let process = 0;
    while (process < cumulative.length - 1 && cumulative[process]! <= at) process++;
    return process;
  }
}

function cumulate(weights: readonly number[], processes: number): Float64Array {
  const cumulative = new Float64Array(processes);
  let sum = 0;
  for (let process = 0; process < processes; process++) {
    sum += weights[process] ?? 0;
    cumulative[process] = sum;
  }
  return cumulative;
}
