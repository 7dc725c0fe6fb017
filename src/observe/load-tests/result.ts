import type { Missing } from '../values.js';
import type { Explanation } from './explaining/explain.js';
import type { Scalability } from './scalability.js';
import type { LoadStep } from './step.js';

/** A step with what follows from it. */
export interface AnalysedStep extends LoadStep {
  /** Mean number of requests in flight, by Little's law. */
  readonly inFlight: number | null;
  /** Of a closed step, the mean time between answer and next request, ms. */
  readonly thinkTimeMs: number | null;
  /** Whether the generator's waiting hides what users at a rate would have felt (coordinated omission). */
  readonly omitsWaiting: boolean;
  /** Whether an open step could not keep up with what was offered. */
  readonly saturated: boolean;
}

/** Predicted beside measured, of one step. */
export interface StepComparison {
  readonly source: string;
  readonly rows: readonly {
    readonly quantity: string;
    readonly predicted: number | null;
    readonly measured: number;
    /** (predicted − measured) / measured. */
    readonly error: number | null;
  }[];
}

/** What `wcalc fit --load-test` learnt. */
export interface LoadTestResult {
  readonly files: readonly string[];
  readonly steps: readonly AnalysedStep[];
  readonly scalability: Scalability | null;
  readonly explanation: Explanation | null;
  readonly comparison: readonly StepComparison[] | null;
  readonly unknowns: readonly Missing[];
  readonly notes: readonly string[];
}
