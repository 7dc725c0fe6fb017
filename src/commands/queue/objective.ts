import { type Objective, objective } from '../../input/types.js';
import type { Durations, QueueResult } from '../../math/queues/result.js';

/** Tests one `--slo` on a result and, where service alone may break it, on the service time. */
export interface Target {
  readonly text: string;
  /** Whether a result keeps it. An unstable system keeps none. */
  readonly keeps: (result: QueueResult) => boolean;
  /** Whether no number of servers can keep it, because services alone take too long. */
  readonly outOfReach: (service: Durations) => boolean;
}

/** What one `--slo` asks of a queue. */
export function targetOf(asked: Objective): Target {
  const text = objective.format(asked);
  const limit = 'limitMs' in asked ? asked.limitMs / 1000 : 0;
  const never = () => false;
  switch (asked.metric) {
    case 'wait':
      return {
        text,
        keeps: ({ waitProbability }) => waitProbability !== null && waitProbability <= asked.limit,
        outOfReach: never,
      };
    case 'meanWait':
      return { text, keeps: ({ wait }) => wait !== null && wait.mean <= limit, outOfReach: never };
    case 'mean':
      return {
        text,
        keeps: ({ sojourn }) => sojourn !== null && sojourn.mean <= limit,
        outOfReach: (service) => service.mean >= limit,
      };
    default:
      return percentile(text, asked, limit);
  }
}

function percentile(
  text: string,
  { metric, percent }: Objective & { readonly percent: number },
  limit: number,
): Target {
  /** Share of the requests that may take longer. */
  const beyond = (100 - percent) / 100;
  const fits = (times: Durations) => times.tail(limit) <= beyond;
  if (metric === 'percentileWait')
    return { text, keeps: ({ wait }) => wait !== null && fits(wait), outOfReach: () => false };
  return {
    text,
    keeps: ({ sojourn }) => sojourn !== null && fits(sojourn),
    outOfReach: (service) => !fits(service),
  };
}
