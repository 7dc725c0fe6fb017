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
  sync: { cases: 3, meanMedian: 0.043, meanWorst: 0.074, p95Median: 0.069, p95Worst: 0.069 },
  gthread: { cases: 2, meanMedian: 0.061, meanWorst: 0.095, p95Median: 0.033, p95Worst: 0.048 },
  gevent: { cases: 2, meanMedian: 0.036, meanWorst: 0.053, p95Median: 0.022, p95Worst: 0.036 },
  asgi: { cases: 1, meanMedian: 0.17, meanWorst: 0.17, p95Median: 0.149, p95Worst: 0.149 },
  uvicorn: { cases: 1, meanMedian: 0.088, meanWorst: 0.088, p95Median: 0.102, p95Worst: 0.102 },
  tornado: { cases: 1, meanMedian: 0.032, meanWorst: 0.032, p95Median: 0.032, p95Worst: 0.032 },
};
