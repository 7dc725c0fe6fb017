import { lnGeometricSum } from '../../numeric/geometric.js';
import type { MarkovQueue } from '../mmc/mmc.js';

/** Number K of service stages, of rate c/E[S] each, that an arrival waits for; 0 where it need not wait. */
export interface WaitingStages {
  /** Largest number of stages. */
  readonly most: number;
  /** P(K > k), k ≥ 0. */
  readonly survivor: (k: number) => number;
  /** P(K = j), 1 ≤ j ≤ most. */
  readonly weight: (j: number) => number;
}

/** K = 1, …, most with weights in geometric progression of ratio e^lnRatio, together `waiting`. */
export function truncatedGeometricStages(waiting: number, lnRatio: number, most: number): WaitingStages {
  const down = -Math.abs(lnRatio);
  const lnAll = lnGeometricSum(down, most);
  const start = lnRatio > 0 ? most : 1; // the heaviest
  return {
    most,
    survivor(k) {
      if (k >= most) return 0;
      const lnShift = lnRatio > 0 ? 0 : k * lnRatio;
      if (down === 0) return waiting * ((most - k) / most);
      return waiting * Math.exp(lnShift) * (Math.expm1((most - k) * down) / Math.expm1(most * down));
    },
    weight: (j) => waiting * Math.exp(Math.abs(j - start) * down - lnAll),
  };
}

/**
 * P(K ≥ 1 and K + L > k): the waiting stages followed by a service, which is L stages of the same rate with
 * P(L > l) = (1 − 1/c)ˡ. In closed form, as a geometric sum of ratio R = a/(c − 1).
 */
export function withServiceStages(
  { survivor, weight, most }: WaitingStages,
  { servers, arrivalRate, serviceTime }: MarkovQueue,
): (k: number) => number {
  if (servers === 1) return (k) => survivor(k) + (k >= 1 && k <= most ? weight(k) : 0);
  const lnKeep = Math.log1p(-1 / servers);
  const load = arrivalRate * serviceTime;
  const lnR = Math.log1p((load - (servers - 1)) / (servers - 1));
  return (k) => {
    const n = Math.min(k, most);
    if (n === 0) return survivor(k);
    const inService =
      lnR <= 0
        ? weight(1) * Math.exp((k - 1) * lnKeep + lnGeometricSum(lnR, n))
        : weight(n) * Math.exp((k - n) * lnKeep + lnGeometricSum(-lnR, n));
    return survivor(k) + inService;
  };
}
