import type { MeasuredErrors } from '../server.js';

/** By kind. The numbers are written by `npm run validate`, which docs/accuracy.md explains. */
export const MEASURED_ERRORS: Readonly<Record<string, MeasuredErrors>> = {
  uwsgi: { cases: 3, meanMedian: 0.027, meanWorst: 0.062, p95Median: 0.009, p95Worst: 0.05 },
};
