import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readTrace } from '../../../src/commands/simulate/trace.js';
import type { Law } from '../../../src/math/laws/law.js';
import type { Facility } from '../../../src/model/discipline.js';
import type { Workload } from '../../../src/model/types.js';
import { DEFAULT_SERVER, serverNamed, type WorkerClass } from '../../../src/servers/index.js';
import type { Kind, Loop } from '../../../src/servers/server.js';
import { parseVersion } from '../../../src/servers/version.js';
import type { TracedRequest } from '../../../src/simulation/engine/replay.js';

/** One measured case: what was asked for, and what came. Times in ms. */
export interface Case {
  readonly id: string;
  /** The default server when left out. */
  readonly server?: string;
  /** Where the server has worker classes. */
  readonly class?: WorkerClass;
  /** Where the application speaks ASGI to a server without classes: `async`, `threads:N`, `django`. */
  readonly handlers?: string;
  readonly loop?: Loop;
  /** uWSGI's lock around accepting. */
  readonly thunder_lock?: boolean;
  readonly version: string;
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
  /** CPU of the processes that answered. */
  readonly cpu_ms_per_req: number;
  /** CPU of the server's other processes. */
  readonly front_ms_per_req?: number;
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

/** Whether it is a case of the server that is meant where none is named. */
export const isDefault = (measured: Case): boolean => serverOf(measured) === DEFAULT_SERVER;

/** What the server runs. */
export function kindOf(measured: Case): Kind {
  const { kinds } = serverOf(measured);
  const handlers = measured.handlers?.split(':')[0] ?? null;
  return kinds.find((kind) => kind.workerClass === (measured.class ?? null) && kind.handlers === handlers)!;
}

export const serverOf = ({ server = DEFAULT_SERVER.name }: Pick<Case, 'server'>) => serverNamed(server);

/** No measured backlog was ever full. */
const BACKLOG = 1024;

export function facilityOfCase(measured: Case): Facility {
  const { workers, threads, connections: workerConnections = null, cores } = measured;
  const version = parseVersion(measured.version)!;
  // The measured uvloop is 0.17, which takes all connections that wait, as asyncio does.
  const circumstances = { version, gil: true, backlog: BACKLOG, timeoutMs: 0, loop: null };
  const configuration = { kind: kindOf(measured), workers, threads, workerConnections };
  const discipline = serverOf(measured).discipline(configuration, circumstances);
  return {
    ...discipline,
    ...(closesAfterTurn(measured) && { answersLeave: 'after-turn' }),
    ...(measured.pinned && { keptToCores: true }),
    cores,
  };
}

/** Kinds whose connections are closed by a transport of asyncio or uvloop. */
const BY_TRANSPORT = [
  ['gunicorn', 'asgi'],
  ['gunicorn', 'uvicorn'],
  ['uvicorn', 'async'],
] as const;

/** The client waits until the connection is closed, which such a transport does in the loop's next turn. */
const closesAfterTurn = (measured: Case): boolean =>
  BY_TRANSPORT.some(([server, kind]) => serverOf(measured).name === server && kindOf(measured).name === kind);

/** CPU that the server itself took for a request, ms: what all its processes used beyond what the application was asked to burn. */
export const overheadOf = ({ cpu_ms_per_req, front_ms_per_req = 0, demand_cpu_ms }: Case): number =>
  cpu_ms_per_req + front_ms_per_req - demand_cpu_ms;

/** What was demanded, beside the server's own CPU. The application computes first, then waits, unless the case spreads it. */
export function workloadOf(measured: Case): Workload {
  const io = lawOf(measured.io);
  return {
    ratePerSecond: measured.rate,
    cpu: lawOf(measured.cpu),
    io,
    ioCalls: io.mean > 0 ? measured.slices : 0,
    overheadMs: overheadOf(measured),
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
