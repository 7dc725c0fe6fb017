import type { ThreadPool } from './thread-pool.js';

/** Long-run distribution of the requests in a pool: N in service one by one, and those waiting as a geometric tail. */
export interface Population {
  readonly stable: boolean;
  /** Largest throughput, requests per ms. */
  readonly saturation: number;
  /** P(N requests in service), index N from `first`; the last counts everything at or above it. */
  readonly first: number;
  readonly inService: Float64Array;
  /** Mean rate of arrivals, per ms. */
  readonly arrivals: number;
  /** P(an accepted arrival waits for a thread). */
  readonly waitProbability: number;
  readonly rejectProbability: number;
  readonly meanInService: number;
  /** E[waiting], with the waiting line of exponential services. */
  readonly meanWaiting: number;
}

const NEGLIGIBLE = 1e-12;

/** Where a line of waiting requests ends: at so many places, or for who has waited so long in it, ms. */
export interface LineEnd {
  readonly places: number;
  readonly shedAfterMs: number;
}

/**
 * Birth–death chain π(N+1) = π(N)·λ/X(N+1), with the geometric tail λ/X(slots) beyond the slots, which ends as
 * {@link fullLine} says. `arrivals` per ms, and `whenFull` while every slot is taken. Starts and ends where probabilities stop
 * to matter.
 */
export function population(
  pool: ThreadPool,
  arrivals: number,
  end: LineEnd,
  whenFull = arrivals,
): Population {
  const saturation = pool.saturation;
  const ratio = whenFull / saturation;
  const overload = { stable: false, saturation, first: pool.slots, inService: Float64Array.of(1), arrivals };
  if (!(ratio < 1))
    return {
      ...overload,
      waitProbability: 1,
      rejectProbability: Number.isFinite(end.places) || Number.isFinite(end.shedAfterMs) ? 1 - 1 / ratio : 0,
      meanInService: pool.slots,
      meanWaiting: 0,
    };
  const mode = modeOf(pool, arrivals);
  const up = walkUp(pool, arrivals, saturation, mode);
  const down = walkDown(pool, arrivals, saturation, mode);
  const inService = Float64Array.from([...down.reverse(), 1, ...up]);
  const first = mode - down.length;
  const full = first + inService.length - 1 === pool.slots;
  const line = full ? fullLine(ratio, saturation, end) : NO_LINE;
  const last = inService.at(-1)!;
  const total = inService.reduce((sum, p) => sum + p, 0) + last * line.beyond;
  for (let i = 0; i < inService.length; i++) inService[i]! /= total;
  const atFull = full ? inService.at(-1)! : 0;
  const lost = atFull * line.lost;
  const allTaken = atFull * (1 + line.beyond);
  const meanArrivals = arrivals + (whenFull - arrivals) * allTaken;
  const oftener = meanArrivals > 0 ? whenFull / meanArrivals : 1;
  if (full) inService[inService.length - 1] = allTaken;
  const meanInService = meanServed(pool, arrivals, first, inService);
  return {
    stable: true,
    saturation,
    first,
    inService,
    arrivals: meanArrivals,
    waitProbability: Math.min(1, (atFull * line.waits * oftener) / (1 - lost)),
    rejectProbability: lost,
    meanInService,
    meanWaiting: atFull * line.waiting,
  };
}

/** What there is of a line behind full slots, as multiples of the probability that all are taken and nobody waits. */
interface FullLine {
  /** Probability that somebody waits. */
  readonly beyond: number;
  /** That an arrival waits and is served. */
  readonly waits: number;
  /** That an arrival is not served. */
  readonly lost: number;
  /** Requests that wait and are served, on average. */
  readonly waiting: number;
}

const NO_LINE: FullLine = { beyond: 0, waits: 0, lost: 0, waiting: 0 };

/**
 * A line of exponential services (M/M/c) with an end. With K places: M/M/c/K. Where who has waited for τ is not served: what is
 * ahead of an arrival falls at the rate S of the full slots and rises, while it is below τ, with the arrivals, so that its density
 * is ∝ e^(−(S−λ)x) below τ and falls by e^(−S(x−τ)) beyond (Barrer 1957; Baccelli & Hebuterne 1981, M/M/c+D). Of two ends that
 * which is met sooner is taken.
 */
function fullLine(ratio: number, saturation: number, { places, shedAfterMs }: LineEnd): FullLine {
  if (!(shedAfterMs * saturation < places)) {
    const waits = geometricSum(ratio, places - 1);
    return { beyond: waits * ratio, waits, lost: ratio ** places, waiting: waitingMoment(ratio, places) };
  }
  const idle = 1 - ratio;
  const reach = idle * saturation * shedAfterMs;
  const lost = Math.exp(-reach);
  const waits = -Math.expm1(-reach) / idle;
  // λ ∫ x f(x) dx up to τ, in the unit of the chain.
  const waiting = (ratio / idle ** 2) * momentUpTo(reach);
  return { beyond: waits + lost - 1, waits, lost, waiting };
}

/** 1 − (1 + x)·e^(−x), whose terms are almost equal where x is small. */
const momentUpTo = (x: number): number =>
  x < FEW_IDLE ? x ** 2 / 2 - x ** 3 / 3 + x ** 4 / 8 : -Math.expm1(-x) - x * Math.exp(-x);

/** Smallest N with X(N+1) ≥ λ: where the chain turns from rising to falling. */
function modeOf(pool: ThreadPool, arrivals: number): number {
  let low = 0;
  let high = pool.slots;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (pool.openThroughput(middle + 1, arrivals) >= arrivals || middle + 1 >= pool.slots) high = middle;
    else low = middle + 1;
  }
  return Math.min(low, pool.slots);
}

/** Requests in service; where processes have lines of their own, bursts change what waits in each of them. */
function meanServed(pool: ThreadPool, arrivals: number, first: number, inService: Float64Array): number {
  const { cpuMs, ioMs } = pool.pool;
  const factor = pool.lines ? pool.variability(arrivals) : 1;
  let mean = 0;
  for (let i = 0; i < inService.length; i++) {
    const held = first + i;
    const moving =
      factor === 1 || held === pool.slots
        ? held
        : Math.min(held, pool.throughput(held) * (cpuMs + ioMs) + pool.inLineForConnections(held));
    mean += inService[i]! * (moving + (held - moving) * factor);
  }
  return mean;
}

/** π(N)/π(N−1), the last N being all at which every slot is taken. */
function step(pool: ThreadPool, arrivals: number, saturation: number, n: number): number {
  return n < pool.slots
    ? arrivals / pool.openThroughput(n, arrivals)
    : (arrivals / saturation) * departures(pool, arrivals, saturation);
}

/**
 * What waits for a slot, as a multiple of that with exponential services: (1 + cv²)/2 as far as requests wait for the CPU,
 * and not as far as they only move on, where one more adds its own share N·(X(N) − X(N−1))/X(N) to the throughput.
 */
function departures(pool: ThreadPool, arrivals: number, saturation: number): number {
  const moving = pool.slots * (1 - pool.closed.throughput(pool.slots - 1) / saturation);
  return 1 + (pool.variabilityWhenFull(arrivals) - 1) * (1 - Math.min(1, Math.max(0, moving)));
}

function walkUp(pool: ThreadPool, arrivals: number, saturation: number, mode: number): number[] {
  const values: number[] = [];
  for (let n = mode + 1, p = 1; n <= pool.slots && p > NEGLIGIBLE; n++) {
    p *= step(pool, arrivals, saturation, n);
    values.push(p);
  }
  return values;
}

function walkDown(pool: ThreadPool, arrivals: number, saturation: number, mode: number): number[] {
  const values: number[] = [];
  for (let n = mode, p = 1; n > 0 && p > NEGLIGIBLE; n--) {
    p /= step(pool, arrivals, saturation, n);
    values.push(p);
  }
  return values;
}

/** Below so much of a mean backlog, its sum is a series: the closed form would be a difference of equal numbers. */
const FEW_IDLE = 1e-3;

/** r + 2r² + … + places·r^places. */
export function waitingMoment(ratio: number, places: number): number {
  const idle = 1 - ratio;
  if (!Number.isFinite(places)) return ratio / idle ** 2;
  if (places * idle < FEW_IDLE)
    return ((places * (places + 1)) / 2) * (1 - (idle * (2 * places + 1)) / 3 + (idle * places) ** 2 / 4);
  const last = ratio ** places;
  return (ratio / idle ** 2) * Math.max(0, 1 - (places + 1) * last + places * last * ratio);
}

/** 1 + r + … + r^places. */
function geometricSum(ratio: number, places: number): number {
  return Number.isFinite(places)
    ? -Math.expm1((places + 1) * Math.log(ratio)) / (1 - ratio)
    : 1 / (1 - ratio);
}
