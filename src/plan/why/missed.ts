import { perSecond, plain, shareOf, sized } from '../../text/sentences.js';
import { MOST_CORES, MOST_SLOTS } from '../limits.js';
import type { Evaluated, Planning } from '../search/candidate.js';
import type { Choice } from '../search/choose.js';
import { type Hopeless, hopelessness } from '../search/hopeless.js';
import { NO_ROOM } from '../search/room.js';
import type { Bound } from '../types.js';
import { type Cure, cureOf, cureText } from './cure.js';
import { objectiveText, reachedText, shortfall } from './met.js';

/**
 * Why nothing meets the objective and what would: more memory or connections, else more cores with what those then need,
 * else nothing that a server can do. Cores are searched only where it is asked for (`thorough`).
 */
export function whyMissed(
  planning: Planning,
  unlimited: Planning,
  { best, kind }: Choice,
  thorough: boolean,
): readonly [Bound, string] {
  const { profile, demand } = planning;
  const rate = shareOf(profile.workload.ratePerSecond!, profile.server.replicas);
  const asked = objectiveText(profile.objective);
  const hopeless = hopelessness(planning);
  const head = `${sized(best.candidate.workers, best.candidate.threads)} ${missText(planning, best, rate)}`;
  if (hopeless?.because === 'request') return ['slo', `${head}, and ${tooSlow(planning, hopeless)}.`];
  if (demand.load! >= MOST_SLOTS)
    return [
      'slots',
      `${head}: ${rate} keep ${plain(demand.load!)} requests in service, more than the ${plain(MOST_SLOTS)} that wcalc plans for one server: split them over several servers.`,
    ];
  const needed = (profile.workload.ratePerSecond! * demand.cpuMs) / 1000;
  if (needed > MOST_CORES) return ['cpu', `${head}: its CPU time alone keeps ${plain(needed)} cores busy.`];
  const cure = cureOf(planning, unlimited, kind, NO_ROOM, thorough);
  if (!cure && !thorough) return [hopeless || runsOutOfCores(best) ? 'cpu' : 'slo', `${head}.`];
  if (cure) return [boundOf(cure), `${head}: ${cureText(cure)} would meet ${asked}.`];
  return [
    'slo',
    `${head}, and no number of workers or cores that was tried would meet ${asked}: a request must take less time.`,
  ];
}

const boundOf = ({ cores, memoryMiB }: Cure): Bound =>
  cores !== null ? 'cpu' : memoryMiB !== null ? 'memory' : 'connections';

function runsOutOfCores({ prediction: { stable, utilization } }: Evaluated): boolean {
  return stable === false || (utilization !== null && utilization.cpu > 0.7);
}

/** What of a request alone is too slow for the objective. */
function tooSlow({ profile }: Planning, { alone }: Extract<Hopeless, { because: 'request' }>): string {
  const reached = reachedText({ prediction: alone, errors: null }, profile);
  return `no number of workers or cores would meet ${objectiveText(profile.objective)}: a request that never waits has ${reached}, so it must take less time or vary less`;
}

function missText(planning: Planning, best: Evaluated, rate: string): string {
  return best.verdict!.missed.includes('stable')
    ? `can serve only ${perSecond(best.prediction.capacityPerSecond)} of the ${rate} that arrive`
    : `${best.candidate.workers === 1 ? 'comes' : 'come'} closest but ${shortfall(best, planning)} at ${rate}`;
}
