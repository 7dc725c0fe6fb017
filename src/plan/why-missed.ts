import { type Candidate, type Evaluated, type Planning, startPlanning } from './candidate.js';
import type { Choice } from './choose.js';
import { limitOf } from './choose.js';
import { ceilSafely } from './demand.js';
import { counted, mebibytesUp, perSecond, plain, sized } from './text.js';
import type { Bound } from './types.js';
import { objectiveText, shortfall } from './why-met.js';
import { connectionsFor, memoryFor } from './why-without-rate.js';
import { bestWithRate } from './with-rate.js';

/**
 * Why nothing meets the objective and what would: more memory or connections, else more cores, else nothing that a
 * server can do. The search for what would is made only where it is asked for (`thorough`).
 */
export function whyMissed(
  planning: Planning,
  unlimited: Planning,
  choice: Choice,
  thorough: boolean,
): readonly [Bound, string] {
  const { workers, threads } = choice.best.candidate;
  const rate = planning.profile.workload.ratePerSecond!;
  const head = `${sized(workers, threads)} ${missText(planning, choice.best)} at ${perSecond(rate)}`;
  const free = bestWithRate(unlimited, choice.workerClass);
  if (free.met) {
    const wanted = free.best!.candidate;
    const limit = limitOf(planning, wanted);
    return [
      limit,
      `${head}: ${cure(planning, wanted, limit)} would meet ${objectiveText(planning.profile.objective)}.`,
    ];
  }
  const bound = runsOutOfCores(planning, free.best ?? choice.best) ? 'cpu' : 'slo';
  if (!thorough) return [bound, `${head}.`];
  const cores = coresThatDo(planning, unlimited, choice);
  if (cores === null)
    return [
      'slo',
      `${head}, and no number of workers or cores would meet ${objectiveText(planning.profile.objective)}: a request must take less time.`,
    ];
  return [
    'cpu',
    `${head}: with ${counted(cores, 'core')} instead of ${plain(planning.profile.cores)} it could be met.`,
  ];
}

function missText(planning: Planning, best: Evaluated): string {
  return best.verdict!.missed.includes('stable')
    ? shortfall(best, planning).replace('could serve', 'can serve')
    : `comes closest but ${shortfall(best, planning)}`;
}

function cure(planning: Planning, wanted: Candidate, limit: 'memory' | 'connections'): string {
  const what = sized(wanted.workers, wanted.threads);
  return limit === 'memory'
    ? `${what} in ${mebibytesUp(memoryFor(planning, wanted))}`
    : `${what} with ${counted(connectionsFor(planning, wanted), 'database connection')}`;
}

function runsOutOfCores(planning: Planning, best: Evaluated): boolean {
  const use = best.prediction.utilization;
  return best.prediction.stable === false || (use !== null && use.cpu > 0.7);
}

const MOST_DOUBLINGS = 6;

/** Fewest whole cores, among a few tried, with which the class meets the objective if memory has no limit; null where none does. */
function coresThatDo(planning: Planning, unlimited: Planning, choice: Choice): number | null {
  const { profile } = unlimited;
  const busy = (profile.workload.ratePerSecond! * planning.demand.cpuMs) / 1000;
  let cores = Math.max(
    Math.floor(profile.cores) + 1,
    ceilSafely(busy / (profile.objective.maxUtilization ?? 1)),
  );
  for (let n = 0; n < MOST_DOUBLINGS; n++) {
    const question = startPlanning({ ...profile, cores }, planning.predict);
    if (bestWithRate(question, choice.workerClass).met) return cores;
    cores = n < 2 ? cores + 1 : cores * 2;
  }
  return null;
}
