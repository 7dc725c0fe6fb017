import { normalTail } from '../../math/numeric/normal.js';
import { power, product } from './series.js';

/**
 * How many cores work while `active` threads want one: E[min(r, k)], where r is the number of processes among which they
 * are spread, since a process with a lock keeps only one core busy.
 */
export type BusyCores = (active: number) => number;

/** Threads without a lock, or at most one per process: each can have a core. */
export const unlocked =
  (cores: number): BusyCores =>
  (active) =>
    Math.min(active, cores);

/** Largest cost (table entries × threads) at which the occupancy is counted exactly. */
const EXACT_COST = 400_000;
const MAX_TABLE = 2048;

/**
 * Spread of `active` threads over `workers` processes with at most `perProcess` requests each, by the product form of closed
 * networks of one lock and a delay: P(r | A) ∝ C(w, r)·[z^A](Σ_{a=1}^{n} n!/(n−a)! z^a)^r. Exact for cores ≥ workers and for
 * one core. Large systems use the tilted law of large numbers for r with a normal correction.
 */
export function lockedCores(
  workers: number,
  perProcess: number,
  cores: number,
  spread: 'even' | 'random' = 'even',
): BusyCores {
  // Rounded to an eighth of an octave: the spread changes slowly with the requests per process, and tables are kept.
  const level = perProcess >= 1 ? Math.round(8 * Math.log2(perProcess)) : 0;
  const key = `${workers} ${level} ${cores} ${spread}`;
  const kept = tables.get(key);
  if (kept) return kept;
  if (tables.size >= MOST_TABLES) tables.clear();
  const made = countCores(workers, 2 ** (level / 8), cores, spread);
  tables.set(key, made);
  return made;
}

const tables = new Map<string, BusyCores>();
const MOST_TABLES = 512;

function countCores(
  workers: number,
  perProcess: number,
  cores: number,
  spread: 'even' | 'random',
): BusyCores {
  if (workers === 1) return (active) => (active > 0 ? Math.min(1, cores) : 0);
  if (perProcess <= 1 || cores <= 1) return unlocked(cores);
  const weights = spread === 'even' ? placementWeights(perProcess) : evenWeights(perProcess);
  const length = Math.min(MAX_TABLE, Math.ceil(8 * Math.min(cores, workers) + 40), workers * weights.length);
  const cost = (workers + cores) * length * Math.min(weights.length, length);
  const table =
    cost <= EXACT_COST ? countedTable(workers, weights, cores, length) : tiltedTable(workers, weights, cores);
  return (active) => (active < table.length ? table[active]! : Math.min(workers, cores));
}

/** Where the requests per process vary at random, all compositions are equally likely (as in an open network). */
const evenWeights = (perProcess: number): number[] =>
  new Array<number>(Math.min(400, Math.round(perProcess))).fill(1);

/** n!/(n−a)!/nᵃ for a = 1…n (index a − 1), as long as it matters. */
function placementWeights(perProcess: number): number[] {
  const weights: number[] = [];
  for (let a = 1, weight = 1; a <= perProcess && a <= 400 && weight > 1e-12; a++) {
    weights.push(weight);
    weight *= 1 - a / perProcess;
  }
  return weights;
}

function countedTable(workers: number, weights: readonly number[], cores: number, length: number) {
  const one = new Float64Array(length + 1);
  one.set([1, ...weights].slice(0, length + 1));
  const total = power(one, workers);
  const table = new Float64Array(length + 1);
  const whole = Math.min(workers, Math.ceil(cores));
  const limit = Math.min(cores, workers);
  let placed = new Float64Array(length + 1);
  placed[0] = 1;
  let choose = 1;
  table.fill(limit);
  table[0] = 0;
  for (let r = 1; r < whole; r++) {
    placed = times(placed, weights);
    choose *= (workers - r + 1) / r;
    for (let a = 1; a <= length; a++) {
      if (total[a]! > 0) table[a]! -= ((limit - r) * choose * placed[a]!) / total[a]!;
    }
  }
  return table;
}

/** The product of a series with Σ weights zᵃ, a from 1. */
const times = (series: Float64Array, weights: readonly number[]): Float64Array<ArrayBuffer> =>
  product(series, Float64Array.of(0, ...weights));

/** E[min(r, k)] for each A by exponential tilting of one process's occupancy and a normal law of r given A. */
function tiltedTable(workers: number, weights: readonly number[], cores: number): Float64Array {
  const limit = Math.min(cores, workers);
  const length = Math.min(200_000, Math.ceil(8 * limit + 40), workers * weights.length);
  const table = new Float64Array(length + 1);
  const grid = tiltGrid(weights);
  let at = 0;
  for (let active = 1; active <= length; active++) {
    const share = active / workers;
    while (at < grid.length - 2 && grid[at + 1]!.mean < share) at++;
    const [low, high] = [grid[at]!, grid[at + 1]!];
    const f = Math.min(1, Math.max(0, (share - low.mean) / (high.mean - low.mean)));
    const busy = workers * (low.busy + f * (high.busy - low.busy));
    const spread = Math.sqrt(Math.max(1e-12, workers * (low.variance + f * (high.variance - low.variance))));
    const z = (limit - busy) / spread;
    const excess = spread * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) - z * normalTail(z));
    table[active] = Math.min(limit, active, Math.max(0, busy - excess));
  }
  return table;
}

/** Mean active threads, P(any active) and the conditional variance of the latter along the tilt z. */
function tiltGrid(weights: readonly number[]) {
  const grid = [{ mean: 0, busy: 0, variance: 0 }];
  for (let step = -120; step < 200; step++) {
    const z = weights.length > 100 ? 1 / (1 + Math.exp(-step / 12)) : Math.exp(step / 12);
    let sum = 1;
    let first = 0;
    let second = 0;
    for (let a = 1, power = z; a <= weights.length; a++, power *= z) {
      const mass = power * weights[a - 1]!;
      sum += mass;
      first += a * mass;
      second += a * a * mass;
    }
    const mean = first / sum;
    const busy = 1 - 1 / sum;
    const variance = Math.max(1e-300, second / sum - mean * mean);
    const covariance = mean * (1 - busy);
    grid.push({ mean, busy, variance: Math.max(0, busy * (1 - busy) - covariance ** 2 / variance) });
  }
  return grid.filter((point, i) => i === 0 || point.mean > grid[i - 1]!.mean + 1e-12);
}
