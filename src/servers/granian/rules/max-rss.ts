import { mebibytes } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';
import { countValue } from '../../settings/setting-value.js';

export const maxRss: ServerRule = {
  severity: 'error',
  title: 'recycling does not fit beside the old worker',
  summary: 'the cap on memory leaves no room for the successor of a worker',
  why: 'A worker that reaches --workers-max-rss is ended only after its successor has started: for a while there is one worker more. Where the cap is near the limit, recycling itself is what gets the server killed.',
  fix: 'Set --workers-max-rss so that workers × cap + one fresh worker stays below the limit.',
  source: 'granian/server/common.py; mitodl/ol-infrastructure issue 5917',
  check({ deployment, workers, memoryLimit, question }) {
    const cap = countValue(deployment, 'workers_max_rss', 0);
    const fresh = question.memory.perWorkerMiB ?? 0;
    if (!cap.value || !memoryLimit || workers.value === null) return null;
    const most = workers.value * cap.value + fresh;
    if (most <= memoryLimit.value) return null;
    const fitting = Math.floor((memoryLimit.value - fresh) / workers.value);
    return {
      at: cap.at,
      message: `${workers.value} workers of up to ${mebibytes(cap.value)}${fresh > 0 ? ` and a fresh one of ${mebibytes(fresh)}` : ''} make ${mebibytes(most)}, and there are ${mebibytes(memoryLimit.value)}`,
      fix: fitting > 0 ? `set --workers-max-rss ${fitting} or less` : 'raise the limit',
      numbers: { workersMaxRssMiB: cap.value, memoryLimitMiB: memoryLimit.value },
    };
  },
};
