import type { Prediction, System } from '../model/types.js';
import { type Estimate, estimateMean } from './confidence.js';
import { Histogram } from './histogram.js';
import { policyOf } from './policy.js';
import type { Tally } from './tally.js';

/** What a simulation found: a prediction, and how it was obtained. */
export interface SimulationResult {
  readonly prediction: Prediction;
  readonly replications: number;
  /** Requests counted in all. */
  readonly requests: number;
  /** Requests ignored at the start of each replication. */
  readonly warmup: number;
  /** Share of the requests by process, largest first, averaged over the replications. */
  readonly shares: readonly number[];
  /** True where it was stopped before its time. */
  readonly interrupted: boolean;
}

const PERCENTILES = { p50Ms: 0.5, p90Ms: 0.9, p95Ms: 0.95, p99Ms: 0.99 } as const;

/** Puts the runs together: points from all requests, intervals from the spread between the runs. */
export function summarize(tallies: readonly Tally[], system: System, capacityPerSecond: number): Prediction {
  const all = new Histogram();
  for (const tally of tallies) all.merge(tally.histogram);
  const each = (value: (tally: Tally) => number): Estimate => estimateMean(tallies.map(value));
  const mean = each((tally) => tally.sumMs / Math.max(1, tally.served));
  const wait = each((tally) => tally.waited / Math.max(1, tally.arrived));
  const reject = each((tally) => tally.rejected / Math.max(1, tally.arrived));
  const killed = each((tally) => tally.killed / Math.max(1, tally.arrived));
  const ci95: Record<string, number> = {};
  const put = (key: string, estimate: Estimate): void => {
    if (estimate.halfWidth !== null) ci95[key] = estimate.halfWidth;
  };
  put('meanMs', mean);
  put('waitProbability', wait);
  put('rejectProbability', reject);
  const percentiles = Object.entries(PERCENTILES).map(([key, p]) => {
    put(
      key,
      each((tally) => tally.histogram.percentile(p)),
    );
    return [key, all.percentile(p)] as const;
  });
  return {
    stable: true,
    capacityPerSecond,
    utilization: utilization(tallies, system),
    waitProbability: wait.value,
    meanMs: mean.value,
    ...(Object.fromEntries(percentiles) as Record<keyof typeof PERCENTILES, number>),
    rejectProbability: reject.value,
    timeoutProbability: policyOf(system, 0).timeoutMs < Number.POSITIVE_INFINITY ? killed.value : null,
    method: 'simulation',
    ci95,
  };
}

function utilization(tallies: readonly Tally[], system: System): Prediction['utilization'] {
  const policy = policyOf(system, 0);
  const total = (value: (tally: Tally) => number): number => tallies.reduce((sum, t) => sum + value(t), 0);
  const span = Math.max(
    Number.MIN_VALUE,
    total((tally) => tally.spanMs),
  );
  const busy = total((tally) => tally.cpuBusyMs) / span;
  const slots = policy.slots < 2 ** 20 ? policy.slots * policy.processes : null;
  return {
    cpu: busy / system.cores,
    gil: busy / policy.processes,
    slots: slots === null ? null : total((tally) => tally.slotBusyMs) / span / slots,
  };
}

/** Shares of the processes, sorted within each run before they are averaged, as a measurement would show them. */
export function processShares(tallies: readonly Tally[]): readonly number[] {
  const sums: number[] = [];
  for (const tally of tallies) {
    const served = Math.max(1, tally.served);
    [...tally.servedBy]
      .sort((a, b) => b - a)
      .forEach((count, rank) => {
        sums[rank] = (sums[rank] ?? 0) + count / served / tallies.length;
      });
  }
  return sums;
}
