import { plain } from '../../../../text/sentences.js';
import type { ServerRule } from '../../../rule.js';
import { ratePerWorker, recycling } from './restarts.js';

/** A worker that lives for less is busy starting for a noticeable part of its life. */
const SHORTEST_SECONDS = 180;

export const restartsTooOften: ServerRule = {
  severity: 'warning',
  title: 'workers restart every few minutes',
  summary: 'at the rate given, a worker reaches max_requests within three minutes',
  why: 'A worker that restarts loads the application anew: for seconds one less serves, and its caches are empty. max_requests is meant for slow growth of memory, over hours.',
  fix: "Raise max_requests to an hour's worth of requests of one worker.",
  source: 'gunicorn/config.py: max_requests',
  check(subject) {
    const { maxRequests } = recycling(subject);
    const rate = ratePerWorker(subject);
    if (!maxRequests.value || rate === null || rate <= 0) return null;
    const seconds = maxRequests.value / rate;
    if (seconds >= SHORTEST_SECONDS) return null;
    return {
      at: maxRequests.at,
      message: `at ${plain(rate)} req/s each worker restarts every ${plain(seconds)} s`,
      fix: `set max_requests = ${Math.ceil((rate * 3600) / 1000) * 1000}`,
      numbers: { maxRequests: maxRequests.value, secondsBetweenRestarts: seconds },
    };
  },
};
