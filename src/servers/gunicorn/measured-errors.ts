import type { MeasuredErrors } from '../server.js';
import type { WorkerClass } from './worker-class.js';

/** By worker class. The numbers are written by `npm run validate`, which docs/accuracy.md explains. */
export const MEASURED_ERRORS: Readonly<Partial<Record<WorkerClass, MeasuredErrors>>> = {
  sync: { cases: 6, meanMedian: 0.028, meanWorst: 0.075, p95Median: 0.047, p95Worst: 0.068 },
  gthread: { cases: 11, meanMedian: 0.022, meanWorst: 0.075, p95Median: 0.034, p95Worst: 0.056 },
  gevent: { cases: 4, meanMedian: 0.015, meanWorst: 0.041, p95Median: 0.013, p95Worst: 0.033 },
  asgi: { cases: 5, meanMedian: 0.018, meanWorst: 0.109, p95Median: 0.013, p95Worst: 0.091 },
  uvicorn: { cases: 3, meanMedian: 0.029, meanWorst: 0.064, p95Median: 0.04, p95Worst: 0.048 },
  tornado: { cases: 2, meanMedian: 0.021, meanWorst: 0.03, p95Median: 0.04, p95Worst: 0.043 },
  eventlet: { cases: 1, meanMedian: 0.006, meanWorst: 0.006, p95Median: 0.027, p95Worst: 0.027 },
};
