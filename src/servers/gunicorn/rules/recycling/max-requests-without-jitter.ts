import { plain } from '../../../../text/sentences.js';
import type { ServerRule } from '../../../rule.js';
import { countValue } from '../../../settings/setting-value.js';

export const maxRequestsWithoutJitter: ServerRule = {
  severity: 'warning',
  title: 'workers restart together',
  summary: 'max_requests is set and max_requests_jitter is not',
  why: 'Workers that started together and share the load reach the same number of requests at about the same time. All of them then restart at once, and capacity drops to nothing for as long as the application takes to load.',
  fix: 'Set max_requests_jitter to about a tenth of max_requests.',
  source: 'gunicorn/config.py: max_requests_jitter, drawn once per worker at boot',
  check({ deployment, workers }) {
    const maxRequests = countValue(deployment, 'max_requests', 0);
    const maxRequestsJitter = countValue(deployment, 'max_requests_jitter', 0);
    if (!maxRequests.value || maxRequestsJitter.value !== 0 || (workers.value ?? 2) < 2) return null;
    return {
      at: maxRequests.at,
      message: `every worker restarts after ${plain(maxRequests.value)} requests, so they restart together`,
      fix: `set max_requests_jitter = ${Math.max(1, Math.round(maxRequests.value / 10))}`,
      numbers: { maxRequests: maxRequests.value, maxRequestsJitter: 0 },
    };
  },
};
