import { VERSION } from '../../host/version.js';
import type { Facility } from '../../model/discipline.js';
import type { CpuOrder, Predict, Prediction } from '../../model/types.js';
import { configurationOf } from '../../plan/configuration.js';
import { facilityFor, startPlanning } from '../../plan/search/candidate.js';
import { givenConfiguration } from '../../plan/search/given.js';
import type { PlanResult } from '../../plan/types.js';
import { warningsOf } from '../../plan/warnings/warnings.js';
import { explainGiven } from '../../plan/why/choice.js';
import { derive } from '../../plan/why/derivation.js';
import type { Profile } from '../../profile/types.js';
import type { Scheduler } from '../../simulation/engine/policy.js';
import type { Balancing } from '../../simulation/run/setup.js';

/** How the numbers came about. */
export interface SimulationFacts {
  readonly seed: number;
  readonly replications: number;
  /** Requests counted in all. */
  readonly requests: number;
  readonly warmupRequests: number;
  /** Share of the requests by process, largest first. */
  readonly processShares: readonly number[];
  /** Largest relative error that the histogram adds to a percentile. */
  readonly histogramRelativeError: number;
  readonly interrupted: boolean;
  readonly trace: string | null;
  /** Replicas that were simulated together; 1 where one was by itself, with its share of the rate. */
  readonly replicas: number;
  /** How requests were spread over them; null where one was simulated. */
  readonly balancer: Balancing['balancer'] | null;
  readonly balancers: number | null;
  /** Where a request's CPU came: `--cpu-order`. */
  readonly cpuOrder: CpuOrder;
  /** How the cores were shared: `--scheduler`. */
  readonly scheduler: Scheduler;
}

export interface SimulateResult extends PlanResult {
  readonly simulation: SimulationFacts;
}

/** What a profile with a fixed configuration describes. */
export function givenFacility(profile: Profile, predict: Predict): Facility {
  const planning = startPlanning(profile, predict);
  return facilityFor(profile, givenConfiguration(planning)!.candidate);
}

/** A simulated prediction as the answer of `plan` for the given configuration, with nothing recommended. */
export function resultOf(
  profile: Profile,
  predict: Predict,
  simulated: Prediction,
  simulation: SimulationFacts,
): SimulateResult {
  const given = JSON.stringify(givenFacility(profile, predict));
  const planning = startPlanning(profile, (facility, workload) =>
    JSON.stringify(facility) === given ? simulated : predict(facility, workload),
  );
  const evaluated = givenConfiguration(planning)!;
  return {
    schemaVersion: 1,
    tool: { name: 'wcalc', version: VERSION },
    inputs: profile.inputs,
    assumptions: profile.assumptions,
    origins: Object.fromEntries(Object.entries(profile.origins).map(([name, { where }]) => [name, where])),
    recommendation: null,
    leanest: null,
    given: configurationOf(planning, evaluated, ...explainGiven(planning, evaluated)),
    strategies: [],
    classes: [],
    unsuitableClasses: [],
    warnings: warningsOf(planning, null, evaluated),
    derivation: derive(planning, null, evaluated),
    models: [],
    simulation,
  };
}
