import { workersThatFit } from '../../plan/memory.js';
import { counted, mebibytes, plain } from '../../text/sentences.js';
import type { Rule } from '../rule.js';

export const memoryOvercommit: Rule = {
  severity: 'error',
  title: 'more memory than there is',
  summary: 'the workers together need more memory than the limit',
  why: 'The kernel kills a process as soon as the limit is passed. Gunicorn starts it again, so it shows as a loop of "Booting worker" and failed requests rather than as a clear error.',
  fix: 'Run fewer workers, or raise the limit. Threads or an asynchronous class give more concurrency in the same memory where requests wait; preload_app shares what is loaded before the fork.',
  source: 'memory = master + shared + workers × (per-worker + in flight × per-thread) + reserve',
  check({ memoryUsedMiB, memoryLimit, budget, workers, inFlightPerWorker }) {
    if (memoryUsedMiB === null || !memoryLimit || memoryUsedMiB <= memoryLimit.value) return null;
    const fitting = workersThatFit(budget, inFlightPerWorker ?? 1);
    return {
      at: workers.at,
      message: `${counted(workers.value ?? 0, 'worker')} of ${mebibytes(budget.perWorkerMiB ?? 0)} need ${mebibytes(memoryUsedMiB)} in all, ${plain(memoryUsedMiB / memoryLimit.value)} times the ${mebibytes(memoryLimit.value)} there are`,
      fix:
        fitting > 0
          ? `set workers = ${fitting}, the most that fit`
          : 'raise the memory limit: not even one worker fits',
      numbers: {
        workers: workers.value,
        memoryUsedMiB,
        memoryLimitMiB: memoryLimit.value,
        perWorkerMiB: budget.perWorkerMiB,
        workersThatFit: fitting,
      },
    };
  },
};
