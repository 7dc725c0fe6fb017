import { mebibytes, mebibytesUp, perSecond, plain, sized } from '../../text/sentences.js';
import { sufficientPool } from '../pool.js';
import type { Evaluated, Planning } from '../search/candidate.js';
import type { Bound } from '../types.js';
import { objectiveText, reachedText, shortfall } from './met.js';
import { memoryFor } from './without-rate.js';

const LIMITS = {
  cpu: 'the cores',
  gil: 'the interpreter locks of its processes',
  slots: 'its request slots',
  connections: "its workers' pools of database connections",
} as const;

/** What a given configuration does, and what limits it. */
export function explainGivenRate(planning: Planning, given: Evaluated, bound: Bound): string {
  const { profile } = planning;
  const head = sized(given.candidate.workers, given.candidate.threads);
  if (bound === 'memory')
    return `${head} as given need ${mebibytesUp(memoryFor(planning, given.candidate))}, more than the ${mebibytes(profile.memory.memoryMiB!)} there are.`;
  const limit = LIMITS[bound as keyof typeof LIMITS];
  const pool = bound === 'connections' ? sufficientPool(planning, given.candidate) : null;
  const cure = pool === null ? '' : `, and pools of ${plain(pool)} (--db-pool) would do`;
  const capacity = `${limit} allow ${perSecond(given.prediction.capacityPerSecond)} at most${cure}`;
  if (!given.verdict || profile.objective.assumed) return `${head} as given: ${capacity}.`;
  if (profile.objective.limits.length === 0 && profile.objective.maxUtilization === null)
    return `${head} as given: ${capacity}.`;
  const outcome = given.verdict.met
    ? `meets ${objectiveText(profile.objective)} (${reachedText(given, profile)})`
    : `misses ${objectiveText(profile.objective)}: it ${shortfall(given, planning)}`;
  return `${head} as given ${outcome}; ${capacity}.`;
}
