import type { PartOfFleet, Survive } from '../input/quantity/part-of-fleet.js';
import type { Balancer } from '../model/balancers/known-queues.js';
import type { Predict } from '../model/types.js';
import type { Assumption, Profile } from '../profile/types.js';
import type { RatePoint } from './rates.js';

/** What one replica may be; `pricePerHour` is null where nothing has a price. */
export interface Shape {
  readonly name: string;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly pricePerHour: number | null;
}

/** How replicas are replaced by new ones. */
export interface UpdatePolicy {
  readonly surge: PartOfFleet;
  readonly maxUnavailable: PartOfFleet;
}

/** A question about a fleet that is complete. */
export interface FleetQuestion {
  /** The workload, at the rate of the whole fleet, and a worker's memory; cores and memory are those of each shape in turn. */
  readonly profile: Profile;
  readonly shapes: readonly Shape[];
  /** What of a replica's memory is to stay free, as a share of it. */
  readonly freeShare: number;
  readonly balancer: Balancer;
  /** Independent balancers, ≥ 1. */
  readonly balancers: number;
  readonly survive: Survive;
  /** Zones that the replicas are spread over evenly, ≥ 1. */
  readonly zones: number;
  readonly update: UpdatePolicy;
  /** Replicas that the user has; null where wcalc chooses. */
  readonly replicas: number | null;
  /** Growth of the rate per minute, as a share of it, ≥ 0. */
  readonly growthPerMinute: number;
  /** Time from the need of a replica until it serves, ms. */
  readonly reactionMs: number;
  /** The rate over time; null where only the peak is known. */
  readonly rates: readonly RatePoint[] | null;
  /** What was taken for options that were left out, beside those of the profile. */
  readonly assumptions: readonly Assumption[];
}

/** A question with what answers it, which is asked for each system and rate once. */
export interface FleetPlanning extends FleetQuestion {
  /** Predictions for one of so many replicas behind their balancers. */
  readonly predictFor: (replicas: number) => Predict;
}
