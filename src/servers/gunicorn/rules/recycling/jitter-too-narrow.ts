import { counted, plain } from '../../../../text/sentences.js';
import type { ServerRule } from '../../../rule.js';
import { ratePerWorker, recycling } from './restarts.js';

/** Seconds that an application of usual size takes to start; several import for longer. */
const START_SECONDS = 5;

export const jitterTooNarrow: ServerRule = {
  severity: 'warning',
  title: 'jitter hardly separates the restarts',
  summary:
    'at the rate given, max_requests_jitter spreads the restarts over less time than the workers need to start one after the other',
  why: 'Each worker draws a number from the jitter once, when it starts. Where the whole range is used up within seconds, workers restart while others still load, and what is left must carry everything.',
  fix: 'Set max_requests_jitter so large that at the rate of one worker it takes longer than all workers take to start: often as large as max_requests itself.',
  source: 'gunicorn/workers/base.py: max_requests + randint(0, max_requests_jitter)',
  check(subject) {
    const { maxRequests, jitter } = recycling(subject);
    const rate = ratePerWorker(subject);
    const workers = subject.workers.value ?? 0;
    if (!maxRequests.value || !jitter.value || rate === null || rate <= 0 || workers < 2) return null;
    const window = jitter.value / rate;
    const needed = workers * START_SECONDS;
    if (window >= needed) return null;
    return {
      at: jitter.at,
      message: `a jitter of ${plain(jitter.value)} requests is used up in ${plain(window)} s at ${plain(rate)} req/s a worker, so ${counted(workers, 'worker')} restart nearly together`,
      fix: `set max_requests_jitter = ${Math.min(maxRequests.value, Math.ceil((needed * rate) / 100) * 100)} or more`,
      numbers: { maxRequestsJitter: jitter.value, windowSeconds: window, neededSeconds: needed },
    };
  },
};
