import type { MeasuredErrors } from '../server.js';

/** By kind. The numbers are written by `npm run validate`, which docs/accuracy.md explains. */
export const MEASURED_ERRORS: Readonly<Record<string, MeasuredErrors>> = {
  async: { cases: 3, meanMedian: 0.012, meanWorst: 0.027, p95Median: 0.013, p95Worst: 0.014 },
  threads: { cases: 1, meanMedian: 0.016, meanWorst: 0.016, p95Median: 0.023, p95Worst: 0.023 },
};
