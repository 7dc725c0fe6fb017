import type { ResultName } from '../../input/options/result-names.js';
import type { Configuration, PlanResult } from '../../plan/types.js';
import type { PlanInputs } from '../../profile/types.js';
import type { VariableName } from './vary.js';

/** One varied input of a sweep, in the option's own unit. */
export interface SweepAxis {
  readonly input: VariableName;
  readonly values: readonly number[];
}

export interface SweepPoint {
  /** The varied inputs, in the order of the axes. */
  readonly at: readonly number[];
  /** False where more arrives than can be served; null where no rate is known. */
  readonly stable: boolean | null;
  /** Results by name; null where overloaded or unknown. */
  readonly results: Readonly<Partial<Record<ResultName, number | null>>>;
}

/** The answer of `--find`. */
export interface Found {
  readonly question: string;
  readonly input: VariableName;
  readonly result: ResultName;
  readonly limit: number;
  /** null where the condition holds nowhere or everywhere in the range searched. */
  readonly value: number | null;
  readonly resultThere: number | null;
  /** On which side of `value` the condition holds. */
  readonly holds: 'up to' | 'from' | 'everywhere' | 'nowhere';
}

/** How far a result moves with one input. */
export interface Sensitivity {
  readonly input: VariableName;
  /** Percent by which the result changes for one percent more of the input (elasticity). */
  readonly elasticity: number;
  /** The result with the input 10 % lower and 10 % higher; null where overloaded. */
  readonly low: number | null;
  readonly high: number | null;
  /** True where the input was assumed, not given: measuring it pays. */
  readonly assumed: boolean;
}

/** What uncertain inputs make of the results. */
export interface Interval {
  readonly result: ResultName;
  readonly low: number | null;
  readonly middle: number | null;
  readonly high: number | null;
  /** True where some of the inputs' corners are overloaded. */
  readonly overloads: boolean;
}

export interface SweepResult {
  readonly schemaVersion: 1;
  readonly tool: PlanResult['tool'];
  readonly inputs: PlanInputs;
  /** The configuration that is followed; `followed` says whether it was given or recommended. */
  readonly configuration: Configuration;
  readonly followed: 'given' | 'recommendation';
  readonly axes: readonly SweepAxis[];
  readonly results: readonly ResultName[];
  readonly points: readonly SweepPoint[];
  /** Index of the point of the best result that keeps the objective, the knee, and the limit of the objective. */
  readonly marks: {
    readonly best: number | null;
    /** The rate of the knee, which does not depend on the range, and the first result there. */
    readonly knee: { readonly rate: number; readonly result: number | null } | null;
    readonly limit: number | null;
  };
  readonly found: readonly Found[];
  readonly sensitivity: readonly Sensitivity[];
  readonly intervals: readonly Interval[];
}
