import type { Law } from '../math/laws/law.js';
import type { Database } from './connections/database.js';
import type { Facility } from './discipline.js';

/**
 * What a request does, uncontended. Laws are in ms. The CPU comes in `ioCalls` + 1 equal parts around `ioCalls` equal waits
 * (CPU, wait, CPU, …, CPU); each total is drawn once per request.
 */
export interface Workload {
  /** Poisson arrival rate; null where only the capacity is asked for. */
  readonly ratePerSecond: number | null;
  readonly cpu: Law;
  readonly io: Law;
  /** Waits per request; 0 where a request never waits. */
  readonly ioCalls: number;
  /** CPU that the server itself adds to a request, ms. */
  readonly overheadMs: number;
  /** {@link cpuOrderOf} the server's own CPU when left out. */
  readonly cpuOrder?: CpuOrder;
  /** The database connections that requests wait with; left out where each finds one. */
  readonly database?: Database;
  /** Where some requests run on a loop and others in its process's threads; `cpu` and `io` are then those of any request. */
  readonly mix?: Mix;
}

/** What a request does of its own, laws in ms. */
export interface RequestLaws {
  readonly cpu: Law;
  readonly io: Law;
}

/** Requests of two kinds: those that a loop runs itself, and those that it hands to threads. */
export interface Mix {
  /** Share of the requests that run in threads, in (0, 1). */
  readonly pooledShare: number;
  readonly looped: RequestLaws;
  readonly pooled: RequestLaws;
}

/** `even`: CPU, wait, CPU, …, CPU in equal parts; `before-waits`: CPU, wait, …, wait, answer. */
export type CpuOrder = 'even' | 'before-waits';

/**
 * With the server's own CPU a real server is asked about, whose requests seldom compute in equal parts: they are taken to
 * compute before they wait, the order in which they wait longest. Without it a model of queues is asked about.
 */
export const cpuOrderOf = ({ cpuOrder, overheadMs }: Pick<Workload, 'cpuOrder' | 'overheadMs'>): CpuOrder =>
  cpuOrder ?? (overheadMs > 0 ? 'before-waits' : 'even');

export interface Utilization {
  /** Busy share of the cores. */
  readonly cpu: number;
  /** Busy share of one process's interpreter lock (its one CPU at a time). */
  readonly gil: number;
  /** Busy share of the request slots; null where a class has no limit. */
  readonly slots: number | null;
  /** Busy share of the database connections; left out where each request in service finds one. */
  readonly connections?: number;
}

export interface ResponseTimes {
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

/** How requests wait for a database connection. */
export interface ConnectionWait {
  /** Probability that a request waits for one at all. */
  readonly probability: number;
  /** Mean over all requests, ms. */
  readonly meanMs: number;
  /** What of the 95th percentile would go were there a connection for every request, from 0 to 1; of {@link predict} alone. */
  readonly p95Share?: number;
}

/** What a system does under a workload. Response times run from arrival to response. Never NaN or infinite. */
export interface Prediction {
  readonly stable: boolean | null;
  /** Largest sustainable rate. */
  readonly capacityPerSecond: number;
  readonly utilization: Utilization | null;
  /** Probability that a request waits before it is first served. */
  readonly waitProbability: number | null;
  readonly meanMs: number | null;
  readonly p50Ms: number | null;
  readonly p90Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  /** Probability that a request is refused by a full backlog. */
  readonly rejectProbability: number | null;
  /** Name of the model that produced the numbers. */
  readonly method: string;
  /** Probability that a request is killed for taking too long; null where it does not apply. */
  readonly timeoutProbability?: number | null;
  /** Where processes share the arrivals unevenly: from what even shares would give (low) to what happens (high; null where that is overload). */
  readonly range?: { readonly low: ResponseTimes | null; readonly high: ResponseTimes | null } | null;
  /** The queue for database connections; left out where a pool has one for every request that can be in service. */
  readonly connectionWait?: ConnectionWait;
  /** Half-widths of 95 % confidence intervals, of simulated values. */
  readonly ci95?: Partial<Record<keyof ResponseTimes | 'waitProbability' | 'rejectProbability', number>>;
}

/** The one question every planner asks. */
export type Predict = (facility: Facility, workload: Workload) => Prediction;
