import type { WorkerClass } from '../servers/worker-class.js';

/** Absolute errors of {@link predict} against latencies measured on a real Gunicorn: median and largest. */
export interface MeasuredErrors {
  /** Measured cases that count. */
  readonly cases: number;
  readonly meanMedian: number;
  readonly meanWorst: number;
  readonly p95Median: number;
  readonly p95Worst: number;
}

/** By worker class. The numbers are written by `npm run validate`, which docs/accuracy.md explains. */
export const MEASURED_ERRORS: Readonly<Partial<Record<WorkerClass, MeasuredErrors>>> = {
  sync: { cases: 5, meanMedian: 0.014, meanWorst: 0.076, p95Median: 0.054, p95Worst: 0.071 },
  gthread: { cases: 8, meanMedian: 0.078, meanWorst: 0.212, p95Median: 0.035, p95Worst: 0.116 },
  gevent: { cases: 4, meanMedian: 0.066, meanWorst: 0.079, p95Median: 0.024, p95Worst: 0.054 },
  asgi: { cases: 4, meanMedian: 0.081, meanWorst: 0.17, p95Median: 0.054, p95Worst: 0.142 },
  uvicorn: { cases: 3, meanMedian: 0.118, meanWorst: 0.135, p95Median: 0.11, p95Worst: 0.119 },
  tornado: { cases: 2, meanMedian: 0.022, meanWorst: 0.032, p95Median: 0.044, p95Worst: 0.045 },
  eventlet: { cases: 1, meanMedian: 0.069, meanWorst: 0.069, p95Median: 0.028, p95Worst: 0.028 },
};
