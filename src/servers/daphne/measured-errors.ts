import type { MeasuredErrors } from '../server.js';

/** By kind. The numbers are written by `npm run validate`, which docs/accuracy.md explains. */
export const MEASURED_ERRORS: Readonly<Record<string, MeasuredErrors>> = {
  async: { cases: 2, meanMedian: 0.022, meanWorst: 0.035, p95Median: 0.049, p95Worst: 0.095 },
  threads: { cases: 1, meanMedian: 0.014, meanWorst: 0.014, p95Median: 0.027, p95Worst: 0.027 },
  django: { cases: 1, meanMedian: 0.019, meanWorst: 0.019, p95Median: 0.003, p95Worst: 0.003 },
};
