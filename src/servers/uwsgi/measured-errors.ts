import type { MeasuredErrors } from '../server.js';

/** By kind. The numbers are written by `npm run validate`, which docs/accuracy.md explains. */
export const MEASURED_ERRORS: Readonly<Record<string, MeasuredErrors>> = {
  uwsgi: { cases: 3, meanMedian: 0.021, meanWorst: 0.03, p95Median: 0.008, p95Worst: 0.009 },
};
