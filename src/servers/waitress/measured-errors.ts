import type { MeasuredErrors } from '../server.js';

/** By kind. The numbers are written by `npm run validate`, which docs/accuracy.md explains. */
export const MEASURED_ERRORS: Readonly<Record<string, MeasuredErrors>> = {
  waitress: { cases: 3, meanMedian: 0.033, meanWorst: 0.035, p95Median: 0.027, p95Worst: 0.032 },
};
