import { counted, mebibytesUp, perSecond, plain, sized } from '../../text/sentences.js';
import { MOST_CORES, MOST_SLOTS } from '../limits.js';
import { type Candidate, type Evaluated, type Planning, startPlanning } from '../search/candidate.js';
import type { Choice } from '../search/choose.js';
import { limitOf } from '../search/choose.js';
import { ceilSafely } from '../search/demand.js';
import { hopelessness } from '../search/hopeless.js';
import { bestWithRate, canMeet } from '../search/with-rate.js';
import type { Bound } from '../types.js';
import { objectiveText, reachedText, shortfall } from './met.js';
import { connectionsFor, memoryFor } from './without-rate.js';

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
  const asked = objectiveText(planning.profile.objective);
  const hopeless = hopelessness(planning);
  if (hopeless?.because === 'request')
    return [
      'slo',
      `${sized(workers, threads)} ${shortfall(choice.best, planning)} at ${perSecond(rate)}, and no number of workers or cores would meet ${asked}: a request that never waits has ${reachedText({ prediction: hopeless.alone }, planning.profile.objective)}, so it must take less time or vary less.`,
    ];
  if (hopeless?.because === 'size')
    return [
      'slots',
      `${sized(workers, threads)} ${missText(planning, choice.best)}: ${perSecond(rate)} keep ${plain(planning.demand.load!)} requests in service, more than the ${plain(MOST_SLOTS)} that wcalc plans for one server: split them over several servers.`,
    ];
  const head = `${sized(workers, threads)} ${missText(planning, choice.best)} at ${perSecond(rate)}`;
  const free = bestWithRate(unlimited, choice.workerClass);
  if (free.met) {
    const wanted = free.best!.candidate;
    const limit = limitOf(planning, wanted);
    return [limit, `${head}: ${cure(planning, wanted, limit)} would meet ${asked}.`];
  }
  const bound = hopeless || runsOutOfCores(free.best ?? choice.best) ? 'cpu' : 'slo';
  if (!thorough) return [bound, `${head}.`];
  const needed = (rate * planning.demand.cpuMs) / 1000;
  if (needed > MOST_CORES || planning.demand.load! >= MOST_SLOTS)
    return ['cpu', `${head}: its CPU time alone keeps ${plain(needed)} cores busy.`];
  const cores = coresThatDo(planning, unlimited, choice);
  if (cores === null)
    return [
      'slo',
      `${head}, and no number of workers or cores that was tried would meet ${asked}: a request must take less time.`,
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

function runsOutOfCores(best: Evaluated): boolean {
  const use = best.prediction.utilization;
  return best.prediction.stable === false || (use !== null && use.cpu > 0.7);
}

const MOST_DOUBLINGS = 6;

/** Whole cores, the fewest of those tried, with which the class meets the objective if memory has no limit; null where none does. */
function coresThatDo(planning: Planning, unlimited: Planning, choice: Choice): number | null {
  const { profile } = unlimited;
  const { limits, maxUtilization } = profile.objective;
  // Nothing is faster on average than a request that never waits.
  if (limits.some(({ metric, limit }) => metric === 'mean' && limit <= planning.demand.serviceMs))
    return null;
  const busy = (profile.workload.ratePerSecond! * planning.demand.cpuMs) / 1000;
  const tried = [Math.max(Math.floor(profile.cores) + 1, ceilSafely((1.02 * busy) / (maxUtilization ?? 1)))];
  for (let n = 0; n + 1 < MOST_DOUBLINGS; n++)
    tried.push(tried[n]! + (n < 2 ? Math.max(1, Math.ceil(tried[n]! / 20)) : tried[n]!));
  const enough = (cores: number): boolean =>
    canMeet(startPlanning({ ...profile, cores }, planning.predict), choice.workerClass);
  // What the most cores cannot do, fewer cannot.
  return enough(tried.at(-1)!) ? tried.find(enough)! : null;
}
