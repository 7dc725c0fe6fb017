import type { Facility } from '../../model/discipline.js';
import type { Predict, Workload } from '../../model/types.js';
import type { Objective, Profile } from '../../profile/types.js';
import type { CurvePoint, Drawing } from '../drawing.js';
import { kindNamed } from '../kinds.js';
import type { Configuration } from '../types.js';
import { circumstancesOf, facilityAt } from './candidate.js';
import { requestTimesOf, slotsWithoutRate } from './demand.js';

/** Shares of the capacity: denser towards saturation, where the curve bends. */
const SHARES = [
  0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.58, 0.65, 0.71, 0.76, 0.8, 0.84, 0.87, 0.9, 0.92, 0.94, 0.96, 0.975,
];

/** The drawing of a configuration. */
export function drawingOf(
  profile: Profile,
  configuration: Configuration,
  predict: Predict,
  command: string,
): Drawing {
  const { workers, threads, workerConnections } = configuration;
  const kind = kindNamed(configuration);
  const candidate = { kind, workers, threads, workerConnections };
  const circumstances = circumstancesOf(profile, kind);
  const at = { candidate, circumstances, cores: profile.cores };
  const { workload, memory, objective } = profile;
  const demand = requestTimesOf(profile);
  return {
    command,
    curve: latencyCurve(facilityAt(at), workload, configuration.prediction.capacityPerSecond, predict),
    ...at,
    workload,
    memory,
    demand,
    busySlots: slotsWithoutRate(profile, demand),
    objective,
    p95LimitMs: p95LimitOf(objective),
  };
}

function p95LimitOf({ limits }: Objective): number | null {
  const p95 = limits.flatMap(({ metric, limit }) => (metric === 'p95' ? [limit] : []));
  return p95.length > 0 ? Math.min(...p95) : null;
}

/** Response times of a configuration from an idle server to near saturation. */
export function latencyCurve(
  facility: Facility,
  workload: Workload,
  capacityPerSecond: number,
  predict: Predict,
): readonly CurvePoint[] {
  return SHARES.map((share) => {
    const ratePerSecond = share * capacityPerSecond;
    const { stable, meanMs, p95Ms } = predict(facility, { ...workload, ratePerSecond });
    return stable === false ? { ratePerSecond, meanMs: null, p95Ms: null } : { ratePerSecond, meanMs, p95Ms };
  });
}
