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
 * was developed on. The numbers are written by `node tools/accuracy/model-grid.mjs --publish`.
 */
export const SIMULATED_ERRORS: Readonly<Record<MethodId, SimulatedErrors>> = {
  'plain-servers': { meanMedian: 0.012, mean95: 0.046, p95Median: 0.019, p9595: 0.062 },
  'servers-sharing-cores': { meanMedian: 0.017, mean95: 0.134, p95Median: 0.017, p9595: 0.172 },
  'shared-queue': { meanMedian: 0.012, mean95: 0.064, p95Median: 0.01, p9595: 0.107 },
  'split-queues': { meanMedian: 0.023, mean95: 0.089, p95Median: 0.037, p9595: 0.149 },
  'event-loops': { meanMedian: 0.01, mean95: 0.071, p95Median: 0.009, p9595: 0.125 },
  'batching-loops': { meanMedian: 0.01, mean95: 0.152, p95Median: 0.019, p9595: 0.141 },
};
