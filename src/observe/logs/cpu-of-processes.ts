import type { SeenServer } from '../machine/types.js';
import type { ProcessTable } from './counting/processes.js';

/** CPU time per request of worker processes that still run. */
export interface CpuOfProcesses {
  readonly cpuMs: number;
  readonly processes: number;
  readonly requests: number;
}

const FEWEST_REQUESTS = 100;
/** A log that ends longer ago misses requests whose CPU time was counted. */
const STALE_MS = 60_000;

/**
 * The CPU time that workers have used, over the requests that the log shows of them. Only workers that began within the log
 * count, since only of them all requests are in it; what loading the application cost is in their CPU time too. Null where no
 * such worker runs or the log does not reach to now.
 */
export function cpuOfProcesses(
  servers: readonly SeenServer[],
  processes: ProcessTable,
  log: {
    readonly firstMs: number;
    readonly lastMs: number;
    readonly nowMs: number;
    readonly machine: string;
  },
): CpuOfProcesses | null {
  if (log.nowMs - log.lastMs > STALE_MS) return null;
  let cpuSeconds = 0;
  let requests = 0;
  let counted = 0;
  for (const worker of servers.flatMap((server) => server.workers)) {
    const tally = processes.get(log.machine)?.get(worker.pid);
    if (!tally || worker.ageSeconds === null || log.nowMs - worker.ageSeconds * 1000 < log.firstMs) continue;
    cpuSeconds += worker.cpuSeconds;
    requests += tally.count;
    counted += 1;
  }
  return requests < FEWEST_REQUESTS
    ? null
    : { cpuMs: (1000 * cpuSeconds) / requests, processes: counted, requests };
}
