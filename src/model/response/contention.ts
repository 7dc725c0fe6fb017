import type { Population } from '../threads/population.js';
import type { ThreadPool } from '../threads/thread-pool.js';

/**
 * How much longer a request's computing takes than alone, because others compute at the same time. Seen per ms of own
 * computing, the slowdown takes `values` with `weights`; its correlation decays with `relaxationMs` of own computing.
 */
export interface Slowdown {
  readonly mean: number;
  /** Mean while every slot is taken, as it is when a request that waited begins; of each of `values` the weight then. */
  readonly meanWhenFull: number;
  readonly weightsWhenFull: Float64Array;
  readonly variance: number;
  readonly relaxationMs: number;
  /** P(a burst finds the CPU taken). */
  readonly disturbed: number;
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

export const NO_SLOWDOWN: Slowdown = {
  mean: 1,
  meanWhenFull: 1,
  weightsWhenFull: Float64Array.of(1),
  variance: 0,
  relaxationMs: 0,
  disturbed: 0,
  values: Float64Array.of(1),
  weights: Float64Array.of(1),
};

/** How a request computes: in `parts` with waits of `gapMs` between; squared variability of the parts, and of the whole. */
export interface Computing {
  readonly parts: number;
  readonly gapMs: number;
  readonly scv: number;
  readonly wholeScv: number;
}

/** Populations looked at; others share their neighbour's. */
const ROWS = 160;

export function slowdownIn(
  pool: ThreadPool,
  population: Pick<Population, 'first' | 'inService' | 'waitProbability' | 'meanWaiting'>,
  computing: Computing,
): Slowdown {
  const { first, inService, waitProbability } = population;
  const { processes, threads, cores, cpuMs } = pool.pool;
  const stride = Math.ceil(inService.length / ROWS);
  const sum = emptySum();
  for (let i = 0; i < inService.length; i += stride) {
    let weight = 0;
    for (let j = i; j < Math.min(i + stride, inService.length); j++) weight += inService[j]!;
    const held = first + Math.min(i + Math.floor(stride / 2), inService.length - 1);
    if (pool.separate) {
      const each = Math.floor(held / processes);
      const more = held - each * processes;
      const alike = Math.ceil(stride / processes);
      add(pool, { held: each, weight: weight * (processes - more), alike }, sum);
      add(pool, { held: each + 1, weight: weight * more, alike }, sum);
    } else add(pool, { held, weight, alike: stride }, sum);
  }
  const full = emptySum();
  if (waitProbability > 1e-9)
    add(pool, { held: pool.separate ? threads : pool.slots, weight: 1, alike: 1 }, full);
  const own = fromSums(sum, full, pool.separate ? 1 : Math.max(1, Math.min(cores, processes)));
  if (own.variance <= 1e-15) return own;
  // Others that come back before those that they met have left are still there.
  const { parts, gapMs, scv, wholeScv } = computing;
  const visits = 1 + (parts - 1) * (1 - 1 / (1 + (gapMs * parts) / (own.mean * cpuMs)));
  const moving = own.integral * (cpuMs / visits) * ((1 + scv) / 2);
  const staying =
    waitProbability > 1e-9 && pool.slots > 1
      ? (waitProbability * (own.meanWhenFull - own.mean) ** 2 * backlogged(population)) / (pool.slots - 1)
      : 0;
  return { ...own, relaxationMs: (moving + staying * cpuMs * ((1 + wholeScv) / 2)) / own.variance };
}

/**
 * What the backlog adds to that integral: as long as requests wait, E = 1 + E[waiting | full] times as long as a slot is
 * taken, those that leave are replaced. With geometric backlogs the Poisson equation has E² − 1 more of the last step.
 */
const backlogged = ({ meanWaiting, inService }: Pick<Population, 'meanWaiting' | 'inService'>): number =>
  (1 + meanWaiting / inService.at(-1)!) ** 2 - 1;

interface Sums {
  /** Work done per ms with A others active, and the number of active requests there. */
  work: Float64Array;
  active: Float64Array;
}

const emptySum = (): Sums => ({ work: new Float64Array(8), active: new Float64Array(8) });

/** A number of requests held, which stands for as many neighbours as are `alike`. */
interface Row {
  readonly held: number;
  readonly weight: number;
  readonly alike: number;
}

/** Active requests that vary over so many times the neighbours that one stands for fill the gaps between them. */
const FILLING = 4;

function add(pool: ThreadPool, { held, weight, alike }: Row, sums: Sums): void {
  if (held <= 0 || weight <= 0) return;
  const circulation = pool.circulation(held);
  const { first, shares } = circulation.active(held);
  const width = shares.length > FILLING * alike ? 1 : alike;
  const least = first - (width >> 1);
  const end = least + shares.length + width - 1;
  if (end > sums.work.length) {
    const wider = new Float64Array(2 * end);
    wider.set(sums.work);
    sums.work = wider;
    const alsoWider = new Float64Array(2 * end);
    alsoWider.set(sums.active);
    sums.active = alsoWider;
  }
  for (let n = 0; n < shares.length; n++) {
    const share = (weight * shares[n]!) / width;
    for (let a = Math.max(1, least + n); a < least + n + width; a++) {
      sums.work[a - 1]! += share * circulation.busyCores(a);
      sums.active[a - 1]! += share * a;
    }
  }
}

const total = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0);

/**
 * In the clock of a request's own work, every other active one finishes its part at the same rate, so that the number of
 * others is a birth–death chain with the stationary weights `work`; the integral of the slowdown's autocovariance, here in
 * mean parts, follows from its Poisson equation (as for M/M/1 processor sharing, where the result is exact). With other laws
 * of the parts, the number present in M/G/1 processor sharing is the same, but the variance of a long request's response
 * grows with E[S²] (Yashkov 1983), as does what those present have left.
 */
function fromSums({ work, active }: Sums, full: Sums, cpus: number): Slowdown & { integral: number } {
  const workTotal = total(work);
  if (!(workTotal > 0)) return { ...NO_SLOWDOWN, integral: 0 };
  const mean = total(active) / workTotal;
  let length = work.length;
  while (length > 1 && work[length - 1]! < workTotal * 1e-12) length--;
  const weights = new Float64Array(length);
  const values = new Float64Array(length);
  let variance = 0;
  let disturbed = 0;
  for (let a = 0; a < length; a++) {
    weights[a] = work[a]! / workTotal;
    values[a] = work[a]! > 0 ? Math.max(1, active[a]! / work[a]!) : 1;
    variance += weights[a]! * (values[a]! - mean) ** 2;
    disturbed += weights[a]! * Math.min(1, (values[a]! - 1) * cpus);
  }
  let integral = 0;
  let cumulated = 0;
  for (let a = 0; a + 1 < length; a++) {
    cumulated += weights[a]! * (values[a]! - mean);
    if (weights[a + 1]! > 0) integral += cumulated ** 2 / (weights[a + 1]! * (a + 1));
  }
  const fullTotal = total(full.work);
  return {
    mean,
    meanWhenFull: fullTotal > 0 ? total(full.active) / fullTotal : 1,
    weightsWhenFull: weights.map((_, a) => (fullTotal > 0 ? (full.work[a] ?? 0) / fullTotal : 0)),
    variance,
    relaxationMs: 0,
    disturbed,
    values,
    weights,
    integral,
  };
}

/**
 * The slowdown where requests come to the processes at random: beside the mean over the processes, it varies with how many
 * of the others are in the request's own process, a geometric number up to its threads.
 */
export function unevenly(slowdown: Slowdown, processes: number, threads: number): Slowdown {
  const pairs: { value: number; weight: number }[] = [];
  slowdown.values.forEach((value, others) => {
    const weight = slowdown.weights[others]!;
    if (weight < 1e-9) return;
    const share = others / processes;
    const most = Math.min(others, threads - 1);
    const odds = share / (1 + share);
    const kept = [];
    let mass = 0;
    let moment = 0;
    for (let own = 0, p = 1; own <= most && own < 40; own++, p *= odds) {
      kept.push({ value: 1 + own, weight: p });
      mass += p;
      moment += p * (1 + own);
      if (p < 1e-5) break;
    }
    for (const own of kept)
      pairs.push({ value: (value * own.value * mass) / moment, weight: (weight * own.weight) / mass });
  });
  pairs.sort((a, b) => a.value - b.value);
  const values = Float64Array.from(pairs, (pair) => pair.value);
  const weights = Float64Array.from(pairs, (pair) => pair.weight);
  const variance = pairs.reduce((sum, { value, weight }) => sum + weight * (value - slowdown.mean) ** 2, 0);
  return { ...slowdown, values, weights, weightsWhenFull: weights, variance };
}

/** What of the slowdown at a request's start is left in its average over the whole CPU time. */
export interface Persistence {
  /** Share of the deviation at the start: 1 for short requests, τ/x for long ones. */
  readonly start: number;
  /** Share of the variance: 1 for short requests, 2τ/x for long ones. */
  readonly variance: number;
}

/** By its CPU time, ms, of a request whose CPU comes in `parts` with waits of `gapMs` between. */
export function persistence(
  { relaxationMs, mean }: Slowdown,
  parts: number,
  gapMs: number,
): (cpuMs: number) => Persistence {
  const apart = Math.exp(-gapMs / (relaxationMs * mean));
  return (cpuMs) => {
    if (relaxationMs <= 0 || cpuMs <= 0) return { start: 1, variance: 1 };
    const u = cpuMs / parts / relaxationMs;
    const lost = -Math.expm1(-u);
    const within = lost / u;
    let starts = 1;
    let between = 0;
    for (let d = 1, link = apart; d < parts && link > 1e-6; d++, link *= apart * (1 - lost)) {
      starts += link * (1 - lost);
      between += (parts - d) * link;
    }
    const inParts = u < 1e-4 ? 1 - u / 3 : (2 / u) * (1 - within);
    const start = Math.min(1, (within * starts) / parts);
    const variance = (parts * inParts + 2 * within ** 2 * between) / parts ** 2;
    return { start, variance: Math.min(1, Math.max(start ** 2, variance)) };
  };
}
