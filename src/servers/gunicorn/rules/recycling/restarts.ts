import type { ServerSubject } from '../../../rule.js';
import { countValue } from '../../../settings/setting-value.js';

/** Requests per second that one worker gets; null where no rate was given. */
export function ratePerWorker({ question, workers }: ServerSubject): number | null {
  const rate = question.workload?.ratePerSecond ?? null;
  return rate === null || !workers.value ? null : rate / workers.value;
}

export const recycling = ({ deployment }: Pick<ServerSubject, 'deployment'>) => ({
  maxRequests: countValue(deployment, 'max_requests', 0),
  jitter: countValue(deployment, 'max_requests_jitter', 0),
});
