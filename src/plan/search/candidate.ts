import type { Facility } from '../../model/discipline.js';
import { type ErrorShare, errorShareOf } from '../../model/error-shares.js';
import type { Predict, Prediction } from '../../model/types.js';
import type { Profile } from '../../profile/types.js';
import { serverNamed } from '../../servers/index.js';
import type { Circumstances, Kind } from '../../servers/server.js';
import { fitsMemory, inFlightThatFits, memoryUsedMiB, workersThatFit } from '../memory.js';
import { peakInFlight, type RequestTimes, requestTimesOf, slotsWithoutRate } from './demand.js';
import { judge, type Verdict } from './judge.js';

/** A configuration to look at. */
export interface Candidate {
  readonly kind: Kind;
  readonly workers: number;
  readonly threads: number;
  /** null: the server's default, or the kind has no such limit. */
  readonly workerConnections: number | null;
}

export interface Evaluated {
  readonly candidate: Candidate;
  readonly prediction: Prediction;
  /** Published errors of the prediction; null of simulated values, which have intervals instead. */
  readonly errors: ErrorShare | null;
  readonly memoryMiB: number | null;
  readonly fits: boolean | null;
  /** null without a rate. */
  readonly verdict: Verdict | null;
}

/** A question with everything that is asked of it more than once. */
export interface Planning {
  readonly profile: Profile;
  readonly demand: RequestTimes;
  /** Slots that keep the cores busy where no rate is given. */
  readonly busySlots: number;
  /** Workers that a configuration has at least: 1 or 2. */
  readonly leastWorkers: number;
  evaluate(candidate: Candidate): Evaluated;
  /** Whether the objective is met, with the margin that is asked for. */
  meets(evaluated: Evaluated): boolean;
  /** What a configuration takes of memory, without a prediction. */
  memoryOf(candidate: Candidate): { readonly memoryMiB: number | null; readonly fitsMemory: boolean | null };
  readonly predict: Predict;
}

interface Strictness {
  /** Whether the objective must hold also where the prediction is too low by its published error. */
  readonly margin: boolean;
  readonly leastWorkers: number;
}

export function startPlanning(
  profile: Profile,
  predict: Predict,
  { margin, leastWorkers }: Strictness = { margin: false, leastWorkers: 1 },
): Planning {
  const demand = requestTimesOf(profile);
  const { ratePerSecond } = profile.workload;
  const planning: Planning = {
    profile,
    demand,
    busySlots: slotsWithoutRate(profile, demand),
    leastWorkers,
    predict,
    memoryOf(candidate) {
      const inFlight = inFlightPerWorker(planning, candidate);
      return {
        memoryMiB: memoryUsedMiB(profile.memory, candidate.workers, inFlight),
        fitsMemory: fitsMemory(profile.memory, candidate.workers, inFlight),
      };
    },
    evaluate(candidate) {
      const facility = facilityFor(profile, candidate);
      const prediction = predict(facility, profile.workload);
      const errors = prediction.ci95 ? null : errorShareOf(facility);
      const { memoryMiB, fitsMemory: fits } = planning.memoryOf(candidate);
      const verdict =
        ratePerSecond === null ? null : judge(prediction, profile.objective, ratePerSecond, errors);
      return { candidate, prediction, errors, memoryMiB, fits, verdict };
    },
    meets: ({ verdict }) => verdict !== null && (margin ? verdict.certain : verdict.met),
  };
  return planning;
}

/** What else decides how a kind takes requests: as typed, else its server's own defaults. */
export function circumstancesOf({ server }: Pick<Profile, 'server'>, kind: Kind): Circumstances {
  const { defaults } = serverNamed(kind.server);
  return {
    version: server.versions[kind.server]!,
    gil: server.gil,
    backlog: server.typed.backlog ?? defaults.backlog,
    timeoutMs: server.typed.timeoutMs ?? defaults.timeoutMs,
    loop: server.loop,
    queueTimeoutMs: server.typed.queueTimeoutMs ?? undefined,
  };
}

/** What the models are asked about for a candidate. */
export const facilityFor = (profile: Pick<Profile, 'cores' | 'server'>, candidate: Candidate): Facility =>
  facilityAt({ candidate, circumstances: circumstancesOf(profile, candidate.kind), cores: profile.cores });

/** What the models are asked about for a candidate in given circumstances. */
export const facilityAt = ({
  candidate,
  circumstances,
  cores,
}: {
  readonly candidate: Candidate;
  readonly circumstances: Circumstances;
  readonly cores: number;
}): Facility => ({ ...serverNamed(candidate.kind.server).discipline(candidate, circumstances), cores });

/** Connections that one worker of a candidate accepts; Infinity where its server sets no limit. */
export const connectionsOf = ({ kind, workerConnections }: Candidate): number =>
  workerConnections ?? serverNamed(kind.server).defaults.workerConnections ?? Number.POSITIVE_INFINITY;

/** Requests that one worker may hold memory and database connections for at once. */
export function inFlightPerWorker(
  { demand, busySlots }: Pick<Planning, 'demand' | 'busySlots'>,
  c: Candidate,
): number {
  switch (c.kind.concurrency) {
    case 'one':
      return 1;
    case 'threads':
      return c.threads;
    case 'connections':
      return connectionsOf(c);
    case 'unlimited':
      return demand.load === null
        ? Math.max(1, Math.ceil(busySlots / c.workers))
        : peakInFlight(demand.load, c.workers);
  }
}

/** Database connections that one worker holds with so many requests in flight. */
export const connectionsPerWorker = ({ server }: Profile, inFlight: number): number =>
  server.dbPool ?? inFlight;

/** The most workers that memory and the database allow, and which of the two allows fewer. */
export function mostWorkers(
  profile: Profile,
  inFlight: number,
): { readonly workers: number; readonly by: 'memory' | 'connections' } {
  const memory = workersThatFit(profile.memory, inFlight);
  const connections = workersByConnections(profile, inFlight);
  return connections < memory
    ? { workers: connections, by: 'connections' }
    : { workers: memory, by: 'memory' };
}

function workersByConnections(profile: Profile, inFlight: number): number {
  const { dbMaxConnections, replicas } = profile.server;
  const each = connectionsPerWorker(profile, inFlight);
  if (dbMaxConnections === null || each === 0) return Number.POSITIVE_INFINITY;
  return Math.floor(dbMaxConnections / (replicas * each));
}

/** The most requests in flight per worker that memory and the database allow for `workers`; 0 where none is. */
export function mostInFlight(profile: Profile, workers: number, most: number): number {
  const memory = inFlightThatFits(profile.memory, workers, most);
  const { dbMaxConnections, dbPool, replicas } = profile.server;
  if (dbMaxConnections === null) return memory;
  const each = Math.floor(dbMaxConnections / (replicas * workers));
  if (dbPool !== null) return dbPool <= each ? memory : 0;
  return Math.min(memory, each);
}
