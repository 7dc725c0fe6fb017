import { UsageError } from '../host/errors.js';
import type { Values } from '../input/options.js';
import { serverNamed } from '../servers/index.js';
import { versionText } from '../servers/version.js';
import type { Assumptions } from './assume.js';
import { ANY, serverAsked } from './server-asked.js';
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

/** The parent of some versions keeps a copy of the application, which is as large as a worker. */
export function withParentCopy(memory: MemoryBudget, values: Values, assumptions: Assumptions): MemoryBudget {
  const { name, version } = serverAsked(values);
  const copies = name === ANY ? undefined : serverNamed(name).parentCopies;
  const { perWorkerMiB } = memory;
  if (!copies || version === null || perWorkerMiB === null || values.master !== undefined) return memory;
  if (version < copies.since || version > copies.until) return memory;
  assumptions.add({
    input: 'masterMiB',
    value: perWorkerMiB,
    flag: '--master',
    why: `the parent of ${serverNamed(name).title} ${versionText(version)} imports the application too, and is as large as a worker`,
  });
  return { ...memory, masterMiB: perWorkerMiB };
}
