import { Histogram } from '../../math/statistics/histogram.js';

/** What a run counts, of the requests that arrived after its warm-up. Times in ms. */
export class Tally {
  readonly histogram: Histogram;
  /** Requests answered. */
  served = 0;
  /** Requests that could not be served at once. */
  waited = 0;
  rejected = 0;
  killed = 0;
  sumMs = 0;
  /** Time over which the loads are taken: while counted requests arrive. */
  spanMs = 0;
  /** CPU of the requests that were started. */
  cpuBusyMs = 0;
  /** Time that they held a slot. */
  slotBusyMs = 0;
  /** Requests that waited for a database connection, and for how long all together. */
  connectionWaits = 0;
  connectionMs = 0;
  readonly servedBy: Float64Array;
  /** Response times in order of departure, where a caller wants them (short runs only). */
  responses: number[] | null;

  constructor(
    processes: number,
    keepResponses = false,
    histogram = new Histogram(),
    servedBy = new Float64Array(processes),
  ) {
    this.histogram = histogram;
    this.servedBy = servedBy;
    this.responses = keepResponses ? [] : null;
  }

  respond(responseMs: number): void {
    this.served++;
    this.sumMs += responseMs;
    this.histogram.add(responseMs);
    if (this.responses !== null) this.responses.push(responseMs);
  }

  /** For how long an answered request waited for database connections. */
  waitForConnections(waitMs: number): void {
    this.connectionMs += waitMs;
    if (waitMs > 0) this.connectionWaits++;
  }

  get arrived(): number {
    return this.served + this.rejected + this.killed;
  }
}

/** A tally as plain data, for the way between threads. */
export type TallyData = ReturnType<typeof packTally>;

export const packTally = (tally: Tally) => ({
  counts: tally.histogram.counts,
  servedBy: tally.servedBy,
  served: tally.served,
  waited: tally.waited,
  rejected: tally.rejected,
  killed: tally.killed,
  sumMs: tally.sumMs,
  spanMs: tally.spanMs,
  cpuBusyMs: tally.cpuBusyMs,
  slotBusyMs: tally.slotBusyMs,
  connectionWaits: tally.connectionWaits,
  connectionMs: tally.connectionMs,
});

export function unpackTally(
  { counts, servedBy, ...numbers }: TallyData,
  responses: number[] | null = null,
): Tally {
  const histogram = new Histogram(counts as Float64Array<ArrayBuffer>);
  const tally = new Tally(servedBy.length, false, histogram, Float64Array.from(servedBy));
  return Object.assign(tally, numbers, { responses });
}
