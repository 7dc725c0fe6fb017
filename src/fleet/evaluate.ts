import { predict } from '../model/predict.js';
import type { Predict, Prediction } from '../model/types.js';
import { kindNamed } from '../plan/kinds.js';
import { plan } from '../plan/plan.js';
import { facilityFor } from '../plan/search/candidate.js';
import { judge } from '../plan/search/judge.js';
import type { Configuration } from '../plan/types.js';
import type { Profile } from '../profile/types.js';
import type { FleetBound } from './plan-of-fleet.js';
import type { FleetQuestion, Shape } from './question.js';
import { behindBalancer } from './replica.js';
import { type RollingUpdate, rollingUpdate } from './rolling-update.js';

/** Load at which a replica is run at most while nothing is amiss, as a share of its capacity. */
const MOST_LOAD = 0.8;

/** A number of replicas of a shape, looked at in all its states. */
export interface Look {
  readonly shape: Shape;
  readonly replicas: number;
  /** What runs inside; null where not one worker fits. */
  readonly inside: Configuration | null;
  readonly states: {
    readonly normal: State;
    readonly lost: State;
    readonly update: State;
  } | null;
  readonly update: RollingUpdate;
  readonly dbConnections: number;
  /** What is missed, first what is worst; null where all holds. */
  readonly missedBy: FleetBound | null;
}

/** So many replicas that serve, and what each does. */
interface State {
  readonly serving: number;
  readonly prediction: Prediction;
}

/** Replicas that are gone at once where what is to be survived happens. */
export const goneOf = ({ survive, zones }: FleetQuestion, replicas: number): number =>
  survive === 'zone' ? Math.ceil(replicas / zones) : survive;

/** One replica's question: a shape's cores and memory, the share of the rate, and the connections of an update. */
function profileOf(question: FleetQuestion, shape: Shape, serving: number, running: number): Profile {
  const { profile } = question;
  return {
    ...profile,
    cores: shape.cores,
    memory: { ...profile.memory, memoryMiB: shape.memoryMiB },
    workload: { ...profile.workload, ratePerSecond: profile.workload.ratePerSecond! / serving },
    server: { ...profile.server, replicas: running },
  };
}

const predictFor = ({ balancer, balancers }: FleetQuestion, replicas: number): Predict =>
  behindBalancer(predict, { balancer, balancers, replicas });

/**
 * What so many replicas of a shape do: the configuration inside is what `plan` gives for the fewest that ever serve; then it
 * is looked at with all of them, with those gone that are to be survived, and during an update.
 */
export function lookAt(question: FleetQuestion, shape: Shape, replicas: number): Look {
  const update = rollingUpdate(replicas, question.update);
  const gone = goneOf(question, replicas);
  const fewest = Math.max(1, replicas - Math.max(gone, update.unavailable));
  const running = replicas + update.surge;
  const asked = profileOf(question, shape, fewest, running);
  const result = plan(asked, predictFor(question, fewest));
  const inside = result.given ?? result.recommendation;
  const base = { shape, replicas, update };
  if (!inside) return { ...base, inside, states: null, dbConnections: 0, missedBy: 'memory' };
  const rate = question.profile.workload.ratePerSecond!;
  const at = (serving: number): State => ({
    serving,
    prediction: predictionAt(question, { shape, inside, replicas: serving }, rate / serving),
  });
  const states = {
    normal: at(replicas),
    lost: at(Math.max(1, replicas - gone)),
    update: at(Math.max(1, replicas - update.unavailable)),
  };
  const perReplica = connectionsOf(question.profile, inside);
  const look = { ...base, inside, states, dbConnections: replicas * perReplica };
  return { ...look, missedBy: missedBy(question, look, running * perReplica, replicas - gone) };
}

/** Database connections that one replica holds: its pools, or one for each thread. */
const connectionsOf = ({ server }: Profile, { workers, threads }: Configuration): number =>
  workers * (server.dbPool ?? threads);

/** What one of so many replicas does at a rate of its own. */
export function predictionAt(
  question: FleetQuestion,
  { shape, inside, replicas }: Pick<Look, 'shape' | 'inside' | 'replicas'>,
  ratePerSecond: number,
): Prediction {
  const { workload } = question.profile;
  const facility = facilityFor(
    { ...question.profile, cores: shape.cores },
    { ...inside!, kind: kindNamed(inside!) },
  );
  return predictFor(question, replicas)(facility, { ...workload, ratePerSecond });
}

function missedBy(
  { profile }: FleetQuestion,
  { states, inside, shape }: Pick<Look, 'states' | 'inside' | 'shape'>,
  connections: number,
  left: number,
): FleetBound | null {
  if (!states || !inside) return 'memory';
  const { dbMaxConnections } = profile.server;
  if (dbMaxConnections !== null && connections > dbMaxConnections) return 'connections';
  const { normal } = states;
  const rate = profile.workload.ratePerSecond! / normal.serving;
  const holds = ({ prediction }: State): boolean =>
    judge(prediction, { ...profile.objective, maxUtilization: null }, rate).met;
  if (normal.prediction.stable === false || rate > MOST_LOAD * normal.prediction.capacityPerSecond)
    return inside.boundBy === 'memory' || fullOf(inside, shape) ? 'memory' : 'cpu';
  if (!holds(normal)) return 'slo';
  if (left < 1 || !holds(states.lost)) return 'survive';
  return holds(states.update) ? null : 'update';
}

/** Whether memory keeps a replica from using its cores. */
const fullOf = ({ workers, threads }: Configuration, { cores }: Shape): boolean => workers * threads < cores;
