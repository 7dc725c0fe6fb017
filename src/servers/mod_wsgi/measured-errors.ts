import type { MeasuredErrors } from '../server.js';

/** By kind. The numbers are written by `npm run validate`, which docs/accuracy.md explains. */
export const MEASURED_ERRORS: Readonly<Record<string, MeasuredErrors>> = {
  mod_wsgi: { cases: 3, meanMedian: 0.016, meanWorst: 0.043, p95Median: 0.01, p95Worst: 0.022 },
};
