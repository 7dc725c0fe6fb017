import { plain } from '../../../../text/sentences.js';
import type { ServerRule } from '../../../rule.js';
import { recycling } from './restarts.js';

export const jitterWithoutMaxRequests: ServerRule = {
  severity: 'note',
  title: 'jitter without max_requests',
  summary: 'max_requests_jitter is set and max_requests is not, so it has no effect',
  why: 'The jitter is added to max_requests; without it no worker is ever restarted.',
  fix: 'Set max_requests, or take the jitter out.',
  source: 'gunicorn/workers/base.py: the jitter counts only where max_requests is above 0',
  check(subject) {
    const { maxRequests, jitter } = recycling(subject);
    if (maxRequests.value !== 0 || !jitter.value) return null;
    return {
      at: jitter.at,
      message: `max_requests_jitter = ${plain(jitter.value)} has no effect without max_requests`,
      fix: `set max_requests = ${jitter.value * 10}, or remove it`,
      numbers: { maxRequestsJitter: jitter.value },
    };
  },
};
