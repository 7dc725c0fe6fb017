import { timeScaleMs } from './time-scale.js';
import { countDeficit } from './turns.js';

/** Work that requests bring to the server that limits them, in parts with waits between. Times in ms. */
export interface Work {
  readonly ratePerMs: number;
  /** From 0 to 1, both excluded. */
  readonly utilization: number;
  /** Squared coefficient of variation of a request's whole work. */
  readonly scv: number;
  /** Parts that it comes in, ≥ 1. */
  readonly parts: number;
  /** Waits between the first part and the last in all, and their squared coefficient of variation. */
  readonly gapsMs: number;
  readonly gapsScv: number;
}

/** Parts beyond which work comes as evenly as with so many. */
const MOST_PARTS = 4;
/** Quantiles of the standard normal law in the middle of each sixth. */
const SIXTHS = [-1.383, -0.674, -0.21, 0.21, 0.674, 1.383];

/**
 * What is left of the regularity of turns over `replicas` replicas when the work of a replica's requests reaches its server:
 * 1 where each brings it all at once, 0 where it comes as by chance.
 *
 * Arrivals in turns vary less than by chance by 2λ∫(t − v)h(v)dv over t ms, h the density of their correlation. Parts that
 * come later by offsets of their own see h blurred by these. Both are taken over the time that the queue remembers.
 */
export function regularityLeft(work: Work, replicas: number): number {
  const { ratePerMs, utilization, scv } = work;
  const offsets = offsetsOf(work);
  if (offsets.others.length === 1) return 1;
  const deficit = (x: number): number => countDeficit(replicas, ratePerMs * Math.abs(x)) / ratePerMs;
  const less = (t: number, x: number): number => deficit(x + t) - 2 * deficit(x) + deficit(x - t);
  const lessInside = (t: number): number => averaged(offsets.others, (x) => less(t, x));
  const workMs = utilization / ratePerMs;
  const byChance = (t: number): number => (1 + scv) * averaged(offsets.own, (x) => Math.max(0, t - x));
  const t = timeScaleMs({
    utilization,
    workMs,
    inputMs2: (time) => Math.max(0, ratePerMs * workMs ** 2 * (byChance(time) + lessInside(time))),
  });
  return Math.min(1, Math.max(0, lessInside(t) / less(t, 0)));
}

/** Times between two parts, all to one side, with their probabilities. */
type Offsets = readonly { readonly x: number; readonly weight: number }[];

const averaged = (offsets: Offsets, of: (x: number) => number): number =>
  offsets.reduce((sum, { x, weight }) => sum + weight * of(x), 0);

/** How far apart two parts of one request come, and two of requests that arrive together. */
function offsetsOf({ parts, gapsMs, gapsScv }: Work): { readonly own: Offsets; readonly others: Offsets } {
  const count = gapsMs > 0 ? Math.min(parts, MOST_PARTS) : 1;
  const gaps = count > 1 ? sixths(gapsMs, gapsScv) : [0];
  const positions = Array.from({ length: count }, (_, n) => (count > 1 ? n / (count - 1) : 0));
  const pairs = positions.flatMap((one) => positions.map((two) => [one, two] as const));
  return {
    own: together(pairs.flatMap(([one, two]) => gaps.map((gap) => (one - two) * gap))),
    others: together(
      pairs.flatMap(([one, two]) => gaps.flatMap((gap) => gaps.map((other) => one * gap - two * other))),
    ),
  };
}

/** Equally likely offsets, those of the same length as one. */
function together(offsets: readonly number[]): Offsets {
  const counts = new Map<number, number>();
  for (const offset of offsets) {
    const length = Number(Math.abs(offset).toPrecision(9));
    counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  return [...counts].map(([x, count]) => ({ x, weight: count / offsets.length }));
}

/** The middle of each sixth of a gamma law (Wilson and Hilferty 1931), scaled to its mean. */
function sixths(mean: number, scv: number): readonly number[] {
  const values = SIXTHS.map((z) => Math.max(0, 1 - scv / 9 + (z * Math.sqrt(scv)) / 3) ** 3);
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => (value * SIXTHS.length * mean) / sum);
}
