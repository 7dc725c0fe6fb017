import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readTrace } from '../../../src/commands/simulate/trace.js';
import type { Law } from '../../../src/math/laws/law.js';
import type { Facility } from '../../../src/model/discipline.js';
import type { Workload } from '../../../src/model/types.js';
import { facilityOf } from '../../../src/servers/gunicorn/discipline.js';
import type { WorkerClass } from '../../../src/servers/gunicorn/worker-class.js';
import type { TracedRequest } from '../../../src/simulation/engine/replay.js';

/** One measured case: what was asked for, and what came. Times in ms. */
export interface Case {
  readonly id: string;
  readonly class: WorkerClass;
  readonly gunicorn?: number;
  readonly workers: number;
  readonly threads: number;
  readonly connections?: number;
  readonly cores: number;
  /** `even`: CPU in equal parts around the waits; else before them. */
  readonly order?: 'even';
  /** Each worker process kept to one of the CPUs. */
  readonly pinned?: boolean;
  readonly rate: number;
  readonly seconds: number;
  /** `exp:5000`, `det:0`, `logn:5000:1.5`: law, mean in µs, coefficient of variation. */
  readonly cpu: string;
  readonly io: string;
  readonly slices: number;
  readonly n: number;
  readonly demand_cpu_ms: number;
  readonly cpu_ms_per_req: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  /** The measured value less the sampling error of a run of this length, where it is known. */
  readonly long_mean?: number;
  readonly long_p95?: number;
  readonly long_p99?: number;
  readonly share: readonly number[];
  readonly other_cpu: number;
  readonly steal: number;
  readonly noisy?: boolean;
  readonly skewed?: boolean;
}

export function readCases(directory: string): readonly Case[] {
  return readFileSync(join(directory, 'measured.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Case);
}

export const traceOf = (directory: string, id: string): AsyncGenerator<readonly TracedRequest[]> => {
  const path = join(directory, 'traces', `${id}.csv.gz`);
  return readTrace(path, createReadStream(path));
};

/** Which process served each request of a trace, from 0. */
export function processesOf(directory: string, id: string): Int32Array {
  const text = gunzipSync(readFileSync(join(directory, 'traces', `${id}.csv.gz`))).toString();
  const [head = '', ...rows] = text.trim().split('\n');
  const column = head.split(',').indexOf('worker');
  return Int32Array.from(rows, (row) => Number(row.split(',')[column]) - 1);
}

export const facilityOfCase = (measured: Case): Facility =>
  facilityOf({
    workerClass: measured.class,
    gunicorn: measured.gunicorn ?? 26,
    workers: measured.workers,
    threads: measured.threads,
    workerConnections: measured.connections ?? 1000,
    backlog: 2048,
    cores: measured.cores,
    gil: true,
    timeoutMs: 120_000,
  });

/** What was demanded; the server's own CPU is what its workers used beyond it. The application computes first, then waits, unless the case spreads it. */
export function workloadOf(measured: Case): Workload {
  const io = lawOf(measured.io);
  return {
    ratePerSecond: measured.rate,
    cpu: lawOf(measured.cpu),
    io,
    ioCalls: io.mean > 0 ? measured.slices : 0,
    overheadMs: measured.cpu_ms_per_req - measured.demand_cpu_ms,
    cpuOrder: measured.order ?? 'before-waits',
  };
}

function lawOf(text: string): Law & { readonly mean: number } {
  const [kind, mean, cv] = text.split(':');
  const meanMs = Number(mean) / 1000;
  switch (kind) {
    case 'det':
      return { kind: 'deterministic', mean: meanMs };
    case 'exp':
      return { kind: 'exponential', mean: meanMs };
    case 'logn':
      return { kind: 'lognormal', mean: meanMs, cv: Number(cv) };
    case 'h2':
      return { kind: 'hyperexponential', mean: meanMs, cv: Number(cv) };
    default:
      throw new Error(`${text}: not a law that the validation knows`);
  }
}
