import type { Predict } from '../model/types.js';
import type { Profile } from '../profile/types.js';
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

/** Response times of a configuration from an idle server to near saturation. */
export function latencyCurve(
  profile: Profile,
  configuration: Configuration,
  predict: Predict,
): readonly CurvePoint[] {
  const { capacityPerSecond } = configuration.prediction;
  const system = systemOf(profile, configuration);
  return SHARES.map((share) => {
    const ratePerSecond = share * capacityPerSecond;
    const { stable, meanMs, p95Ms } = predict(system, { ...profile.workload, ratePerSecond });
    return stable === false ? { ratePerSecond, meanMs: null, p95Ms: null } : { ratePerSecond, meanMs, p95Ms };
  });
}
