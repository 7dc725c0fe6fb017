import type { ErrorShare } from '../model/error-shares.js';
import type { Prediction } from '../model/types.js';
import { GUNICORN_DEFAULTS } from '../servers/gunicorn/defaults.js';
import { factsOf } from '../servers/gunicorn/kinds.js';
import { settingsOf } from '../servers/gunicorn/settings.js';
import type { Evaluated, Planning } from './search/candidate.js';
import type { Bound, Configuration, ConfigurationPrediction } from './types.js';

/** A configuration as it is printed. */
export function configurationOf(
  { profile }: Planning,
  { candidate, prediction, errors, memoryMiB, fits, verdict }: Evaluated,
  boundBy: Bound,
  why: string,
): Configuration {
  const { concurrency } = factsOf(candidate.workerClass);
  const limited = concurrency === 'threads' || concurrency === 'connections';
  const settings = settingsOf(
    { ...candidate, kind: factsOf(candidate.workerClass) },
    { ...profile.server, ratePerSecond: profile.workload.ratePerSecond, loop: null },
    why,
  );
  const judged = profile.objective.assumed || !hasObjective(profile) ? null : verdict;
  return {
    workerClass: candidate.workerClass,
    workers: candidate.workers,
    threads: candidate.threads,
    workerConnections: limited ? (candidate.workerConnections ?? GUNICORN_DEFAULTS.workerConnections) : null,
    boundBy,
    memoryMiB,
    fitsMemory: fits,
    meetsObjective: judged?.met ?? null,
    objective: judged && (judged.certain ? 'met' : judged.met ? 'within-error' : 'missed'),
    prediction: withErrors(prediction, errors),
    settings: Object.fromEntries(settings.map(({ name, value }) => [name, value])),
    settingReasons: Object.fromEntries(settings.map(({ name, why: reason }) => [name, reason])),
    why,
  };
}

/** A prediction with its published errors. Its `range`, which is worked out only when it is read, stays unread. */
export function withErrors(prediction: Prediction, errors: ErrorShare | null): ConfigurationPrediction {
  if (prediction.meanMs === null) return { ...prediction, errorShare: null };
  const shown = { errorShare: errors };
  return Object.defineProperties(shown, Object.getOwnPropertyDescriptors(prediction)) as typeof shown &
    Prediction;
}

const hasObjective = ({ objective }: Planning['profile']): boolean =>
  objective.limits.length > 0 || objective.maxUtilization !== null;
