import { lineWaits, wholePieces } from './pieces.js';
import type { Visit } from './visits.js';

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

/** Utilization from which waits, which all grow alike, are compared no further: their equations lose as many digits as it has nines. */
const MOST_BUSY = 1 - 1e-6;

function farApart(visits: readonly Visit[], busy: number, overtaking: boolean): number {
  const utilization = Math.min(MOST_BUSY, busy);
  const rate = utilization / demandOf(visits);
  const residualMs = (rate * sumOf(visits, ({ squareMs2 }) => squareMs2)) / 2;
  const onePieceMs = (rate * wholeSquare(visits)) / 2 / (1 - utilization);
  if (!(onePieceMs > 0)) return 1;
  const waitMs = lineWaits(wholePieces(visits), rate).reduce((sum, ms) => sum + ms, 0);
  const overtakenMs = overtaking ? rate * residualMs * costOfOvertaking(visits) : 0;
  return (waitMs + overtakenMs) / onePieceMs;
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
