import type { MeasuredErrors } from '../server.js';
import type { WorkerClass } from './worker-class.js';

/** By worker class. The numbers are written by `npm run validate`, which docs/accuracy.md explains. */
export const MEASURED_ERRORS: Readonly<Partial<Record<WorkerClass, MeasuredErrors>>> = {
  sync: { cases: 6, meanMedian: 0.025, meanWorst: 0.061, p95Median: 0.032, p95Worst: 0.057 },
  gthread: { cases: 11, meanMedian: 0.023, meanWorst: 0.067, p95Median: 0.032, p95Worst: 0.056 },
  gevent: { cases: 4, meanMedian: 0.015, meanWorst: 0.041, p95Median: 0.012, p95Worst: 0.031 },
  asgi: { cases: 5, meanMedian: 0.018, meanWorst: 0.102, p95Median: 0.013, p95Worst: 0.085 },
  uvicorn: { cases: 3, meanMedian: 0.029, meanWorst: 0.057, p95Median: 0.04, p95Worst: 0.042 },
  tornado: { cases: 2, meanMedian: 0.019, meanWorst: 0.027, p95Median: 0.033, p95Worst: 0.041 },
  eventlet: { cases: 1, meanMedian: 0.006, meanWorst: 0.006, p95Median: 0.027, p95Worst: 0.027 },
};
