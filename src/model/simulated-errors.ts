import type { MethodId } from './methods.js';

/** Absolute errors of {@link predict} against simulated systems: median, and what 95 % of them stay within. */
export interface SimulatedErrors {
  readonly meanMedian: number;
  readonly mean95: number;
  readonly p95Median: number;
  readonly p9595: number;
}

/**
 * By method, over random systems (workers 1–16, threads 1–32, cores 1–16, I/O 0–95 %, utilisation 30–95 %) that no model
 * was developed on. The numbers are written by `node scripts/model-grid.mjs --publish`.
 */
export const SIMULATED_ERRORS: Readonly<Record<MethodId, SimulatedErrors>> = {
  'plain-servers': { meanMedian: 0.016, mean95: 0.047, p95Median: 0.019, p9595: 0.06 },
  'servers-sharing-cores': { meanMedian: 0.005, mean95: 0.108, p95Median: 0.019, p9595: 0.081 },
  'shared-queue': { meanMedian: 0.007, mean95: 0.124, p95Median: 0.025, p9595: 0.133 },
  'split-queues': { meanMedian: 0.01, mean95: 0.053, p95Median: 0.011, p9595: 0.111 },
  'event-loops': { meanMedian: 0.023, mean95: 0.136, p95Median: 0.02, p9595: 0.158 },
  'batching-loops': { meanMedian: 0.016, mean95: 0.084, p95Median: 0.017, p9595: 0.104 },
};
