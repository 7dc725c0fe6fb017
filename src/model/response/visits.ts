import type { Demand } from '../../math/laws/limited-mean.js';
import type { ServerWork } from '../server-work.js';
import type { CpuOrder } from '../types.js';

/** CPU that a request asks for at one time: mean, ms, and mean of its square, ms². */
export interface Visit {
  readonly meanMs: number;
  readonly squareMs2: number;
  /** What of the request's own CPU comes in it, and the server's, ms. */
  readonly ownShare: number;
  readonly serverMs: number;
  /** Whether it comes just after the visit before, with no wait between. */
  readonly atOnce: boolean;
}

/** Parts beyond which more change nothing: what p equal parts wait is within 1/p of what any number does. */
const MOST_PARTS = 1000;

/**
 * The parts that `cpu`, a request's CPU with the server's own in it, comes in: the turn that takes the connection, what comes
 * from its start to the first wait and after each wait, and the turn that closes it. `losses`: how often the request loses the
 * interpreter's lock as soon as it has it, and asks again.
 */
export function visitsOf(
  cpu: Demand,
  cpuParts: number,
  work: ServerWork,
  order: CpuOrder,
  losses: ServerWork['lockLosses'],
): readonly Visit[] {
  const { overheadMs, acceptMs, answerMs, closeMs } = work;
  const ownMs = Math.max(0, cpu.mean - overheadMs);
  const variance = cpu.scv * cpu.mean ** 2;
  const visit = (share: number, serverMs: number, atOnce: boolean): Visit => {
    const meanMs = share * ownMs + serverMs;
    return { meanMs, squareMs2: meanMs ** 2 + share ** 2 * variance, ownShare: share, serverMs, atOnce };
  };
  const lost = (times: number): Visit[] => Array.from({ length: times }, () => visit(0, 0, true));
  const parts = Math.min(cpuParts, MOST_PARTS);
  const computing = order === 'even' ? parts : Math.max(1, parts - 1);
  const own = Array.from({ length: parts }, (_, n) => {
    const readMs = n === 0 ? overheadMs - acceptMs - answerMs - closeMs : 0;
    const lastMs = n === parts - 1 ? answerMs : 0;
    return visit(n < computing ? 1 / computing : 0, readMs + lastMs, n === 0 && acceptMs > 0);
  });
  return [
    ...(acceptMs > 0 ? [visit(0, acceptMs, false), ...lost(losses.reading)] : []),
    ...own,
    ...(closeMs > 0 ? [...lost(losses.closing), visit(0, closeMs, true)] : []),
  ];
}

/** CPU of each of the visits with a wait before it, ms: what comes just after another is one with that. */
function apartOf(visits: readonly Visit[]): number[] {
  const apart: number[] = [];
  for (const { meanMs, atOnce } of visits)
    if (atOnce) apart[apart.length - 1]! += meanMs;
    else apart.push(meanMs);
  return apart;
}

/** A request's CPU as a multiple of the most that comes of it at one time: how many equal parts of that it would be. */
export function likeEqualParts(visits: readonly Visit[]): number {
  const apart = apartOf(visits);
  return apart.reduce((sum, ms) => sum + ms, 0) / Math.max(...apart);
}

/**
 * Share of the waits that is at meetings that would repeat, were all bursts and gaps constant: two requests whose visits are
 * `offset` apart meet at the first of the pairs of visits with that offset, and keep their distance from then on.
 */
export function repeatedMeetings(visits: readonly Visit[]): number {
  const apart = apartOf(visits);
  const from = (first: number, end: number): number =>
    apart.slice(first, Math.max(0, end)).reduce((sum, ms) => sum + ms, 0);
  let repeated = 0;
  for (let offset = 0; offset < apart.length; offset++) {
    repeated += from(offset + 1, apart.length);
    if (offset > 0) repeated += from(1, apart.length - offset);
  }
  const total = apart.length * from(0, apart.length);
  return total > 0 ? repeated / total : 0;
}
