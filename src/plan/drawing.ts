import type { Workload } from '../model/types.js';
import type { MemoryBudget, Objective } from '../profile/types.js';
import type { Circumstances } from '../servers/server.js';
import type { Candidate } from './search/candidate.js';
import type { RequestTimes } from './search/demand.js';

/** Response times at one rate; null where overloaded. */
export interface CurvePoint {
  readonly ratePerSecond: number;
  readonly meanMs: number | null;
  readonly p95Ms: number | null;
}

/** What a chart or an interactive page needs beside the plan itself. */
export interface Drawing {
  readonly curve: readonly CurvePoint[];
  readonly candidate: Candidate;
  readonly circumstances: Circumstances;
  readonly cores: number;
  readonly workload: Workload;
  readonly memory: MemoryBudget;
  /** What decides how many requests are in flight, where a class does not limit them. */
  readonly demand: RequestTimes;
  readonly busySlots: number;
  readonly objective: Objective;
  /** What the objective allows the p95, in ms; null where it does not say. */
  readonly p95LimitMs: number | null;
  /** The command that made it, quoted for a shell. */
  readonly command: string;
}
