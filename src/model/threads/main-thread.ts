import type { Demand } from '../../math/laws/limited-mean.js';
import { SWITCH_INTERVAL_MS } from '../linux.js';
import { cutPieces, lineWaits } from '../response/pieces.js';
import { visitGrowth } from '../response/visit-growth.js';
import type { Visit } from '../response/visits.js';

/** What a process whose main thread takes and closes connections asks the interpreter's lock for, in order. */
export interface LockVisits {
  readonly visits: readonly Visit[];
  /** Visits, from the first and from the last, at which the request holds no thread of the pool: the main thread's. */
  readonly before: number;
  readonly after: number;
  /** Of the server: a thread keeps the lock at its system calls where all cores are busy. */
  readonly processes: number;
  readonly cores: number;
}

/** Threads that answer and go on with the next request of the process's queue while they keep the lock. */
export interface GoingOn {
  /** Share of the requests that are taken so. */
  readonly share: number;
  /** What requests wait for the lock as a share of what they would without a limit on threads. */
  readonly filled: number;
}

/** A process seen from the threads of its pool, and what a request meets outside them. Times in ms. */
export interface InsideThePool {
  /** CPU of a request in its thread, as much longer as what the main thread does slows it down. */
  readonly cpuMs: number;
  /** What waits for the lock as a multiple of that of exponential pieces. */
  readonly factor: number;
  /** Mean time outside, where a request computes and waits `atCpuMs` in its thread. */
  outsideMs(atCpuMs: number): number;
  /** {@link GoingOn} where it does so, and the share `waiting` of the requests waits for a thread. */
  goingOn(atCpuMs: number, waiting: number): GoingOn;
}

/**
 * Main thread and pool as two classes at one server. What the main thread does is an open class, which takes its share of
 * the server from the pool's closed one (mixed networks; Lazowska, Zahorjan, Graham and Sevcik 1984, ch. 7): CPU in the pool
 * takes 1/(1 − ρ₀) times as long. How much each piece waits is the mean value analysis of the line ({@link lineWaits}); as
 * far as a full pool keeps requests from the line, they wait less outside as well.
 *
 * A request that a thread goes on with, which keeps the lock (`_worker` of concurrent.futures.thread), passes all that wait for
 * it, and they wait for its first piece: as many as there are by Little's law, and the connection that is to be closed.
 */
export function insideThePool(
  { visits: asked, before, after, processes, cores }: LockVisits,
  cpu: Demand,
  ratePerMs: number,
  linked: number,
  goingOn: GoingOn,
): InsideThePool | null {
  const visits = scaledTo(asked, cpu.mean);
  const utilization = ratePerMs * cpu.mean;
  if (!(utilization < 1)) return null;
  const again = visitGrowth(visits, utilization, linked, false).again;
  const pieces = cutPieces(visits, cpu, Math.max(SWITCH_INTERVAL_MS, cpu.mean / MOST_CUTS));
  const waitMs = lineWaits(pieces, ratePerMs).map((ms) => again * ms);
  const isOutside = (n: number): boolean => n < before || n >= visits.length - after;
  const sum = (of: (visit: Visit, n: number) => number): number =>
    visits.reduce((total, visit, n) => total + of(visit, n), 0);
  const outsideCpuMs = sum(({ meanMs }, n) => (isOutside(n) ? meanMs : 0));
  const insideCpuMs = cpu.mean - outsideCpuMs;
  const plainMs = sum((_, n) => (isOutside(n) ? 0 : waitMs[n]!));
  const outsideWaitMs = sum((_, n) => (isOutside(n) ? waitMs[n]! : 0));
  const { share, filled } = goingOn;
  const firstPieceMs = pieces.find((_, n) => !isOutside(n) && visits[n]!.ownShare > 0)?.[0]?.meanMs ?? 0;
  const passedMs = filled * ratePerMs * sum(({ meanMs }, n) => waitMs[n]! * meanMs) + visits.at(-1)!.meanMs;
  const delayedMs = filled * ratePerMs * firstPieceMs;
  const insideWaitMs = Math.max(0, plainMs + (share * (delayedMs * plainMs - passedMs)) / filled);
  const closingMs = share * (delayedMs * outsideWaitMs + firstPieceMs);
  const cpuMs = insideCpuMs / (1 - ratePerMs * outsideCpuMs);
  const load = ratePerMs * cpuMs;
  const filledAt = (atCpuMs: number): number =>
    insideWaitMs > 0 ? Math.min(1, Math.max(0, atCpuMs - insideCpuMs) / insideWaitMs) : 1;
  return {
    cpuMs,
    factor: Math.max(LEAST_FACTOR, ((insideCpuMs + insideWaitMs - cpuMs) * (1 - load)) / (cpuMs * load)),
    outsideMs: (atCpuMs) => outsideCpuMs + outsideWaitMs * filledAt(atCpuMs) + closingMs,
    goingOn: (atCpuMs, waiting) => ({
      share: after > 0 && cores <= processes ? waiting * busyBeside(cores, processes * utilization) : 0,
      filled: Math.max(LEAST_FILLED, filledAt(atCpuMs)),
    }),
  };
}

/** P(all other cores are busy). */
const busyBeside = (cores: number, work: number): number =>
  Math.min(1, work / cores) ** (Math.ceil(cores) - 1);

export const NOT_GOING_ON: GoingOn = { share: 0, filled: 1 };

const LEAST_FILLED = 0.01;
const LEAST_FACTOR = 0.1;

/** Slices that a visit of mean length is cut into at most. */
const MOST_CUTS = 8;

const scaledTo = (visits: readonly Visit[], cpuMs: number): Visit[] => {
  const factor = cpuMs / visits.reduce((sum, { meanMs }) => sum + meanMs, 0);
  return visits.map((visit) => ({
    ...visit,
    meanMs: factor * visit.meanMs,
    squareMs2: factor ** 2 * visit.squareMs2,
    serverMs: factor * visit.serverMs,
  }));
};
