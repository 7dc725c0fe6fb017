import { type Demand, demandOf } from '../../math/laws/limited-mean.js';
import { QUOTA_PERIOD_MS } from '../linux.js';

/** What a quota of `cores` per period on whole CPUs does to requests beside the CPUs themselves. */
export interface Throttling {
  /** P(a period's budget is spent before its end). */
  readonly probability: number;
  /** Mean CPU work left over at a period's end, ms. */
  readonly carriedMs: number;
}

/** Variability of a period's work below which it is taken as constant. */
const NEARLY_STEADY = 1e-4;

/** A server that never rests: what it would get through on whole CPUs, and on a steady fraction of them, requests per ms. */
export interface Saturated {
  readonly whole: number;
  readonly fluid: number;
  readonly slots: number;
}

/**
 * Requests per ms that a quota of `cores` on whole CPUs lets through. Until a period's budget is spent they run at full speed.
 * Did waits stop with the CPUs, a period would get through min(what it can, its budget); as they go on, more is ready when
 * the next begins, at most as much as the budget and the whole CPUs allow: half-way between the two. What a period can do
 * is taken as gamma, with the variance of slots that compute and wait by turns (alternating renewal processes, Cox 1962).
 */
export function throughQuota(
  { whole, fluid, slots }: Saturated,
  cpu: Demand,
  io: Demand,
  cores: number,
): number {
  const most = Math.min(whole, cores / cpu.mean);
  if (!(fluid < most)) return most;
  const budget = cores * QUOTA_PERIOD_MS;
  const meanMs = whole * cpu.mean * QUOTA_PERIOD_MS;
  const turnMs = slots / whole;
  const idleMs = Math.max(io.mean, turnMs - cpu.mean);
  const variance =
    (slots *
      QUOTA_PERIOD_MS *
      (idleMs ** 2 * cpu.scv * cpu.mean ** 2 +
        cpu.mean ** 2 * (io.scv * io.mean ** 2 + (idleMs - io.mean) ** 2))) /
    turnMs ** 3;
  const cv = Math.sqrt(variance) / meanMs;
  const doneMs =
    cv > NEARLY_STEADY
      ? demandOf({ kind: 'gamma', mean: meanMs, cv }).limitedMean(budget)
      : Math.min(meanMs, budget);
  const least = Math.min(most, doneMs / (cpu.mean * QUOTA_PERIOD_MS));
  return (Math.max(least, fluid) + most) / 2;
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
    const left = Math.max(0, work.mean - work.limitedMean(budget * periods));
    const term = (left / periods) * stride;
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
