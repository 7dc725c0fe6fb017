import type { ConfigurationPrediction, DerivationStep } from '../plan/types.js';
import type { Assumption, PlanInputs } from '../profile/types.js';
import type { Settings } from '../servers/server.js';
import type { DayPlan } from './day.js';
import type { Shape } from './question.js';

/** What keeps a fleet from being smaller. */
export type FleetBound = 'cpu' | 'memory' | 'slo' | 'survive' | 'update' | 'connections';

/** A number of replicas of one shape with the same inside, and what they do. */
export interface Fleet {
  readonly shape: Shape;
  readonly replicas: number;
  readonly server: string;
  readonly workerClass: string | null;
  readonly workers: number;
  readonly threads: number;
  readonly ratePerReplica: number;
  readonly prediction: ConfigurationPrediction;
  /** With those gone that are to be survived. */
  readonly lost: { readonly replicas: number; readonly prediction: ConfigurationPrediction };
  /** While an update rolls: most replicas at once, fewest that serve, and what they take. */
  readonly update: {
    readonly replicas: number;
    readonly unavailable: number;
    readonly memoryMiB: number;
    readonly dbConnections: number;
    readonly prediction: ConfigurationPrediction;
  };
  readonly autoscaling: Autoscaling | null;
  readonly totalCores: number;
  readonly totalMemoryMiB: number;
  /** Database connections of all replicas together, without an update. */
  readonly dbConnections: number;
  /** null where nothing has a price. */
  readonly pricePerMonth: number | null;
  readonly pricePerMillionRequests: number | null;
  readonly boundBy: FleetBound;
  readonly meetsObjective: boolean;
  readonly settings: Settings;
  /** One plain sentence: why so many of these. */
  readonly why: string;
}

/** What those left do while some replicas are gone. */
export interface Loss {
  readonly gone: number;
  readonly serving: number;
  readonly prediction: ConfigurationPrediction;
  readonly meetsObjective: boolean;
}

/** Bounds and targets for an autoscaler. */
export interface Autoscaling {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** Busy share of the requested CPU, percent. */
  readonly cpuTargetPercent: number;
  /** Requests in flight per replica. */
  readonly inFlightTarget: number;
  /** Requests per second of one replica that the targets stand for, and those at which the objective ends. */
  readonly targetRate: number;
  readonly limitRate: number;
}

/** A shape that no number of replicas makes do. */
export interface UnusableShape {
  readonly shape: Shape;
  readonly reason: string;
}

/** The answer of `fleet`. */
export interface FleetResult {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'wcalc'; readonly version: string };
  readonly inputs: PlanInputs;
  readonly assumptions: readonly Assumption[];
  readonly recommendation: Fleet | null;
  /** The replicas that the user has, of the recommended shape; null where none were given. */
  readonly given: Fleet | null;
  /** The best fleet of each shape, in the order given. */
  readonly shapes: readonly Fleet[];
  readonly unusableShapes: readonly UnusableShape[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  /** How the number of replicas of the given or recommended fleet came about. */
  readonly derivation: readonly DerivationStep[];
  /** While 0, 1, 2 … replicas of the given or recommended fleet are gone: until the objective is missed, at most nine. */
  readonly losses: readonly Loss[];
  /** Over the rates of a day or week, where they were given. */
  readonly day: DayPlan | null;
}

/** What the user has, where it was given, else what is recommended. */
export const fleetInUse = ({ given, recommendation }: FleetResult): Fleet | null => given ?? recommendation;
