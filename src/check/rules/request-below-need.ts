import type { Violation } from '../../servers/rule.js';
import { counted, mebibytes, plain } from '../../text/sentences.js';
import type { Rule } from '../rule.js';

export const requestBelowNeed: Rule = {
  severity: 'warning',
  title: 'requests less than it needs',
  summary: 'the resources requested from Kubernetes or Compose are below what the workers need',
  why: 'A pod is placed where its request fits, not its limit. Memory that is used beyond the request is the first to be reclaimed by eviction, and CPU beyond the request is there only while the neighbours are idle.',
  fix: 'Request the memory of all workers, and the CPU that the expected rate takes.',
  source: 'Kubernetes: Resource Management for Pods and Containers; rate × CPU time',
  check({ deployment, memoryUsedMiB, question, times }) {
    const { memoryRequestMiB, cpuRequest } = deployment.resources;
    const violations: Violation[] = [];
    if (memoryRequestMiB?.known && memoryUsedMiB !== null && memoryRequestMiB.value < memoryUsedMiB)
      violations.push({
        at: memoryRequestMiB.at,
        message: `${mebibytes(memoryRequestMiB.value)} are requested, and the workers need ${mebibytes(memoryUsedMiB)}`,
        fix: `request ${mebibytes(Math.ceil(memoryUsedMiB))}`,
        numbers: { memoryRequestMiB: memoryRequestMiB.value, memoryUsedMiB },
      });
    const rate = question.workload?.ratePerSecond ?? null;
    const needed = times && rate !== null ? (rate * times.cpuMs) / 1000 : null;
    if (cpuRequest?.known && needed !== null && cpuRequest.value < needed)
      violations.push({
        at: cpuRequest.at,
        message: `${counted(cpuRequest.value, 'core')} requested, and ${plain(rate ?? 0)} req/s × ${plain(times?.cpuMs ?? 0)} ms of CPU take ${counted(needed, 'core')}`,
        fix: `request ${plain(Math.ceil(needed * 1000))}m or more`,
        numbers: { cpuRequestCores: cpuRequest.value, cpuNeededCores: needed },
      });
    return violations;
  },
};
