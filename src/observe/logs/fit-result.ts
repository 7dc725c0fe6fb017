import type { Law } from '../../math/laws/law.js';
import type { Prediction } from '../../model/types.js';
import type { WorkerClass } from '../../servers/index.js';
import type { Missing } from '../values.js';
import type { DurationBasis } from './formats/log-format.js';
import type { FittedLaw } from './laws.js';
import type { BrokenExample } from './reading/read-logs.js';
import type { Arrivals, Concurrency } from './timeline.js';

/** Mean, variation and percentiles of a duration, ms. */
export interface DurationSummary {
  readonly count: number;
  readonly meanMs: number;
  /** Standard deviation over mean. */
  readonly cv: number;
  readonly minMs: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  /** Compact distribution; null where there is too little to make one. */
  readonly empirical: Extract<Law, { kind: 'empirical' }> | null;
}

export interface RouteSummary {
  readonly route: string;
  readonly requests: number;
  /** The times are null of a log without durations. */
  readonly meanMs: number | null;
  readonly p95Ms: number | null;
  readonly maxMs: number | null;
  /** Share of all service time. */
  readonly timeShare: number | null;
}

interface ProcessShare {
  /** The machine whose log names the process, where logs of several were merged. */
  readonly host?: string;
  readonly pid: number;
  readonly requests: number;
  readonly share: number;
  readonly meanMs: number | null;
}

/** How the requests spread over the worker processes. */
export interface Processes {
  readonly pids: readonly ProcessShare[];
  readonly count: number;
  /** Requests of the busiest process over the mean of all. */
  readonly skew: number;
}

/** The configuration that the user says is running. */
export interface Current {
  readonly workerClass: WorkerClass | null;
  readonly workers: number;
  readonly threads: number;
  /** Requests it can serve at once. */
  readonly slots: number;
  /** Mean of the busy slots over all slots; the same in the busiest minute is not known better than its rate. */
  readonly utilization: number;
  /** Utilisation at the rate of the busiest minute. */
  readonly peakUtilization: number | null;
  /** Share of the time in which nearly all slots were busy. */
  readonly saturatedShare: number;
}

/** A number that the model predicts beside the same of the log. */
export interface Comparison {
  readonly quantity: string;
  readonly predicted: number | null;
  readonly observed: number | null;
  /** (predicted − observed) / observed. */
  readonly error: number | null;
}

export interface CompareResult {
  readonly prediction: Prediction;
  readonly rows: readonly Comparison[];
  readonly notes: readonly string[];
}

/** What `wcalc fit` learnt from access logs. */
export interface FitResult {
  readonly log: {
    readonly files: readonly string[];
    readonly bytes: number;
    readonly format: string;
    readonly basis: DurationBasis;
    readonly lines: number;
    readonly requests: number;
    readonly brokenLines: number;
    readonly brokenExamples: readonly BrokenExample[];
    /** Lines of another kind, such as messages of the application. */
    readonly otherLines: number;
    readonly withoutDuration: number;
    /** ms since 1970; null where the log has no times. */
    readonly firstMs: number | null;
    readonly lastMs: number | null;
    readonly statusShares: Readonly<Record<string, number>>;
  };
  readonly arrivals: Arrivals | null;
  /** Null of a log without durations. */
  readonly service: DurationSummary | null;
  readonly laws: readonly FittedLaw[];
  readonly cpu: DurationSummary | null;
  readonly io: DurationSummary | null;
  readonly ioRatio: number | null;
  readonly routes: readonly RouteSummary[];
  readonly processes: Processes | null;
  readonly concurrency: Concurrency | null;
  readonly current: Current | null;
  readonly compare: CompareResult | null;
  readonly unknowns: readonly Missing[];
  readonly notes: readonly string[];
  /** Relative error of percentiles. */
  readonly relativeError: number;
}
