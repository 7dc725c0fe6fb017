import type { Demand } from '../../math/laws/limited-mean.js';
import type { ServerWork } from '../server-work.js';
import type { CpuOrder } from '../types.js';

/** CPU that a request asks for at one time: mean, ms, and mean of its square, ms². */
export interface Visit {
  readonly meanMs: number;
  readonly squareMs2: number;
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
    return { meanMs, squareMs2: meanMs ** 2 + share ** 2 * variance, atOnce };
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

/**
 * What a request waits in a line in all, as a multiple of what it would wait in one visit for all its CPU, E[S²]·λ/(2(1 − ρ)).
 * 1 for equal parts far apart, 2p/(p + 1) for p equal parts that find the same line again.
 */
export interface VisitGrowth {
  /** Of visits so far apart that each finds another line. */
  readonly apart: number;
  /** What it grows by once more for the correlation between the lines that a request finds. */
  readonly again: number;
}

/**
 * `linked`: the correlation, from 0 to 1, between the waits of one request's visits. `overtaking`: whether all that came back
 * from a wait during a burst go before those that came anew in it, as in a loop that looks for these when it has come round.
 */
export function visitGrowth(
  visits: readonly Visit[],
  utilization: number,
  linked: number,
  overtaking: boolean,
): VisitGrowth {
  const apart = farApart(visits, utilization, overtaking);
  return { apart, again: 1 + linked * (inTheSameLine(visits) / apart - 1) };
}

const sumOf = (visits: readonly Visit[], of: (visit: Visit, n: number) => number): number =>
  visits.reduce((sum, visit, n) => sum + of(visit, n), 0);

const demandOf = (visits: readonly Visit[]): number => sumOf(visits, ({ meanMs }) => meanMs);

/** E[S²] of the whole, whose parts grow and shrink together: (Σ√(E[p²] − E[p]²))² + (ΣE[p])². */
function wholeSquare(visits: readonly Visit[]): number {
  const deviation = sumOf(visits, ({ meanMs, squareMs2 }) => Math.sqrt(Math.max(0, squareMs2 - meanMs ** 2)));
  return deviation ** 2 + demandOf(visits) ** 2;
}

/**
 * Mean value analysis of a first-come-first-served line: who joins after a wait waits W, for what is in line and what is left
 * of the burst that runs, W = Σ λ·W_i·E[p_i] + λ·ΣE[p_i²]/2 (Little's law, Poisson arrivals see time averages). Who comes back
 * at once waits for what joined meanwhile: ρ·W_{i−1} while it was in line itself; while it ran, which lets nobody else come
 * back at once, only what comes after a wait; and what the request that ran when it first came, came back for.
 */
function farApart(visits: readonly Visit[], utilization: number, overtaking: boolean): number {
  const rate = utilization / demandOf(visits);
  const residualMs = (rate * sumOf(visits, ({ squareMs2 }) => squareMs2)) / 2;
  const onePieceMs = (rate * wholeSquare(visits)) / 2 / (1 - utilization);
  if (!(onePieceMs > 0)) return 1;
  const fresh = rate * sumOf(visits, ({ meanMs, atOnce }) => (atOnce ? 0 : meanMs));
  const followedMs =
    rate * sumOf(visits, ({ meanMs, atOnce }, n) => (atOnce ? visits[n - 1]!.meanMs * meanMs : 0));
  // W_i = lines·W + fixedMs, so that all is linear in W.
  let [lines, fixedMs] = [0, 0];
  let [allLines, allFixedMs, behindLines, behindMs] = [0, 0, 0, 0];
  visits.forEach(({ meanMs, atOnce }, n) => {
    const before = visits[n - 1];
    fixedMs = atOnce ? utilization * fixedMs + fresh * before!.meanMs + (before!.atOnce ? 0 : followedMs) : 0;
    lines = atOnce ? utilization * lines : 1;
    allLines += lines;
    allFixedMs += fixedMs;
    behindLines += rate * lines * meanMs;
    behindMs += rate * fixedMs * meanMs;
  });
  const lineMs = (residualMs + behindMs) / (1 - behindLines);
  const overtakenMs = overtaking ? rate * residualMs * costOfOvertaking(visits) : 0;
  return (allLines * lineMs + allFixedMs + overtakenMs) / onePieceMs;
}

/** Each pair that changes its order makes the new one wait for the other's burst, and spares the other the new one's. */
const costOfOvertaking = (visits: readonly Visit[]): number =>
  sumOf(visits.slice(1), ({ meanMs, atOnce }) => (atOnce ? 0 : meanMs - visits[0]!.meanMs));

/**
 * In heavy traffic a line stays as it is while a request comes round (Reiman 1988, the multiclass feedback queue): every visit
 * waits W, there are λ·W of each in line, and what they have left, λ·W·Σ j·E[p_j], is all the work that there is.
 */
const inTheSameLine = (visits: readonly Visit[]): number =>
  (visits.length * demandOf(visits)) / sumOf(visits, ({ meanMs }, n) => (n + 1) * meanMs);

/**
 * Share of the waits that is at meetings that would repeat, were all bursts and gaps constant: two requests whose visits are
 * `offset` apart meet at the first of the pairs of visits with that offset, and keep their distance from then on.
 */
export function repeatedMeetings(visits: readonly Visit[]): number {
  const apart: number[] = [];
  for (const { meanMs, atOnce } of visits)
    if (atOnce) apart[apart.length - 1]! += meanMs;
    else apart.push(meanMs);
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
