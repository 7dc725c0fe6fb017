import { mebibytes, percent } from '../../../text/sentences.js';
import type { ServerRule } from '../../rule.js';

/** Share of the limit above which the growth of one worker gets it killed. */
const NEAR = 0.8;

export const oneDeathEndsAll: ServerRule = {
  severity: 'warning',
  title: 'one killed worker ends the server',
  summary: 'several workers near the memory limit',
  why: 'Hypercorn replaces a worker only when it ended well. One that the kernel kills for memory ends the parent and all its siblings, and every request in flight with them.',
  fix: 'Leave a fifth of the memory free: fewer workers, or a higher limit; and let the platform restart the server.',
  source: 'src/hypercorn/run.py',
  check({ workers, memoryLimit, question }) {
    const { perWorkerMiB } = question.memory;
    if (perWorkerMiB === null || !memoryLimit || (workers.value ?? 0) < 2) return null;
    const used = perWorkerMiB * workers.value!;
    if (used <= NEAR * memoryLimit.value) return null;
    return {
      at: workers.at,
      message: `the workers fill ${percent(used / memoryLimit.value)} of ${mebibytes(memoryLimit.value)}, and one that is killed for memory ends the whole server`,
      fix: 'run fewer workers, or raise the limit',
      numbers: { workers: workers.value, perWorkerMiB, memoryLimitMiB: memoryLimit.value },
    };
  },
};
