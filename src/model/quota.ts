import { QUOTA_PERIOD_MS } from '../servers/scheduling.js';
import { demandOf } from './limited-mean.js';

/** What a quota of `cores` per period on whole CPUs does to requests beside the CPUs themselves. */
export interface Throttling {
  /** P(a period's budget is spent before its end). */
  readonly probability: number;
  /** Mean CPU work left over at a period's end, ms. */
  readonly carriedMs: number;
}

/**
 * The work of a period is taken as gamma with the mean and variance of Poisson arrivals of demands; what is left over is
 * Lindley's recursion from period to period, its mean by Spitzer's identity E[V] = Σ E[(S_n − n·budget)⁺]/n.
 */
export function throttling(ratePerMs: number, cpuMs: number, cpuScv: number, cores: number): Throttling {
  const budget = cores * QUOTA_PERIOD_MS;
  const mean = ratePerMs * cpuMs * QUOTA_PERIOD_MS;
  const scv = (1 + cpuScv) / (ratePerMs * QUOTA_PERIOD_MS);
  let carried = 0;
  for (let n = 1, stride = 1; n < 100_000; n += stride) {
    const periods = n + (stride - 1) / 2;
    const work = demandOf({ kind: 'gamma', mean: mean * periods, cv: Math.sqrt(scv / periods) });
    const term = ((work.mean - work.limitedMean(budget * periods)) / periods) * stride;
    carried += term;
    if (term < 1e-4 * carried || carried === 0) break;
    stride = Math.max(1, Math.floor(n / 16));
  }
  const alone = demandOf({
    kind: 'gamma',
    mean: mean + carried,
    cv: Math.sqrt((scv * mean * mean) / (mean + carried) ** 2),
  });
  const step = budget * 1e-3;
  const probability = (alone.limitedMean(budget + step) - alone.limitedMean(budget)) / step;
  return { probability: Math.min(1, Math.max(0, probability)), carriedMs: carried };
}
