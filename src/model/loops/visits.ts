import type { Demand } from '../../math/laws/limited-mean.js';
import type { ServerWork } from '../server-work.js';
import type { CpuOrder } from '../types.js';

/** The CPU that a request asks for when it comes to its loop once: mean, ms, and mean of its square, ms². */
interface Visit {
  readonly meanMs: number;
  readonly squareMs2: number;
}

/** A request's visits to its loop. */
export interface Visits {
  /** The turn that takes its connection, just before the first; null where the server has none. */
  readonly accept: Visit | null;
  /** At least one: from its start to the first wait, and after each wait. */
  readonly own: readonly Visit[];
}

/** The parts that `cpu`, a request's CPU with the server's own in it, comes in. */
export function visitsOf(cpu: Demand, cpuParts: number, work: ServerWork, order: CpuOrder): Visits {
  const { overheadMs, acceptMs, answerMs, closeMs } = work;
  const ownMs = Math.max(0, cpu.mean - overheadMs);
  const variance = cpu.scv * cpu.mean ** 2;
  const visit = (share: number, serverMs: number): Visit => {
    const meanMs = share * ownMs + serverMs;
    return { meanMs, squareMs2: meanMs ** 2 + share ** 2 * variance };
  };
  const computing = order === 'even' ? cpuParts : Math.max(1, cpuParts - 1);
  const own = Array.from({ length: cpuParts }, (_, n) => {
    const readMs = n === 0 ? overheadMs - acceptMs - answerMs - closeMs : 0;
    const lastMs = n === cpuParts - 1 ? answerMs + closeMs : 0;
    return visit(n < computing ? 1 / computing : 0, readMs + lastMs);
  });
  return { accept: acceptMs > 0 ? visit(0, acceptMs) : null, own };
}

/**
 * What a request waits at its loop in all, as a multiple of what it would wait in one visit for all its CPU, E[S²]·λ/(2(1 − ρ)).
 * 1 for equal parts far apart, 2p/(p + 1) for p equal parts that find the same line again.
 */
export interface VisitGrowth {
  /** Of visits so far apart that each finds another line. */
  readonly apart: number;
  /** What it grows by once more for the correlation between the lines that a request finds. */
  readonly again: number;
}

/** `linked`: the correlation, from 0 to 1, between the waits of one request's visits. */
export function visitGrowth(visits: Visits, utilization: number, linked: number): VisitGrowth {
  const apart = farApart(visits, utilization);
  return { apart, again: 1 + linked * (inTheSameLine(visits) / apart - 1) };
}

const allOf = ({ accept, own }: Visits): readonly Visit[] => (accept ? [accept, ...own] : own);
const sumOf = (visits: readonly Visit[], of: (visit: Visit, n: number) => number): number =>
  visits.reduce((sum, visit, n) => sum + of(visit, n), 0);

/** E[S²] of the whole, whose parts grow and shrink together: (Σ√(E[p²] − E[p]²))² + (ΣE[p])². */
function wholeSquare(visits: readonly Visit[]): number {
  const deviation = sumOf(visits, ({ meanMs, squareMs2 }) => Math.sqrt(Math.max(0, squareMs2 - meanMs ** 2)));
  return deviation ** 2 + sumOf(visits, ({ meanMs }) => meanMs) ** 2;
}

/**
 * Mean value analysis of a first-come-first-served line: who joins waits W, for what is in line and what is left of the
 * burst that runs, W = Σ λ·W_i·E[p_i] + λ·ΣE[p_i²]/2 (Little's law, Poisson arrivals see time averages). A first visit
 * just after its accepting turn of a ms waits only for what joined meanwhile, ρ·(W + a).
 */
function farApart(visits: Visits, utilization: number): number {
  const { accept, own } = visits;
  const all = allOf(visits);
  const demandMs = sumOf(all, ({ meanMs }) => meanMs);
  const rate = utilization / demandMs;
  const residualMs = (rate * sumOf(all, ({ squareMs2 }) => squareMs2)) / 2;
  const onePieceMs = (rate * wholeSquare(all)) / 2 / (1 - utilization);
  if (!(onePieceMs > 0)) return 1;
  if (!accept) {
    const lineMs = residualMs / (1 - utilization);
    return (own.length * lineMs + overtakenMs(visits, rate, residualMs)) / onePieceMs;
  }
  const first = rate * own[0]!.meanMs;
  const lineMs = (residualMs + first * utilization * accept.meanMs) / (1 - utilization) / (1 + first);
  const firstMs = utilization * (lineMs + accept.meanMs);
  return (own.length * lineMs + firstMs + overtakenMs(visits, rate, residualMs)) / onePieceMs;
}

/**
 * A loop looks for new connections when it has come round, so that all that came back from a wait in its last burst go
 * before those that came anew in it: each pair of these that it puts in that order makes the new one wait for the other's
 * burst, and spares the other the new one's.
 */
function overtakenMs({ accept, own }: Visits, rate: number, residualMs: number): number {
  const later = own.slice(1);
  const newcomerMs = (accept ?? own[0]!).meanMs;
  return rate * residualMs * sumOf(later, ({ meanMs }) => meanMs - newcomerMs);
}

/**
 * In heavy traffic a line stays as it is while a request comes round (Reiman 1988, the multiclass feedback queue): every visit
 * waits W, there are λ·W of each in line, and what they have left, λ·W·Σ j·E[p_j], is all the work that there is.
 */
function inTheSameLine(visits: Visits): number {
  const all = allOf(visits);
  const demandMs = sumOf(all, ({ meanMs }) => meanMs);
  return (all.length * demandMs) / sumOf(all, ({ meanMs }, n) => (n + 1) * meanMs);
}

/**
 * Share of the waits that is at meetings that would repeat, were all bursts and gaps constant: two requests whose visits are
 * `offset` apart meet at the first of the pairs of visits with that offset, and keep their distance from then on.
 */
export function repeatedMeetings(visits: Visits): number {
  const all = visits.own.map(({ meanMs }) => meanMs);
  const from = (first: number, end: number): number =>
    all.slice(Math.max(0, first), Math.max(0, end)).reduce((sum, ms) => sum + ms, 0);
  let repeated = 0;
  for (let offset = 0; offset < all.length; offset++) {
    repeated += from(offset + 1, all.length);
    if (offset > 0) repeated += from(1, all.length - offset);
  }
  const total = all.length * from(0, all.length);
  return total > 0 ? repeated / total : 0;
}
