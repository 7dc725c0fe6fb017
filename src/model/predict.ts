import { lawMean } from '../queueing/law-moments.js';
import type { Predict } from './types.js';

/** Capacity bounds only: min(cores/CPU, workers/CPU under the GIL, slots/service). */
export const predict: Predict = (system, workload) => {
  const cpuMs = lawMean(workload.cpu) + workload.overheadMs;
  const serviceMs = cpuMs + lawMean(workload.io);
  const slots = system.workers * (system.workerClass === 'gthread' ? system.threads : 1);
  const capacityPerSecond = 1000 * Math.min(system.cores / cpuMs, system.workers / cpuMs, slots / serviceMs);
  return {
    stable: workload.ratePerSecond === null ? null : workload.ratePerSecond < capacityPerSecond,
    capacityPerSecond,
    utilization: null,
    waitProbability: null,
    meanMs: null,
    p50Ms: null,
    p90Ms: null,
    p95Ms: null,
    p99Ms: null,
    rejectProbability: null,
    method: 'capacity bounds',
  };
};
