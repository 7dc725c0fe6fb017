import { plain } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';
import { countValue } from '../../settings/setting-value.js';
import { versionText } from '../../version.js';
import { JITTER_SINCE, RESPAWNS_SINCE } from '../facts.js';

export const restartTogether: ServerRule = {
  severity: 'warning',
  title: 'workers restart together, or for the last time',
  summary: 'a limit of requests without a jitter, or on a version that does not replace workers',
  why: 'Workers that share the load reach the same number of requests at about the same time, and each is gone from its last request until the application is imported again. Before 0.30 a worker that ended was never replaced.',
  fix: 'Set --limit-max-requests-jitter to about a tenth of it (0.41 and later).',
  source: 'uvicorn docs/release-notes.md; supervisors/multiprocess.py',
  check({ deployment, workers, version }) {
    const limit = countValue(deployment, 'limit_max_requests', 0);
    const jitter = countValue(deployment, 'limit_max_requests_jitter', 0);
    if (!limit.value || (workers.value ?? 0) < 2) return null;
    const isLost = version < RESPAWNS_SINCE;
    if (!isLost && jitter.value !== 0) return null;
    const tenth = Math.max(1, Math.round(limit.value / 10));
    return {
      at: limit.at,
      message: isLost
        ? `each worker ends after ${plain(limit.value)} requests, and Uvicorn ${versionText(version)} starts no other in its place`
        : `every worker restarts after ${plain(limit.value)} requests, so they restart together`,
      fix:
        version < JITTER_SINCE
          ? `upgrade to ${versionText(JITTER_SINCE)} and set --limit-max-requests-jitter ${tenth}`
          : `set --limit-max-requests-jitter ${tenth}`,
      numbers: { limitMaxRequests: limit.value, jitter: jitter.value },
      ...(isLost && { byVersion: true }),
    };
  },
};
