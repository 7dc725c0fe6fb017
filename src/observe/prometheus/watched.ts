import type { DurationBasis } from '../logs/formats/log-format.js';
import type { Role } from './metrics.js';
import type { Bucket } from './series.js';

/** So much came to a counter within a time; the times are NaN where a look does not tell its own. */
export interface Increase {
  readonly fromMs: number;
  readonly toMs: number;
  readonly amount: number;
}

/** What came to the counters of one process. */
export interface Counted {
  readonly process: string;
  readonly increases: readonly Increase[];
}

/** A process's memory over time. */
export interface Resident {
  readonly process: string;
  /** ms since 1970, rising. */
  readonly times: readonly number[];
  readonly memoryMiB: readonly number[];
}

/** Durations as a histogram counted them. */
export interface CountedDurations {
  /** In ms, in order, none overlapping; empty where only the mean is known. */
  readonly buckets: readonly Bucket[];
  /** Exact where the source tells a sum; null where it must be guessed from the buckets. */
  readonly sumMs: number | null;
  readonly count: number;
}

/** A metric that was used, and for what. */
export interface UsedMetric {
  readonly role: Role;
  /** The metric's name, or the query that was given. */
  readonly name: string;
  readonly exporter: string;
}

/** What a Prometheus, or a file of one, has seen of a service. */
export interface Watched {
  /** The file or the server's address. */
  readonly source: string;
  readonly used: readonly UsedMetric[];
  /** What the durations measure; null without any. */
  readonly basis: DurationBasis | null;
  readonly requests: readonly Counted[] | null;
  readonly durations: CountedDurations | null;
  /** CPU time of all processes, ms; of the same processes as the requests. */
  readonly cpuMs: readonly Counted[] | null;
  readonly memory: readonly Resident[] | null;
  readonly notes: readonly string[];
}
