import { percentileShare } from './numeric/domain.js';
import { findRoot } from './numeric/roots.js';

const MAX_DOUBLINGS = 1100;

/**
 * Smallest t ≥ 0 with tail(t) ≤ 1 − p, for a non-increasing continuous tail on t > 0; 0 where the atom at 0
 * covers p. `scale` > 0 is any guess of the order of the answer. Works on ln tail, in which waiting times are
 * nearly straight; `precision` is relative.
 */
export function percentileOfTail(
  tail: (t: number) => number,
  p: number,
  scale: number,
  precision = 1e-15,
): number {
  const target = 1 - percentileShare(p);
  if (tail(0) <= target) return 0;
  const excess = (t: number) => Math.log(Math.max(tail(t), Number.MIN_VALUE) / target);
  let low = 0;
  let high = scale > 0 && scale < Infinity ? scale : 1;
  for (let k = 0; k < MAX_DOUBLINGS && excess(high) > 0; k += 1) {
    low = high;
    high *= 2;
  }
  return findRoot(excess, low, high, precision);
}
