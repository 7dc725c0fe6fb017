import type { Predict, System, Workload } from '../model/types.js';
import type { MemoryBudget, Profile } from '../profile/types.js';
import { systemOf } from './candidate.js';
import type { Configuration } from './types.js';

/** Response times at one rate; null where overloaded. */
export interface CurvePoint {
  readonly ratePerSecond: number;
  readonly meanMs: number | null;
  readonly p95Ms: number | null;
}

/** Shares of the capacity: denser towards saturation, where the curve bends. */
const SHARES = [
  0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.58, 0.65, 0.71, 0.76, 0.8, 0.84, 0.87, 0.9, 0.92, 0.94, 0.96, 0.975,
];

/** What a chart or an interactive page needs beside the plan itself. */
export interface Drawing {
  readonly curve: readonly CurvePoint[];
  readonly system: System;
  readonly workload: Workload;
  readonly memory: MemoryBudget;
  /** What the objective allows the p95, in ms; null where it does not say. */
  readonly p95LimitMs: number | null;
  /** The command that made it, quoted for a shell. */
  readonly command: string;
}

/** The drawing of a configuration. */
export const drawingOf = (
  profile: Profile,
  configuration: Configuration,
  predict: Predict,
  command: string,
): Drawing => ({
  command,
  curve: latencyCurve(
    systemOf(profile, configuration),
    profile.workload,
    configuration.prediction.capacityPerSecond,
    predict,
  ),
  system: systemOf(profile, configuration),
  workload: profile.workload,
  memory: profile.memory,
  p95LimitMs: profile.objective.limits.find(({ metric }) => metric === 'p95')?.limit ?? null,
});

/** Response times of a configuration from an idle server to near saturation. */
export function latencyCurve(
  system: System,
  workload: Workload,
  capacityPerSecond: number,
  predict: Predict,
): readonly CurvePoint[] {
  return SHARES.map((share) => {
    const ratePerSecond = share * capacityPerSecond;
    const { stable, meanMs, p95Ms } = predict(system, { ...workload, ratePerSecond });
    return stable === false ? { ratePerSecond, meanMs: null, p95Ms: null } : { ratePerSecond, meanMs, p95Ms };
  });
}
