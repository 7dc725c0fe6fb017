/**
 * What a process takes from the common backlog, which exists only while all are busy, when a burst ends: all of it, but
 * only once it has nothing else to do; all of it; or one request.
 */
export type Takes = 'when-dry' | 'every-turn' | 'one-per-turn';

/** Processes that take a request when idle; while all are busy, requests wait for one to come round. Rates per ms. */
export interface Loops {
  readonly processes: number;
  /** New requests; they go to an idle process where there is one. */
  readonly arrivals: number;
  /** Bursts after a wait; they go to the process that their request belongs to, busy or not. */
  readonly returns: number;
  readonly takes: Takes;
  /** Turns of a loop per burst, ≥ 1: at those that end none it takes from the backlog all the same (but for `when-dry`). */
  readonly turns: number;
  /** Completions of all processes while `busy` of them work. */
  completions(busy: number): number;
}

/** Long-run means. Lines are what waits in a process beside the burst that it runs. */
export interface LoopState {
  /** P(busy = r), r = 0…processes. */
  readonly busy: Float64Array;
  readonly meanBusy: number;
  readonly meanInLines: number;
  readonly meanInBacklog: number;
  /** Processes with a line. */
  readonly meanLined: number;
}
