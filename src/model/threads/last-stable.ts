import { findRoot } from '../../math/numeric/roots.js';

/** How near the rate is found, and how far below it the answer stays, as shares of it: rounding then makes no queue endless. */
const ACCURACY = 1e-12;
const MARGIN = 1e-10;

/** Steps after which a secant is given up, as where the function jumps. */
const MOST_STEPS = 12;

/**
 * Largest rate below which all queues end, where what servers get through depends on the rate: that, up to `most`, at which
 * they get through just what comes. It is found to a relative 1e-10, and never above.
 *
 * @param saturation what they get through at a rate, at most `most`. It need neither only rise nor only fall, but grows by less
 * than the rate does, so that there is one such rate.
 */
export function lastStable(saturation: (rate: number) => number, most: number): number {
  let rate = most;
  let through = saturation(rate);
  if (through >= most) return most;
  // From above, as the fixed point is near where little is lost.
  for (let step = 0, slope = 0; step < MOST_STEPS; step++) {
    const next = rate + (through - rate) / (1 - slope);
    if (!(next > 0 && next < most)) break;
    const thenThrough = saturation(next);
    slope = (thenThrough - through) / (next - rate);
    [rate, through] = [next, thenThrough];
    if (Math.abs(through - rate) < ACCURACY * rate) return rate * (1 - MARGIN);
  }
  const spare = (at: number): number => saturation(at) - at;
  let high = most;
  while (spare(high / 2) < 0) high /= 2;
  return findRoot(spare, high / 2, high, ACCURACY) * (1 - MARGIN);
}
