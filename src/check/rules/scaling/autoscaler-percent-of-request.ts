import { counted, percent } from '../../../text/sentences.js';
import type { Rule } from '../../rule.js';

/** The upper end of what is usual of workers per core. */
const MOST_PER_CORE = 4;
/** Times the request that the processes must be able to use before its percentages mean little. */
const FAR_ABOVE = 2;

export const autoscalerPercentOfRequest: Rule = {
  severity: 'warning',
  title: 'more processes than the CPU request that an autoscaler goes by',
  summary: 'a CPU request is far below what the processes use, and the autoscaler counts in percent of it',
  why: 'The percentages of an autoscaler are of the request, not of what a replica can use. One busy process is then already more than the target: replicas are added while most processes of each are idle, and each brings as many idle ones with it.',
  fix: 'Request as many cores as the processes are to keep busy, run fewer processes in a replica, or scale on requests in flight.',
  source: 'kubernetes.io, Horizontal Pod Autoscaling: utilization is a percentage of the requested CPU',
  check({ deployment, workers }) {
    const { scaling } = deployment.copies;
    const { cpuRequest, cpuLimit } = deployment.resources;
    const target = scaling?.cpuPercent;
    if (!target?.known || !cpuRequest?.known || cpuRequest.value <= 0 || workers.value === null) return null;
    const request = cpuRequest.value;
    const usable = Math.min(workers.value, cpuLimit?.known ? cpuLimit.value : workers.value);
    if (workers.value <= MOST_PER_CORE * request + 1 || usable < FAR_ABOVE * request) return null;
    return {
      at: cpuRequest.at,
      message: `${workers.value} processes can use ${percent(usable / request)} of the ${counted(request, 'core')} requested, and the autoscaler adds replicas at ${target.value}%`,
      fix: `request about ${counted(Math.ceil((workers.value - 1) / MOST_PER_CORE), 'core')} or more`,
      numbers: {
        workers: workers.value,
        cpuRequestCores: request,
        usableCores: usable,
        targetPercent: target.value,
      },
    };
  },
};
