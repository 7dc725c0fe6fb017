import { findRoot } from '../../math/numeric/roots.js';

/** Waits this near to the wanted one are it. */
const NEAR = 1e-6;
const MOST_STEPS = 8;

/**
 * The rate between `least` and `most` at which requests wait `targetMs` in the mean, by the secant method on the logarithm of
 * the wait over the log-odds of the load, where waits are nearly straight lines; by {@link findRoot} where that does not find
 * it soon. Waits grow with the rate, from less than `targetMs` to more.
 */
export function rateOfWait(
  waitAt: (ratePerSecond: number) => number,
  targetMs: number,
  {
    least,
    most,
    capacityPerSecond,
    guess,
  }: {
    readonly least: number;
    readonly most: number;
    readonly capacityPerSecond: number;
    readonly guess: number;
  },
): number {
  const oddsOf = (rate: number): number =>
    Math.log(rate / Math.max(capacityPerSecond - rate, Number.MIN_VALUE));
  const rateAt = (odds: number): number => capacityPerSecond / (1 + Math.exp(-odds));
  let [low, high] = [least, most];
  let before: readonly [odds: number, gap: number] | null = null;
  let next = guess;
  for (let step = 0; step < MOST_STEPS; step++) {
    const rate = next > low && next < high ? next : (low + high) / 2;
    const wait = waitAt(rate);
    if (Math.abs(wait / targetMs - 1) <= NEAR) return rate;
    if (wait < targetMs) low = rate;
    else high = rate;
    const now = [oddsOf(rate), Math.log(wait / targetMs)] as const;
    const slope = before === null ? 1 : (now[1] - before[1]) / (now[0] - before[0]);
    next = rateAt(now[0] - now[1] / (slope > 0 ? slope : 1));
    before = now;
  }
  return findRoot((rate) => waitAt(rate) - targetMs, low, high, NEAR);
}
