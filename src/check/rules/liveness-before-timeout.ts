import { plain } from '../../text/sentences.js';
import type { Rule } from '../rule.js';

export const livenessBeforeTimeout: Rule = {
  severity: 'warning',
  title: 'the liveness probe gives up before a request may end',
  summary: 'the liveness probe goes through the same workers and fails sooner than the timeout',
  why: 'While all workers are busy with requests that they are allowed to take that long, the probe is not answered. The whole container is then restarted, with all its requests, though nothing hangs.',
  fix: 'Let the probe wait longer than the timeout (periodSeconds × failureThreshold), probe something that does not need a worker, or lower the timeout.',
  source: 'Kubernetes: Configure Liveness, Readiness and Startup Probes',
  check({ deployment, timeoutSeconds, kind }) {
    const { liveness } = deployment.traffic;
    const timeout = timeoutSeconds.value;
    if (!liveness || !timeout || liveness.seconds >= timeout) return null;
    if (kind.value?.concurrency !== 'one' && kind.value?.concurrency !== 'threads') return null;
    return {
      at: liveness.at,
      message: `the liveness probe fails after ${plain(liveness.seconds)} s, and a request may hold a worker for ${plain(timeout)} s`,
      fix: `let periodSeconds × failureThreshold be more than ${plain(timeout)}, or lower the timeout`,
      numbers: { livenessSeconds: liveness.seconds, timeoutSeconds: timeout },
    };
  },
};
