import { percent, significant } from '../text/numbers.js';
import { counted } from '../text/sentences.js';
import { mostLoad } from './evaluate.js';
import type { Fleet, FleetBound } from './plan-of-fleet.js';
import type { FleetQuestion } from './question.js';

/** What one replica fewer would miss. */
const MISSED: Readonly<Record<Exclude<FleetBound, 'cpu'>, string>> = {
  memory: 'have too few workers for the rate, for want of memory',
  slo: 'would miss the objective',
  survive: 'would miss the objective while those to be survived are gone',
  update: 'would miss the objective during a rolling update',
  connections: 'would hold more database connections than allowed',
};

/** Why so many replicas. */
export function whyFleet(question: FleetQuestion, { replicas, boundBy }: Omit<Fleet, 'why'>): string {
  const step = question.zones;
  if (replicas <= step) return `${counted(replicas, 'replica')}: the fewest that there can be.`;
  if (question.replicas === replicas) return `${counted(replicas, 'replica')}, as given.`;
  const missed =
    boundBy === 'cpu'
      ? `would be run above ${percent(mostLoad(question.profile))} of their capacity`
      : MISSED[boundBy];
  return `${counted(replicas - step, 'replica')} ${missed}.`;
}

/** Why this shape, and what the next best would cost. */
export function whyShape(best: Fleet, second: Fleet | null): string {
  if (!second) return best.why;
  const beside = `${second.replicas} × ${second.shape.name}`;
  if (best.pricePerMonth !== null && second.pricePerMonth !== null) {
    const more = second.pricePerMonth / best.pricePerMonth - 1;
    return `${best.why} It is the cheapest; ${beside} would cost ${significant(second.pricePerMonth)} a month${more > 0.0005 ? `, ${significant(100 * more, 2)}% more` : ', as much'}.`;
  }
  const size = ({ totalCores, totalMemoryMiB }: Fleet): string =>
    `${counted(totalCores, 'core')} and ${significant(totalMemoryMiB / 1024)} GiB`;
  const compared =
    size(second) === size(best) ? `the same, ${size(best)}` : `${size(second)} instead of ${size(best)}`;
  return `${best.why} It takes the least cores, then the least memory; ${beside} would take ${compared}.`;
}
