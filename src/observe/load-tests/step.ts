/** What became of one step of a load test. Times in ms; null where the generator does not tell. */
export interface StepTimes {
  readonly meanMs: number | null;
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly maxMs: number | null;
}

/** A stretch of a load test in which the load was the same. */
export interface LoadStep {
  /** The file, and which part of it where it holds several steps. */
  readonly source: string;
  readonly tool: string;
  /** `closed`: each user sends a request when the last one was answered. `open`: requests are sent at a rate, whatever comes back. */
  readonly loop: 'open' | 'closed';
  /** Users or connections of a closed generator; null where it does not tell. */
  readonly users: number | null;
  /** Requests sent per second by an open generator; null where it does not tell or is closed. */
  readonly offeredPerSecond: number | null;
  readonly seconds: number | null;
  readonly requests: number | null;
  /** Requests that came to an end per second, failed ones included; > 0. */
  readonly throughputPerSecond: number;
  /** Share of the requests that failed. */
  readonly errorShare: number | null;
  readonly times: StepTimes;
  /** What to know of this step's numbers. */
  readonly notes: readonly string[];
}

export const NO_TIMES: StepTimes = {
  meanMs: null,
  p50Ms: null,
  p90Ms: null,
  p95Ms: null,
  p99Ms: null,
  maxMs: null,
};

/** Mean number of requests in flight, by Little's law; null without a mean time. */
export const inFlight = ({ throughputPerSecond, times }: LoadStep): number | null =>
  times.meanMs === null ? null : (throughputPerSecond * times.meanMs) / 1000;

/** Time that a user of a closed step lets pass between answer and next request, by the response time law N/X − R, ms; ≥ 0. */
export function thinkTimeMs({ loop, users, throughputPerSecond, times }: LoadStep): number | null {
  if (loop === 'open' || users === null || times.meanMs === null) return null;
  return Math.max(0, (1000 * users) / throughputPerSecond - times.meanMs);
}
