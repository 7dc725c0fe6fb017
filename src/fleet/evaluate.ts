import { behindBalancer } from '../model/balancers/behind-balancer.js';
import type { Facility } from '../model/discipline.js';
import { predict } from '../model/predict.js';
import type { Predict, Prediction } from '../model/types.js';
import {
  type Candidate,
  connectionsPerWorker,
  type Evaluated,
  facilityFor,
  inFlightPerWorker,
  mostWorkers,
  type Planning,
  startPlanning,
} from '../plan/search/candidate.js';
import { judge, withoutCeiling } from '../plan/search/judge.js';
import { memoize } from '../plan/search/memoize.js';
import { allowed } from '../plan/search/shape.js';
import { settled } from '../plan/settled.js';
import type { MemoryBudget, Profile } from '../profile/types.js';
import type { FleetBound } from './plan-of-fleet.js';
import type { FleetPlanning, FleetQuestion, Shape } from './question.js';
import { type RollingUpdate, rollingUpdate } from './rolling-update.js';

/** A number of replicas of a shape, looked at in all its states. */
export interface Look {
  readonly shape: Shape;
  readonly replicas: number;
  /** What runs inside; null where not one worker fits. */
  readonly inside: Candidate | null;
  readonly states: {
    readonly normal: State;
    readonly lost: State;
    readonly update: State;
  } | null;
  readonly update: RollingUpdate;
  readonly dbConnectionsPerReplica: number;
  /** What is missed, first what is worst; null where all holds. */
  readonly missedBy: FleetBound | null;
}

/** So many replicas that serve, and what each does. */
export interface State {
  readonly serving: number;
  readonly prediction: Prediction;
}

/** Replicas that are gone at once where what is to be survived happens. */
export const goneOf = (
  { survive, zones }: Pick<FleetQuestion, 'survive' | 'zones'>,
  replicas: number,
): number => (survive === 'zone' ? Math.ceil(replicas / zones) : survive);

/** Replicas that serve while most are missing: those to be survived are gone, or an update rolls; 0 or less where none would. */
export const fewestServing = (question: FleetQuestion, replicas: number): number =>
  replicas - Math.max(goneOf(question, replicas), rollingUpdate(replicas, question.update).unavailable);

/** The highest load of a replica while nothing is amiss, as a share of its capacity. */
export const mostLoad = ({ objective }: Pick<Profile, 'objective'>): number =>
  objective.maxUtilization ?? objective.ceiling ?? 1;

/**
 * One replica's question: a shape's cores and memory, the share of the rate, and the connections of an update. A ceiling on
 * the load is for all replicas: with some gone it is kept where it can be.
 */
function profileOf(question: FleetQuestion, shape: Shape, serving: number, running: number): Profile {
  const { profile } = question;
  return {
    ...profile,
    cores: shape.cores,
    memory: memoryOf(question, shape),
    // What is asked of every state: the ceiling on the load is for all replicas.
    objective: withoutCeiling(profile.objective),
    workload: { ...profile.workload, ratePerSecond: profile.workload.ratePerSecond! / serving },
    server: { ...profile.server, replicas: running },
  };
}

/** What a replica's workers may fill: its own memory, less what is to stay free and the reserve, which may be shares of it. */
function memoryOf({ profile, freeShare }: FleetQuestion, { memoryMiB }: Shape): MemoryBudget {
  const { reserveShare, reserveMiB } = profile.memory;
  return {
    ...profile.memory,
    memoryMiB: memoryMiB * (1 - freeShare),
    isNet: true,
    reserveMiB: reserveShare ? reserveShare * memoryMiB : reserveMiB,
  };
}

/** The question with predictions behind its balancers, each made once, whatever shapes have as many cores. */
export function startFleet(question: FleetQuestion): FleetPlanning {
  const { balancer, balancers } = question;
  const known = new Map<number, Predict>();
  return {
    ...question,
    predictFor: (replicas) => {
      const found =
        known.get(replicas) ?? memoize(behindBalancer(predict, { balancer, balancers, replicas }));
      known.set(replicas, found);
      return found;
    },
  };
}

/**
 * What so many replicas of a shape do: the configuration inside is what `plan` gives for the fewest that ever serve; then it
 * is looked at with all of them, with those gone that are to be survived, and during an update.
 */
export function lookAt(question: FleetPlanning, shape: Shape, replicas: number): Look {
  const planning = planningOf(question, shape, replicas);
  const found = settled(planning);
  if (found && found.fits !== false) return lookAs(question, planning, found, { shape, replicas });
  return {
    shape,
    replicas,
    update: rollingUpdate(replicas, question.update),
    inside: null,
    states: null,
    dbConnectionsPerReplica: 0,
    missedBy: mostWorkers(planning.profile, 1).by,
  };
}

/** A look at so many replicas with the configuration inside that was found for another number of them. */
export function lookWith(question: FleetPlanning, shape: Shape, replicas: number, inside: Candidate): Look {
  const planning = planningOf(question, shape, replicas);
  return lookAs(question, planning, planning.evaluate(inside), { shape, replicas });
}

function planningOf(question: FleetPlanning, shape: Shape, replicas: number): Planning {
  const fewest = Math.max(1, fewestServing(question, replicas));
  const running = replicas + rollingUpdate(replicas, question.update).surge;
  return startPlanning(profileOf(question, shape, fewest, running), question.predictFor(fewest));
}

/** A configuration in all states of a number of replicas; it was looked at for the fewest of them that ever serve. */
function lookAs(
  question: FleetPlanning,
  planning: Planning,
  found: Evaluated,
  at: Pick<Look, 'shape' | 'replicas'>,
): Look {
  const { shape, replicas } = at;
  const { candidate: inside, prediction } = found;
  const update = rollingUpdate(replicas, question.update);
  const rate = question.profile.workload.ratePerSecond!;
  const fewest = Math.max(1, fewestServing(question, replicas));
  const state = (left: number): State => {
    const serving = Math.max(1, left);
    if (serving === fewest) return { serving, prediction };
    return {
      serving,
      prediction: predictionAt(question, { shape, inside, replicas: serving }, rate / serving),
    };
  };
  const states = {
    normal: state(replicas),
    lost: state(replicas - goneOf(question, replicas)),
    update: state(replicas - update.unavailable),
  };
  const inFlight = inFlightPerWorker(planning, inside);
  const dbConnectionsPerReplica = inside.workers * connectionsPerWorker(planning.profile, inFlight);
  const look = { shape, replicas, update, inside, states, dbConnectionsPerReplica };
  return { ...look, missedBy: missedBy(question, planning, look) };
}
/** Whether so many replicas would do with the configuration of a look, which was found for another number of them. */
export function doesWith(
  question: FleetPlanning,
  { shape, inside, states }: Look,
  replicas: number,
): boolean {
  const planning = planningOf(question, shape, replicas);
  if (!inside || !allowed(planning, inside) || fewestServing(question, replicas) < 1) return false;
  const { profile } = question;
  const { capacityPerSecond } = states!.normal.prediction;
  if (profile.workload.ratePerSecond! > replicas * mostLoad(profile) * capacityPerSecond) return false;
  return planning.evaluate(inside).verdict!.met;
}

/** What one of so many replicas does at a rate of its own. */
export function predictionAt(
  question: FleetPlanning,
  { shape, inside, replicas }: Pick<Look, 'shape' | 'inside' | 'replicas'>,
  ratePerSecond: number,
): Prediction {
  const { workload } = question.profile;
  const facility = facilityOf(question, { shape, inside });
  return question.predictFor(replicas)(facility, { ...workload, ratePerSecond });
}

/** What the models are asked about for one replica. */
export const facilityOf = (
  { profile }: FleetPlanning,
  { shape, inside }: Pick<Look, 'shape' | 'inside'>,
): Facility => facilityFor({ ...profile, cores: shape.cores }, inside!);

function missedBy(
  { profile, ...question }: FleetPlanning,
  planning: Planning,
  { states, inside, replicas, update, dbConnectionsPerReplica }: Omit<Look, 'missedBy'>,
): FleetBound | null {
  const { dbMaxConnections } = profile.server;
  const running = replicas + update.surge;
  if (dbMaxConnections !== null && running * dbConnectionsPerReplica > dbMaxConnections) return 'connections';
  const { normal, lost, update: updating } = states!;
  const rate = profile.workload.ratePerSecond! / replicas;
  const holds = ({ prediction }: State): boolean =>
    judge(prediction, withoutCeiling(profile.objective), rate).met;
  const { stable, capacityPerSecond } = normal.prediction;
  if (stable === false || rate > mostLoad(profile) * capacityPerSecond)
    return heldByMemory(planning, inside!, capacityPerSecond) ? 'memory' : 'cpu';
  if (!holds(normal)) return 'slo';
  if (goneOf(question, replicas) >= replicas || !holds(lost)) return 'survive';
  return holds(updating) ? null : 'update';
}

/** Cores of which less than this is used are not what limits. */
const NEARLY_ALL = 0.98;

/** Whether memory keeps a replica from using its cores: they have room at its capacity, and no further worker fits. */
function heldByMemory(planning: Planning, inside: Candidate, capacityPerSecond: number): boolean {
  const { profile, demand } = planning;
  if ((capacityPerSecond * demand.cpuMs) / 1000 >= NEARLY_ALL * profile.cores) return false;
  const { workers, by } = mostWorkers(profile, inFlightPerWorker(planning, inside));
  return by === 'memory' && inside.workers >= workers;
}
