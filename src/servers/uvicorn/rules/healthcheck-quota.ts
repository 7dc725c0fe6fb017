import { plain } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';
import { countValue } from '../../settings/setting-value.js';
import { HEALTHCHECK_SECONDS, RESPAWNS_SINCE } from '../facts.js';

export const healthcheckQuota: ServerRule = {
  severity: 'warning',
  title: 'workers killed while they are throttled',
  summary: 'more workers than the CPU limit, and the default health check',
  why: 'The supervisor kills a worker that does not answer its ping within 5 s, with all its requests. Under a CPU quota smaller than the number of workers, an import, a long C call or throttling alone can take that long.',
  fix: 'Set --timeout-worker-healthcheck to 30 or more, or run no more workers than cores.',
  source: 'uvicorn/supervisors/multiprocess.py; Kludex/uvicorn discussions 2506 and 2500',
  check({ deployment, workers, cores, version }) {
    const healthcheck = countValue(deployment, 'timeout_worker_healthcheck', HEALTHCHECK_SECONDS);
    if (!cores || version < RESPAWNS_SINCE || (workers.value ?? 0) < 2) return null;
    if (workers.value! <= cores.value || (healthcheck.value ?? HEALTHCHECK_SECONDS + 1) > HEALTHCHECK_SECONDS)
      return null;
    return {
      at: workers.at,
      message: `${plain(workers.value!)} workers share ${plain(cores.value)} cores, and one that does not answer within ${healthcheck.value} s is killed with its requests`,
      fix: 'set --timeout-worker-healthcheck 30, or run no more workers than cores',
      numbers: { workers: workers.value, cores: cores.value, healthcheckSeconds: healthcheck.value },
      byVersion: true,
    };
  },
};
