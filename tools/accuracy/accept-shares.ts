import { readFileSync, writeFileSync } from 'node:fs';
import { facilityOf } from '../../src/servers/gunicorn/discipline.js';
import { POISSON } from '../../src/simulation/engine/arrivals.js';
import { replicate } from '../../src/simulation/run/replicate.js';
import { Findings } from '../../src/simulation/run/summary.js';

/**
 * Writes src/model/threads/accept-shares-data.ts anew: how processes that a connection wakes together share the arrivals, as
 * simulated by the order in which the kernel wakes them and its scheduler. `npm run accept-shares`.
 */
const FILE = 'src/model/threads/accept-shares-data.ts';
const CPUS = [1, 2, 4, 8, 16];
const PROCESSES = [2, 3, 4, 6, 8, 12, 16];
const LOADS = [0.1, 0.3, 0.5, 0.7, 0.9];
const CPU_MS = 2;
const IO_MS = 60;
const OVERHEAD_MS = 0.8;
/** So many that nobody is overloaded. */
const MANY_THREADS = 64;
const REPLICATIONS = 3;
const LENGTH = { warmup: 500, requests: 10_000 };

function sharesOf(workers: number, cores: number, load: number): readonly number[] {
  const ratePerSecond = (1000 * load * cores) / (CPU_MS + OVERHEAD_MS);
  return rounded(sharesAt({ workers, cores, threads: MANY_THREADS }, ratePerSecond, IO_MS));
}

const rounded = (shares: readonly number[]): readonly number[] =>
  shares.map((share) => Number((100 * share).toFixed(1)));

function sharesAt(
  pools: { readonly workers: number; readonly cores: number; readonly threads: number },
  ratePerSecond: number,
  ioMs: number,
): readonly number[] {
  const facility = facilityOf({
    ...{ workerClass: 'gthread', gunicorn: 26, gil: true, timeoutMs: 0, backlog: 2048 },
    ...{ ...pools, workerConnections: 1000 },
  });
  const workload = {
    ratePerSecond,
    cpu: { kind: 'exponential', mean: CPU_MS },
    io: { kind: 'exponential', mean: ioMs },
    ioCalls: 1,
    overheadMs: OVERHEAD_MS,
  } as const;
  const experiment = { facility, workload, ratePerSecond, arrivals: POISSON, physics: {}, seed: 1 };
  const findings = new Findings();
  for (let n = 0; n < REPLICATIONS; n++) findings.add(replicate(experiment, n, LENGTH));
  return findings.shares;
}

/** How many times as many requests as it can answer come to the first process, so that hardly a thread of it is free. */
const OVERLOADED = 1.05;
const FEW_THREADS = 16;
const ROUNDS = 8;

/**
 * Of two processes on one CPU, what the first takes while none of its threads is free: where it can answer little less, which is
 * found by rounds.
 */
function sharesWhileFull(load: number): readonly number[] {
  const ratePerSecond = (1000 * load) / (CPU_MS + OVERHEAD_MS);
  let shares: readonly number[] = [0.9, 0.1];
  for (let round = 0; round < ROUNDS; round++) {
    const answered = (shares[0]! * ratePerSecond) / OVERLOADED / 1000;
    shares = sharesAt(
      { workers: 2, cores: 1, threads: FEW_THREADS },
      ratePerSecond,
      FEW_THREADS / answered - CPU_MS - OVERHEAD_MS,
    );
  }
  return rounded(shares);
}

/** Processes with a CPU each share as they do where there are more CPUs. */
const tables = CPUS.map((cpus) => ({
  cpus,
  byProcesses: PROCESSES.filter((processes) => processes >= cpus).map((processes) => ({
    processes,
    shares: LOADS.map((load) => sharesOf(processes, cpus, load)),
  })),
}));

const text = readFileSync(FILE, 'utf8');
writeFileSync(
  FILE,
  text
    .replace(/(BY_CPUS[^=]*= )[\s\S]*$/, (_, head) => `${head}${JSON.stringify(tables)};\n`)
    .replace(
      /(WHILE_FULL[^=]*= )[^;]*;/,
      (_, head) => `${head}${JSON.stringify(LOADS.map(sharesWhileFull))};`,
    ),
);
