import type { Population } from './population.js';
import type { ThreadPool } from './thread-pool.js';

/**
 * How much longer a request's computing takes than alone, because others compute at the same time. Seen per ms of own
 * computing, the slowdown takes `values` with `weights`; its correlation decays with `relaxationMs` of own computing.
 */
export interface Slowdown {
  readonly mean: number;
  /** Mean while every slot is taken, as it is when a request that waited begins. */
  readonly meanWhenFull: number;
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
  variance: 0,
  relaxationMs: 0,
  disturbed: 0,
  values: Float64Array.of(1),
  weights: Float64Array.of(1),
};

/** Populations looked at; others share their neighbour's. */
const ROWS = 160;

/** `cpuParts`: in how many parts a request's CPU time comes. */
export function slowdownIn(pool: ThreadPool, population: Population, cpuParts: number): Slowdown {
  const { first, inService } = population;
  const processes = pool.pool.processes;
  const stride = Math.ceil(inService.length / ROWS);
  const sums = { work: new Float64Array(8), active: new Float64Array(8) };
  const full = { work: new Float64Array(8), active: new Float64Array(8) };
  for (let i = 0; i < inService.length; i += stride) {
    let weight = 0;
    for (let j = i; j < Math.min(i + stride, inService.length); j++) weight += inService[j]!;
    const held = first + Math.min(i + Math.floor(stride / 2), inService.length - 1);
    if (pool.separate) {
      const each = Math.floor(held / processes);
      const more = held - each * processes;
      add(pool, each, weight * (processes - more), sums);
      add(pool, each + 1, weight * more, sums);
    } else add(pool, held, weight, sums);
  }
  const waits = population.waitProbability > 1e-9;
  if (waits) add(pool, pool.separate ? pool.pool.threads : pool.slots, 1, full);
  const cpus = pool.separate ? 1 : Math.max(1, Math.min(pool.pool.cores, processes));
  const fullMean = waits ? total(full.active) / total(full.work) : 1;
  return fromSums(sums.work, sums.active, fullMean, pool.pool.cpuMs / cpuParts, cpus);
}

interface Sums {
  /** Work done per ms with A others active, and the number of active requests there. */
  work: Float64Array;
  active: Float64Array;
}

function add(pool: ThreadPool, held: number, weight: number, sums: Sums): void {
  if (held <= 0 || weight <= 0) return;
  const circulation = pool.circulation(held);
  const p = circulation.active(held);
  if (p.length > sums.work.length) {
    const wider = new Float64Array(2 * p.length);
    wider.set(sums.work);
    sums.work = wider;
    const alsoWider = new Float64Array(2 * p.length);
    alsoWider.set(sums.active);
    sums.active = alsoWider;
  }
  for (let a = 1; a < p.length; a++) {
    sums.work[a - 1]! += weight * p[a]! * circulation.busyCores(a);
    sums.active[a - 1]! += weight * p[a]! * a;
  }
}

const total = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0);

/**
 * In the clock of a request's own work, every other active one finishes its part at the same rate, so that the number of
 * others is a birth–death chain with the stationary weights `work`; the integral of the slowdown's autocovariance follows
 * from its Poisson equation (as for M/M/1 processor sharing, where the result is exact).
 */
function fromSums(
  work: Float64Array,
  active: Float64Array,
  meanWhenFull: number,
  partMs: number,
  cpus: number,
): Slowdown {
  const workTotal = total(work);
  if (!(workTotal > 0)) return NO_SLOWDOWN;
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
    if (weights[a + 1]! > 0) integral += (cumulated ** 2 * partMs) / (weights[a + 1]! * (a + 1));
  }
  const relaxationMs = variance > 1e-15 ? integral / variance : 0;
  return { mean, meanWhenFull, variance, relaxationMs, disturbed, values, weights };
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
  return { ...slowdown, values, weights, variance };
}

/**
 * Share of the slowdown's variance that is left in the average over a request's whole CPU time `cpuMs`, which comes in
 * `parts` with waits of `gapMs` between: 1 for short ones, 2τ/x for long ones.
 */
export function remainingVariance(slowdown: Slowdown, cpuMs: number, parts: number, gapMs: number): number {
  const { relaxationMs, mean } = slowdown;
  if (relaxationMs <= 0 || cpuMs <= 0) return 1;
  const u = cpuMs / parts / relaxationMs;
  const within = -Math.expm1(-u) / u;
  const apart = Math.exp(-gapMs / (relaxationMs * mean));
  let between = 0;
  for (let d = 1, link = apart; d < parts && link > 1e-6; d++, link *= apart * Math.exp(-u))
    between += (parts - d) * link;
  return Math.min(
    1,
    (parts * (u < 1e-4 ? 1 - u / 3 : (2 / u) * (1 - within)) + 2 * within ** 2 * between) / parts ** 2,
  );
}
