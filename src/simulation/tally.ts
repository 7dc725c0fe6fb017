import { Histogram } from './histogram.js';

/** What a run counts, of the requests that arrived after its warm-up. Times in ms. Plain data and a histogram. */
export class Tally {
  readonly histogram: Histogram;
  /** Requests answered. */
  served = 0;
  waited = 0;
  rejected = 0;
  killed = 0;
  sumMs = 0;
  sumSquaresMs = 0;
  maxMs = 0;
  /** Time from the first to the last counted moment. */
  spanMs = 0;
  cpuBusyMs = 0;
  slotBusyMs = 0;
  readonly servedBy: Float64Array;
  /** Response times in order, where a caller wants them (short runs only). */
  readonly responses: number[] | null;

  constructor(processes: number, keepResponses = false) {
    this.histogram = new Histogram();
    this.servedBy = new Float64Array(processes);
    this.responses = keepResponses ? [] : null;
  }

  respond(responseMs: number): void {
    this.served++;
    this.sumMs += responseMs;
    this.sumSquaresMs += responseMs * responseMs;
    if (responseMs > this.maxMs) this.maxMs = responseMs;
    this.histogram.add(responseMs);
    if (this.responses !== null) this.responses.push(responseMs);
  }

  get arrived(): number {
    return this.served + this.rejected + this.killed;
  }
}
