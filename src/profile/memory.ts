import { UsageError } from '../host/errors.js';
import type { Values } from '../input/options.js';
import type { MemoryBudget } from './types.js';

/** Memory as typed; what was left out of the smaller parts is 0. */
export function resolveMemory(values: Values): MemoryBudget {
  const { mem, perWorker, shared = 0, perThread = 0, master = 0, reserve, memoryGrowth } = values;
  if (reserve?.kind === 'share' && mem === undefined)
    throw new UsageError('--reserve: a percentage needs --mem; accepted without it: MiB, such as 128MiB');
  const reserveMiB = !reserve ? 0 : reserve.kind === 'memory' ? reserve.memoryMiB : reserve.share * mem!;
  return {
    memoryMiB: mem ?? null,
    perWorkerMiB: perWorker ?? null,
    sharedMiB: shared,
    perThreadMiB: perThread,
    masterMiB: master,
    reserveMiB,
    ...(memoryGrowth && { growth: memoryGrowth }),
    ...(reserve?.kind === 'share' && { reserveShare: reserve.share }),
  };
}
