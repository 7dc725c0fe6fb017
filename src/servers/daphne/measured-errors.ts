import type { MeasuredErrors } from '../server.js';

/** By kind. The numbers are written by `npm run validate`, which docs/accuracy.md explains. */
export const MEASURED_ERRORS: Readonly<Record<string, MeasuredErrors>> = {
  async: { cases: 2, meanMedian: 0.119, meanWorst: 0.161, p95Median: 0.135, p95Worst: 0.234 },
  threads: { cases: 1, meanMedian: 0.013, meanWorst: 0.013, p95Median: 0.028, p95Worst: 0.028 },
  django: { cases: 1, meanMedian: 0.019, meanWorst: 0.019, p95Median: 0.001, p95Worst: 0.001 },
};
