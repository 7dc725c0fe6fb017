import type { Found, ServerMemory, ServerProcess } from './types.js';

/**
 * Divides a server's memory into what one worker adds, what all share once and the master's own.
 *
 * With the application loaded before the fork a worker adds its private pages (USS), and what is shared counts once:
 * total PSS less all private pages, so that shared + master + workers gives the total back. Without, the whole RSS counts
 * per worker. The largest worker stands for all: workers grow, and the largest is what the others come to.
 */
export function serverMemory(
  master: ServerProcess,
  workers: readonly ServerProcess[],
  preload: boolean | null,
): ServerMemory | null {
  const apart = workers.filter((worker) => worker.pid !== master.pid);
  if (workers.length === 0) return null;
  const all = apart.length > 0 ? [master, ...apart] : workers;
  const rssMiB = Math.max(...workers.map((worker) => worker.rssMiB));
  const masterRssMiB = apart.length > 0 ? master.rssMiB : 0;
  const pss = sum(all.map((process) => process.pssMiB));
  const uss = sum(all.map((process) => process.ussMiB));
  if (preload && pss !== null && uss !== null && master.ussMiB !== null) {
    return {
      perWorkerMiB: Math.max(...workers.map((worker) => worker.ussMiB!)),
      sharedMiB: Math.max(0, pss - uss),
      masterMiB: apart.length > 0 ? master.ussMiB : 0,
      totalMiB: pss,
      basis: 'uss',
    };
  }
  const totalMiB = pss ?? all.reduce((total, process) => total + process.rssMiB, 0);
  return { perWorkerMiB: rssMiB, sharedMiB: 0, masterMiB: masterRssMiB, totalMiB, basis: 'rss' };
}

const sum = (values: readonly (number | null)[]): number | null =>
  values.reduce(
    (total, value) => (total === null || value === null ? null : total + value),
    0 as number | null,
  );

/**
 * Whether the application was loaded before the fork, judged by the processes: only then is the master about as large as
 * its workers.
 */
export function looksPreloaded(
  master: ServerProcess,
  workers: readonly ServerProcess[],
): Found<boolean> | null {
  const sizes = workers.map((worker) => worker.rssMiB).sort((a, b) => a - b);
  const middle = sizes[Math.floor(sizes.length / 2)];
  if (middle === undefined || master.pid === workers[0]?.pid) return null;
  return { value: master.rssMiB >= 0.8 * middle, from: 'processes' };
}
