import { readFileSync } from 'node:fs';
import type { Law } from '../../src/math/laws/law.js';
import type { Facility } from '../../src/model/discipline.js';
import { evenly } from '../../src/model/predict.js';
import type { Workload } from '../../src/model/types.js';
import { facilityOf, type System } from '../../src/servers/gunicorn/discipline.js';

/** A system with Gunicorn's defaults but for what is said. */
export const system = (given: Partial<System>): Facility =>
  facilityOf({
    workerClass: 'sync',
    gunicorn: 26,
    workers: 1,
    threads: 1,
    workerConnections: 1000,
    backlog: 2048,
    cores: 1,
    gil: true,
    timeoutMs: 30_000,
    ...given,
  });

export const law = (mean: number, cv = 1): Law => ({ kind: 'two-moment', mean, cv });

/** One law of each kind, with a mean of 40 ms. */
export const LAWS: readonly Law[] = [
  { kind: 'exponential', mean: 40 },
  { kind: 'deterministic', mean: 40 },
  { kind: 'erlang', mean: 40, stages: 3 },
  { kind: 'hyperexponential', mean: 40, cv: 2 },
  { kind: 'lognormal', mean: 40, cv: 1.5 },
];

/** Mean CPU and I/O in ms, exponential unless laws are given. */
export const workload = (cpuMs: number, ioMs: number, given: Partial<Workload> = {}): Workload => ({
  ratePerSecond: null,
  cpu: law(cpuMs),
  io: law(ioMs),
  ioCalls: ioMs > 0 ? 1 : 0,
  overheadMs: 0,
  ...given,
});

export interface LayeredCase {
  readonly id: string;
  readonly processes: number;
  readonly threads: number;
  readonly cores: number;
  readonly cpuMs: number;
  readonly ioMs: number;
  readonly waits: number;
  readonly ratePerSecond: number;
  readonly accept: 'shared' | 'split';
  readonly cpuLaw: string;
  readonly ioLaw: string;
  readonly meanMs: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** Processes × threads with a lock each on shared cores, simulated by an independent program to about 0.5 %. */
export const layeredCases = (): LayeredCase[] =>
  JSON.parse(readFileSync('fixtures/model/layered.json', 'utf8')) as LayeredCase[];

const CV_OF_PART: Record<string, number> = {
  exponential: 1,
  deterministic: 0,
  'lognormal scv 1': 1,
  'H2 balanced scv 4': 2,
};

/** Those programs draw every part by itself; a request's total then varies less by the root of their number. */
/** Their processes share the arrivals at random. */
export function layeredQuestion(c: LayeredCase): [Facility, Workload] {
  return [
    evenly(
      system({
        workerClass: 'gthread',
        workers: c.processes,
        threads: c.threads,
        cores: c.cores,
        workerConnections: c.accept === 'split' ? 1000 : c.threads,
      }),
    ),
    workload(c.cpuMs, c.ioMs, {
      ratePerSecond: c.ratePerSecond,
      cpu: law(c.cpuMs, CV_OF_PART[c.cpuLaw]! / Math.sqrt(c.waits + 1)),
      io: law(c.ioMs, c.waits > 0 ? CV_OF_PART[c.ioLaw]! / Math.sqrt(c.waits) : 0),
      ioCalls: c.waits,
    }),
  ];
}
