/** Complementary distribution and percentiles of a random duration. */
export interface Durations {
  readonly mean: number;
  /** P(X > t), t ≥ 0: non-increasing, accurate in the tail (no 1 − F). */
  tail(t: number): number;
  /** Smallest t with P(X ≤ t) ≥ p, 0 ≤ p < 1; 0 where an atom at 0 covers p. */
  percentile(p: number): number;
}

/**
 * What a queueing system does in the long run, in the caller's unit of time (rates are per that unit).
 * Of an unstable system only `stable`, the loads and `throughput` (its capacity) mean anything: the rest is null.
 */
export interface QueueResult {
  readonly stable: boolean;
  readonly servers: number;
  /** Arrival rate × mean service time, in erlangs. */
  readonly offeredLoad: number;
  /** Busy share of the servers. */
  readonly utilization: number;
  /** Probability that an (accepted) arrival waits. */
  readonly waitProbability: number | null;
  /** Probability that an arrival is refused; 0 where nothing is ever refused. */
  readonly blockingProbability: number;
  readonly throughput: number;
  readonly meanQueueLength: number | null;
  readonly meanInSystem: number | null;
  readonly wait: Durations | null;
  readonly sojourn: Durations | null;
  /** True where the numbers are exact but for rounding. */
  readonly exact: boolean;
  /** The route by which they were found, such as `QBD (logarithmic reduction)`. */
  readonly route: string;
  /** Of approximations: the measured error band, such as `mean wait ±2 % (95 % of cases)`. */
  readonly errorBand?: string;
}
