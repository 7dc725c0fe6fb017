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
  sync: { cases: 3, meanMedian: 0.039, meanWorst: 0.075, p95Median: 0.063, p95Worst: 0.069 },
  gthread: { cases: 2, meanMedian: 0.058, meanWorst: 0.095, p95Median: 0.031, p95Worst: 0.048 },
  gevent: { cases: 2, meanMedian: 0.038, meanWorst: 0.053, p95Median: 0.023, p95Worst: 0.036 },
  asgi: { cases: 1, meanMedian: 0.162, meanWorst: 0.162, p95Median: 0.14, p95Worst: 0.14 },
  uvicorn: { cases: 1, meanMedian: 0.096, meanWorst: 0.096, p95Median: 0.128, p95Worst: 0.128 },
  tornado: { cases: 1, meanMedian: 0.013, meanWorst: 0.013, p95Median: 0.043, p95Worst: 0.043 },
};
