import type { MeasuredErrors } from '../server.js';
import type { WorkerClass } from './worker-class.js';

/** By worker class. The numbers are written by `npm run validate`, which docs/accuracy.md explains. */
export const MEASURED_ERRORS: Readonly<Partial<Record<WorkerClass, MeasuredErrors>>> = {
  sync: { cases: 6, meanMedian: 0.028, meanWorst: 0.087, p95Median: 0.05, p95Worst: 0.071 },
  gthread: { cases: 11, meanMedian: 0.081, meanWorst: 0.222, p95Median: 0.035, p95Worst: 0.153 },
  gevent: { cases: 4, meanMedian: 0.032, meanWorst: 0.054, p95Median: 0.012, p95Worst: 0.037 },
  asgi: { cases: 5, meanMedian: 0.043, meanWorst: 0.162, p95Median: 0.034, p95Worst: 0.136 },
  uvicorn: { cases: 3, meanMedian: 0.096, meanWorst: 0.123, p95Median: 0.094, p95Worst: 0.101 },
  tornado: { cases: 2, meanMedian: 0.021, meanWorst: 0.03, p95Median: 0.039, p95Worst: 0.043 },
  eventlet: { cases: 1, meanMedian: 0.045, meanWorst: 0.045, p95Median: 0.012, p95Worst: 0.012 },
};
