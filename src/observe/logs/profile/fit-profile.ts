import type { Moments } from '../../../math/statistics/moments.js';
import type { FormatSummary } from '../reading/read-logs.js';

/** Marks a file as one of these. */
export const PROFILE_KIND = 'wcalc-fit-profile';
export const PROFILE_VERSION = 1;

/** Runs of counts that are not 0: the place of the first, then the counts. */
export type Runs = readonly (readonly number[])[];

/** Durations of one kind. */
export interface StoredDurations extends Readonly<Moments> {
  /** Counts in the histogram's bins, 128 to an octave from 2⁻²⁰ ms on. */
  readonly bins: Runs;
}

/** A stretch of time, cell by cell. */
interface StoredCells {
  /** Start of the first cell, seconds since 1970 over the width of a cell. */
  readonly from: number;
  readonly arrivals: readonly number[];
  /** Seconds of work in requests that fill a cell only partly. */
  readonly partly: readonly number[];
  /** Requests that begin (+) or cease (−) to fill whole cells. */
  readonly change: readonly number[];
}

/**
 * What `wcalc fit --format profile` writes: the values and laws that `--profile` reads, and everything that was counted, so
 * that the profiles of parts can be merged to that of the whole.
 */
export interface FitProfile {
  readonly kind: typeof PROFILE_KIND;
  readonly schemaVersion: typeof PROFILE_VERSION;
  readonly values: Readonly<Record<string, { readonly value: string; readonly where: string }>>;
  readonly laws: Readonly<Partial<Record<'service' | 'cpu' | 'io', readonly number[]>>>;
  readonly format: FormatSummary;
  readonly files: readonly string[];
  readonly bytes: number;
  readonly notes: readonly string[];
  readonly lines: number;
  readonly brokenLines: number;
  readonly otherLines: number;
  readonly requests: number;
  readonly withoutDuration: number;
  /** Requests by the first digit of their status. */
  readonly statuses: readonly number[];
  readonly durations: StoredDurations;
  readonly logDurations: Readonly<Moments>;
  readonly cpu: StoredDurations;
  readonly io: StoredDurations;
  readonly time: {
    /** ms since 1970; null where the logs have no times. */
    readonly firstMs: number | null;
    readonly lastMs: number | null;
    readonly fractions: boolean;
    readonly backwards: boolean;
    readonly cellSeconds: number;
    readonly cells: readonly StoredCells[];
  };
  readonly routes: readonly {
    readonly route: string;
    readonly requests: number;
    readonly totalMs: number;
    readonly largestMs: number;
    /** Counts in bins, 32 to an octave. */
    readonly bins: Runs;
  }[];
  readonly processes: readonly {
    readonly host: string;
    readonly pid: number;
    readonly requests: number;
    readonly totalMs: number;
  }[];
}
