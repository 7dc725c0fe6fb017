import type { MeasuredErrors } from '../server.js';

/** By kind. The numbers are written by `npm run validate`, which docs/accuracy.md explains. */
export const MEASURED_ERRORS: Readonly<Record<string, MeasuredErrors>> = {
  async: { cases: 2, meanMedian: 0.119, meanWorst: 0.161, p95Median: 0.135, p95Worst: 0.234 },
  threads: { cases: 1, meanMedian: 0.018, meanWorst: 0.018, p95Median: 0.03, p95Worst: 0.03 },
  django: { cases: 1, meanMedian: 0.012, meanWorst: 0.012, p95Median: 0.004, p95Worst: 0.004 },
};
