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
  'plain-servers': { meanMedian: 0.009, mean95: 0.04, p95Median: 0.014, p9595: 0.056 },
  'servers-sharing-cores': { meanMedian: 0.016, mean95: 0.052, p95Median: 0.026, p9595: 0.125 },
  'shared-queue': { meanMedian: 0.016, mean95: 0.118, p95Median: 0.017, p9595: 0.221 },
  'split-queues': { meanMedian: 0.009, mean95: 0.079, p95Median: 0.012, p9595: 0.11 },
  'event-loops': { meanMedian: 0.013, mean95: 0.091, p95Median: 0.021, p9595: 0.13 },
  'batching-loops': { meanMedian: 0.015, mean95: 0.086, p95Median: 0.013, p9595: 0.072 },
  'loops-with-threads': { meanMedian: 0.029, mean95: 0.348, p95Median: 0.026, p9595: 0.482 },
};
