import { durationsOf, percentileOfTail } from '../queues/durations.js';
import type { Durations } from '../queues/result.js';
import type { Complex } from './complex.js';
import { invertLaplace } from './laplace-inversion.js';

export interface InvertedTail {
  /** s ↦ ∫e^{−st}P(X > t)dt. */
  readonly transform: (s: Complex) => Complex;
  readonly mean: number;
  /** P(X > 0). */
  readonly atZero: number;
  /** The scale on which P(X > t) bends near t; Infinity where it is smooth. */
  readonly bend: (t: number) => number;
  /** Probability below which the tail is not inverted any more but continued exponentially. */
  readonly floor: number;
}

/** Relative precision to which percentiles are sought: that of the inversion. */
const PRECISION = 1e-11;

/** A duration known by the transform of its tail; about 1e-9 absolute down to `floor`. */
export function invertedDurations(given: InvertedTail): Durations {
  const { atZero, mean } = given;
  const inverted = (t: number) => {
    const value = invertLaplace(given.transform, t, given.bend(t));
    return Math.min(atZero, Math.max(Number.MIN_VALUE, value));
  };
  const tail = continuedBelow(inverted, atZero, mean, given.floor);
  return durationsOf(mean, tail, { precision: PRECISION });
}

/** P(X > t) as inverted for t > 0 down to `floor`, continued exponentially from there; `scale` is of the order of X. */
export function continuedBelow(
  invert: (t: number) => number,
  atZero: number,
  scale: number,
  floor: number,
): (t: number) => number {
  const inverted = remembered(invert);
  let end: { t: number; tail: number; rate: number } | undefined;
  const findEnd = () => {
    const value = (t: number) => (t === 0 ? atZero : inverted(t));
    const t = percentileOfTail(value, 1 - floor, scale, 1e-3);
    const before = percentileOfTail(value, 1 - 4 * floor, scale, 1e-3);
    const last = value(t);
    const rate = Math.log(value(before) / last) / (t - before);
    return { t, tail: last, rate: rate > 0 && rate < Infinity ? rate : 1 / scale };
  };
  return (t) => {
    if (t <= 0) return t < 0 ? 1 : atZero;
    if (t < 8 * scale && end === undefined) {
      const value = inverted(t);
      if (value > 2 * floor) return value;
    }
    end ??= findEnd();
    return t <= end.t ? Math.max(end.tail, inverted(t)) : end.tail * Math.exp(-end.rate * (t - end.t));
  };
}

/** Times whose values are kept: those that the searches for some percentiles ask for. */
const MOST_KEPT = 256;

/** Keeps the values of a function, since searches for several percentiles begin at the same times. */
function remembered(value: (t: number) => number): (t: number) => number {
  const known = new Map<number, number>();
  return (t) => {
    let found = known.get(t);
    if (found === undefined) {
      found = value(t);
      if (known.size >= MOST_KEPT) known.clear();
      known.set(t, found);
    }
    return found;
  };
}
