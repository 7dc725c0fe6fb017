import type { Law } from '../../math/laws/law.js';
import type { Histogram } from '../../math/statistics/histogram.js';
import { type Moments, variance } from '../../math/statistics/moments.js';

/** Equally likely intervals of the compact distribution. */
const INTERVALS = 200;

type Empirical = Extract<Law, { kind: 'empirical' }>;

/**
 * The sample as an empirical law of 200 equally likely intervals. Its ends are the sample's quantiles but for the last two,
 * which are placed so that mean and, as far as the ends can rise, second moment are the sample's: these decide how long
 * requests queue. Null for fewer than two values, or where all are 0.
 */
export function empiricalLaw(histogram: Histogram, moments: Moments): Empirical | null {
  if (histogram.total < 2 || moments.mean <= 0) return null;
  const shares = Array.from({ length: INTERVALS + 1 }, (_, n) => n / INTERVALS);
  const points = histogram
    .quantiles(shares)
    .map((point) => Math.min(moments.largest, Math.max(moments.smallest, point)));
  points[0] = moments.smallest;
  const ends = lastTwo(points, moments.mean, variance(moments) + moments.mean ** 2);
  points.splice(INTERVALS - 1, 2, ...ends);
  const factor = moments.mean / meanOf(points);
  return { kind: 'empirical', quantiles: points.map((point) => Number((point * factor).toPrecision(6))) };
}

/** Means of uniform pieces: (a + b)/2, and (a² + ab + b²)/3 for the squares; the two last ends solve a quadratic. */
function lastTwo(points: readonly number[], mean: number, second: number): [number, number] {
  const known = points.slice(0, INTERVALS - 1);
  let first = mean * INTERVALS;
  let squares = second * INTERVALS;
  for (let n = 0; n + 1 < known.length; n++) {
    const [a, b] = [known[n]!, known[n + 1]!];
    first -= (a + b) / 2;
    squares -= (a * a + a * b + b * b) / 3;
  }
  const c = known.at(-1)!;
  const d = 2 * first - c;
  // Both pieces rise only where c ≤ x ≤ d/3.
  if (d / 3 <= c) return [c, c];
  const root = Math.max(0, (3 * d - c) ** 2 - 16 * (c * c + d * d - 3 * squares));
  const x = Math.min(d / 3, Math.max(c, (3 * d - c - Math.sqrt(root)) / 8));
  return [x, d - 2 * x];
}

const meanOf = (points: readonly number[]): number =>
  points.reduce((sum, point, n) => sum + (n === 0 || n === points.length - 1 ? point / 2 : point), 0) /
  (points.length - 1);
