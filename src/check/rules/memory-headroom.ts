import { workersThatFit } from '../../plan/memory.js';
import { mebibytes, percent } from '../../text/sentences.js';
import type { Rule } from '../rule.js';

/** Share of the limit above which nothing is left for growth. */
const FULL = 0.9;

export const memoryHeadroom: Rule = {
  severity: 'warning',
  title: 'memory without headroom',
  summary: 'the workers fit, but fill more than 90% of the memory',
  why: 'Workers grow: caches fill, copy-on-write pages are copied, a large request comes. With no room the first growth is answered by the kernel, which kills a worker or the whole container.',
  fix: 'Leave about a tenth free: one worker fewer, a higher limit, or max_requests to end workers that have grown.',
  source: 'memory = master + shared + workers × (per-worker + in flight × per-thread) + reserve',
  check({ memoryUsedMiB, memoryLimit, budget, workers, inFlightPerWorker }) {
    if (memoryUsedMiB === null || !memoryLimit) return null;
    const share = memoryUsedMiB / memoryLimit.value;
    if (share <= FULL || share > 1) return null;
    const fitting = workersThatFit(
      { ...budget, memoryMiB: memoryLimit.value * FULL },
      inFlightPerWorker ?? 1,
    );
    return {
      at: workers.at,
      message: `the workers fill ${percent(share)} of the memory, ${mebibytes(memoryUsedMiB)} of ${mebibytes(memoryLimit.value)}`,
      fix:
        fitting > 0
          ? `set workers = ${fitting}, or raise the limit to ${mebibytes(Math.ceil(memoryUsedMiB / FULL))}`
          : `raise the limit to ${mebibytes(Math.ceil(memoryUsedMiB / FULL))}`,
      numbers: { memoryUsedMiB, memoryLimitMiB: memoryLimit.value, share },
    };
  },
};
