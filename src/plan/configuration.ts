import { GUNICORN_DEFAULTS } from '../servers/gunicorn/defaults.js';
import { factsOf } from '../servers/gunicorn/kinds.js';
import { settingsOf } from '../servers/gunicorn/settings.js';
import type { Evaluated, Planning } from './search/candidate.js';
import type { Bound, Configuration } from './types.js';

/** A configuration as it is printed. */
export function configurationOf(
  { profile }: Planning,
  { candidate, prediction, memoryMiB, fits, verdict }: Evaluated,
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
  return {
    workerClass: candidate.workerClass,
    workers: candidate.workers,
    threads: candidate.threads,
    workerConnections: limited ? (candidate.workerConnections ?? GUNICORN_DEFAULTS.workerConnections) : null,
    boundBy,
    memoryMiB,
    fitsMemory: fits,
    meetsObjective: profile.objective.assumed || !hasObjective(profile) ? null : (verdict?.met ?? null),
    prediction,
    settings: Object.fromEntries(settings.map(({ name, value }) => [name, value])),
    settingReasons: Object.fromEntries(settings.map(({ name, why: reason }) => [name, reason])),
    why,
  };
}

const hasObjective = ({ objective }: Planning['profile']): boolean =>
  objective.limits.length > 0 || objective.maxUtilization !== null;
