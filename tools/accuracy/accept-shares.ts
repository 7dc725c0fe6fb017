import { readFileSync, writeFileSync } from 'node:fs';
import { facilityOf } from '../../src/servers/gunicorn/discipline.js';
import { simulate } from '../../src/simulation/index.js';

/**
 * Writes src/model/threads/accept-shares-data.ts anew: how processes that a connection wakes together share the arrivals, as
 * simulated by the order in which the kernel wakes them and its scheduler. `npm run accept-shares`.
 */
const FILE = 'src/model/threads/accept-shares-data.ts';
const LOADS = [0.1, 0.3, 0.5, 0.7, 0.9];
const CPU_MS = 2;
const IO_MS = 60;
const OVERHEAD_MS = 0.8;

function sharesOf(workers: number, cores: number, load: number): readonly number[] {
  const facility = facilityOf({
    ...{ workerClass: 'gthread', gunicorn: 26, gil: true, timeoutMs: 0, backlog: 2048 },
    // So many threads that nobody is overloaded.
    ...{ workers, cores, threads: 64, workerConnections: 1000 },
  });
  const workload = {
    ratePerSecond: (1000 * load * cores) / (CPU_MS + OVERHEAD_MS),
    cpu: { kind: 'exponential', mean: CPU_MS },
    io: { kind: 'exponential', mean: IO_MS },
    ioCalls: 1,
    overheadMs: OVERHEAD_MS,
  } as const;
  const options = { requests: 30_000, replications: 3, warmup: 500 };
  return simulate(facility, workload, options).shares.map((share) => Number((100 * share).toFixed(1)));
}

const tableOf = (cores: number): string =>
  [2, 3, 4, 6, 8, 12, 16]
    .map((processes) => {
      const shares = LOADS.map((load) => sharesOf(processes, cores, load));
      return `  { processes: ${processes}, shares: ${JSON.stringify(shares)} },\n`;
    })
    .join('');

const text = readFileSync(FILE, 'utf8');
const written = text
  .replace(/(ON_ONE_CPU[^=]*= \[\n)[\s\S]*?(\n\];)/, (_, head, tail) => head + tableOf(1).trimEnd() + tail)
  .replace(
    /(ON_SEVERAL_CPUS[^=]*= \[\n)[\s\S]*?(\n\];)/,
    (_, head, tail) => head + tableOf(2).trimEnd() + tail,
  );
writeFileSync(FILE, written);
