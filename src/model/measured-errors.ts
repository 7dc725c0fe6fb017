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
  sync: { cases: 5, meanMedian: 0.017, meanWorst: 0.075, p95Median: 0.051, p95Worst: 0.069 },
  gthread: { cases: 8, meanMedian: 0.055, meanWorst: 0.191, p95Median: 0.017, p95Worst: 0.107 },
  gevent: { cases: 4, meanMedian: 0.033, meanWorst: 0.053, p95Median: 0.016, p95Worst: 0.036 },
  asgi: { cases: 4, meanMedian: 0.059, meanWorst: 0.162, p95Median: 0.041, p95Worst: 0.14 },
  uvicorn: { cases: 3, meanMedian: 0.096, meanWorst: 0.124, p95Median: 0.106, p95Worst: 0.128 },
  tornado: { cases: 2, meanMedian: 0.023, meanWorst: 0.034, p95Median: 0.044, p95Worst: 0.045 },
  eventlet: { cases: 1, meanMedian: 0.045, meanWorst: 0.045, p95Median: 0.011, p95Worst: 0.011 },
};
