import { ab } from './ab.js';
import type { LoadTestFormat } from './format.js';
import { hey } from './hey.js';
import { jmeter } from './jmeter.js';
import { k6Points } from './k6-points.js';
import { k6Summary } from './k6-summary.js';
import { locustHistory } from './locust-history.js';
import { locustStats } from './locust-stats.js';
import { oha } from './oha.js';
import { vegetaReport } from './vegeta.js';
import { vegetaResults } from './vegeta-results.js';
import { wrk } from './wrk.js';

/** What is recognised; the first that does takes the file. */
export const LOAD_TEST_FORMATS: readonly LoadTestFormat[] = [
  k6Points,
  vegetaResults,
  hey,
  jmeter,
  locustHistory,
  locustStats,
  k6Summary,
  vegetaReport,
  oha,
  wrk,
  ab,
];
