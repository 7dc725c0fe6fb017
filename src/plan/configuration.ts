import type { ErrorShare } from '../model/error-shares.js';
import { mergedUnread } from '../model/predict.js';
import type { Prediction } from '../model/types.js';
import type { Profile } from '../profile/types.js';
import { serverNamed } from '../servers/index.js';
import type { Setting } from '../servers/server.js';
import { requestsUntilFull } from './growth.js';
import { duringRestart } from './restart.js';
import { type Candidate, connectionsOf, type Evaluated, type Planning } from './search/candidate.js';
import type { Bound, Configuration, ConfigurationPrediction } from './types.js';

/** A configuration as it is printed. */
export function configurationOf(
  planning: Planning,
  { candidate, prediction, errors, memoryMiB, fits, verdict }: Evaluated,
  boundBy: Bound,
  why: string,
): Configuration {
  const { profile } = planning;
  const { kind } = candidate;
  const connections = connectionsOf(candidate);
  const limited =
    kind.concurrency === 'connections' || kind.sharesByLimit || candidate.workerConnections !== null;
  const settings = settingsOf(profile, candidate, memoryMiB, why);
  const judged = profile.objective.assumed || !hasObjective(profile) ? null : verdict;
  return {
    server: kind.server,
    workerClass: kind.workerClass,
    handlers: kind.handlers,
    workers: candidate.workers,
    threads: candidate.threads,
    workerConnections: limited && Number.isFinite(connections) ? connections : null,
    boundBy,
    memoryMiB,
    fitsMemory: fits,
    meetsObjective: judged?.met ?? null,
    objective: judged && (judged.certain ? 'met' : judged.met ? 'within-error' : 'missed'),
    prediction: toldPrediction(profile.workload.ratePerSecond, prediction, errors),
    restart: duringRestart(planning, candidate),
    settings: Object.fromEntries(settings.map(({ name, value }) => [name, value])),
    settingReasons: Object.fromEntries(settings.map(({ name, why: reason }) => [name, reason])),
    why,
  };
}

/** The settings that make its server run a candidate that takes this memory; `why` is the reason of those that were chosen. */
export function settingsOf(
  { server: asked, workload, memory }: Profile,
  candidate: Candidate,
  memoryMiB: number | null,
  why: string,
): readonly Setting[] {
  const server = serverNamed(candidate.kind.server);
  const { typed, preload, loop } = asked;
  const { ratePerSecond } = workload;
  return server.settings(
    candidate,
    {
      version: asked.versions[candidate.kind.server]!,
      ratePerSecond,
      requestsUntilFull: requestsUntilFull(memory, memoryMiB, candidate.workers, ratePerSecond),
      backlog: typed.backlog ?? server.defaults.backlog,
      timeoutMs: typed.timeoutMs ?? server.defaults.timeoutMs,
      keepaliveMs: typed.keepaliveMs ?? server.defaults.keepaliveMs,
      preload,
      loop,
      queueTimeoutMs: typed.queueTimeoutMs ?? undefined,
    },
    why,
  );
}

/**
 * A prediction with the rate it is for and its published errors. Its `range`, which is worked out only when it is read,
 * stays unread.
 */
export function toldPrediction(
  ratePerReplica: number | null,
  prediction: Prediction,
  errors: ErrorShare | null,
): ConfigurationPrediction {
  if (prediction.meanMs === null) return { ratePerReplica, ...prediction, errorShare: null };
  return mergedUnread({ ratePerReplica, errorShare: errors }, prediction);
}

const hasObjective = ({ objective }: Planning['profile']): boolean =>
  objective.limits.length > 0 || objective.maxUtilization !== null;
