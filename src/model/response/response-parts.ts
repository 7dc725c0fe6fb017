import type { Demand } from '../../math/laws/limited-mean.js';
import type { ConnectionWaits } from '../connections/waits.js';
import type { Slowdown } from './contention.js';
import type { WholeWait } from './whole-wait.js';

/**
 * A wait that is 0 with the rest of the probability, and otherwise exponential with one of the means, on condition that
 * it is at most `mostMs`, as long as a full backlog takes.
 */
export type Wait = readonly {
  readonly probability: number;
  readonly meanMs: number;
  readonly mostMs?: number;
  /** Mean of an exponential wait that follows. */
  readonly thenMs?: number;
}[];

/** A line at a CPU, joined `visits` times: nobody is there with probability 1 − `busy`. */
export interface Line {
  readonly busy: number;
  /** Mean wait per visit, those that need not wait included. */
  readonly meanMs: number;
  readonly visits: number;
  /** Correlation between the waits of one request's visits. */
  readonly linked: number;
}

/** How a response time is put together: a wait for a thread, the stretched CPU time, and the I/O. */
export interface ResponseParts {
  readonly wait: Wait;
  readonly cpu: Demand;
  readonly io: Demand;
  readonly cpuParts: number;
  /** The equal parts that it waits like where it is done in turns; `cpuParts` when left out. */
  readonly bursts?: number;
  readonly slowdown: Slowdown;
  /** Mean stretch of the CPU time of requests that did not, and that did wait. */
  readonly stretch: { readonly free: number; readonly waited: number };
  /** Share of the CPU work done in turns; the rest waits for the CPU first come first served, once per part. */
  readonly inTurns: number;
  /** Correlation between the waits of one request at the CPU. */
  readonly linked: number;
  readonly wholeWait?: WholeWait;
  /** Waits for database connections, where there is a line for them. */
  readonly connections?: ConnectionWaits | undefined;
  /** Lines that are not part of the stretch. */
  readonly lines?: readonly Line[];
  /** With this probability, two lines that stand for the wait and all lines, and are as long as each other. */
  readonly alike?: { readonly probability: number; readonly lines: readonly [Line, Line] };
}
