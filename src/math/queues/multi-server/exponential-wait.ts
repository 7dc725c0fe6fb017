import { percentileShare } from '../../numeric/domain.js';
import type { Durations } from '../result.js';

/** An atom at 0 and an exponential time: P(W > t) = P(W > 0)e^{−t·P(W > 0)/E W}. */
export function exponentialWait(waitProbability: number, mean: number): Durations {
  const ifWaiting = waitProbability > 0 ? mean / waitProbability : 0;
  return {
    mean,
    tail: (t) => (t < 0 ? 1 : ifWaiting > 0 ? waitProbability * Math.exp(-t / ifWaiting) : 0),
    percentile: (p) => {
      const target = 1 - percentileShare(p);
      return target >= waitProbability ? 0 : ifWaiting * Math.log(waitProbability / target);
    },
  };
}
