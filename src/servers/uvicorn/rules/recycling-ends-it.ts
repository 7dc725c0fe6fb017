import { plain } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';
import { countValue } from '../../settings/setting-value.js';

export const recyclingEndsIt: ServerRule = {
  severity: 'error',
  title: 'the only process ends',
  summary: 'one worker, and a limit of its requests',
  why: 'Without --workers there is no supervisor: after so many requests the process ends, and nobody starts it again but the platform, which meanwhile refuses.',
  fix: 'Leave --limit-max-requests out, or run two workers or more.',
  source: 'uvicorn/server.py; uvicorn/main.py',
  check({ deployment, workers }) {
    const limit = countValue(deployment, 'limit_max_requests', 0);
    if (!limit.value || workers.value !== 1) return null;
    return {
      at: limit.at,
      message: `after ${plain(limit.value)} requests the only process ends, and the server with it`,
      fix: 'leave --limit-max-requests out, or set --workers 2',
      numbers: { limitMaxRequests: limit.value, workers: 1 },
    };
  },
};
