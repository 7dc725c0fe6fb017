import type { MeasuredErrors } from '../server.js';

/** By kind. The numbers are written by `npm run validate`, which docs/accuracy.md explains. */
export const MEASURED_ERRORS: Readonly<Record<string, MeasuredErrors>> = {
  async: { cases: 3, meanMedian: 0.022, meanWorst: 0.025, p95Median: 0.009, p95Worst: 0.014 },
  threads: { cases: 2, meanMedian: 0.023, meanWorst: 0.029, p95Median: 0.038, p95Worst: 0.073 },
  django: { cases: 1, meanMedian: 0.015, meanWorst: 0.015, p95Median: 0.013, p95Worst: 0.013 },
};
