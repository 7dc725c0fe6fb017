import type { Origins } from '../input/learnt.js';
import type { MemoryGrowth } from '../input/quantity/growth.js';
import type { Workload } from '../model/types.js';
import type { WorkerClass } from '../servers/index.js';
import type { Kind, Loop } from '../servers/server.js';

/** Memory in MiB; null where unknown. */
export interface MemoryBudget {
  readonly memoryMiB: number | null;
  readonly perWorkerMiB: number | null;
  readonly sharedMiB: number;
  readonly perThreadMiB: number;
  readonly masterMiB: number;
  readonly reserveMiB: number;
  /** Of the memory, where the reserve was given so; else 0. */
  readonly reserveShare?: number;
  /** How a worker's memory grows, where it is known to. */
  readonly growth?: MemoryGrowth;
  /** Whether what is to stay free is taken off `memoryMiB` already. */
  readonly isNet?: boolean;
}

/** What an objective limits: a response time in ms, or the probability of queueing. */
export type SloMetric = 'mean' | 'p50' | 'p90' | 'p95' | 'p99' | 'wait';

export interface SloLimit {
  /** In its shortest form, such as `p95<250ms`. */
  readonly text: string;
  readonly metric: SloMetric;
  /** ms, or a share for `wait`; > 0. */
  readonly limit: number;
}

export interface Objective {
  readonly limits: readonly SloLimit[];
  /** Ceiling on the share of the capacity that the rate takes, in (0, 1]; null for none. */
  readonly maxUtilization: number | null;
  /** The ceiling that a recommendation keeps where it can: as typed, or assumed; null where nothing is to be chosen for a rate. */
  readonly ceiling: number | null;
  /** True where the user gave no objective and one was assumed for the given rate. */
  readonly assumed: boolean;
}

/** How the server runs apart from class, workers and threads. Settings that were not given are null. */
export interface ServerOptions {
  /** The server asked for, or the default one; `any` where all are compared. */
  readonly name: string;
  /** What is compared: the kinds of that server, or of all, that run the application. */
  readonly kinds: readonly Kind[];
  /** Version of each server, by its name. */
  readonly versions: Readonly<Record<string, number>>;
  readonly loop: Loop | null;
  /** Settings as typed; where they are null each server's own default holds. */
  readonly typed: {
    readonly backlog: number | null;
    readonly timeoutMs: number | null;
    readonly keepaliveMs: number | null;
    readonly queueTimeoutMs: number | null;
  };
  readonly gil: boolean;
  readonly backlog: number;
  readonly timeoutMs: number;
  readonly keepaliveMs: number;
  readonly preload: boolean;
  readonly workerConnections: number | null;
  readonly replicas: number;
  /** Database connections per worker; null: one per thread or request in flight. */
  readonly dbPool: number | null;
  readonly dbMaxConnections: number | null;
  readonly websockets: boolean;
  readonly proxy: boolean;
}

/** What the user fixed; null where wcalc chooses. */
export interface FixedConfiguration {
  readonly workerClass: WorkerClass | null;
  readonly workers: number | null;
  readonly threads: number | null;
}

/** A strategy of the user's own, as typed. */
export interface UserFormula {
  readonly name: string;
  readonly expression: string;
}

/** A value that the user left out, with what was taken for it and the flag that replaces it. */
export interface Assumption {
  /** Key as in `inputs`. */
  readonly input: string;
  readonly value: unknown;
  readonly flag: string;
  readonly why: string;
}

/** Resolved inputs by name with units in names; null where unknown. The order is the printed order. */
export type PlanInputs = Readonly<Record<string, unknown>>;

/** A question that is complete: every value, where it came from, and what was assumed for the rest. */
export interface Profile {
  readonly cores: number;
  readonly memory: MemoryBudget;
  /** What one replica gets: its rate is that replica's share of the rate of all. */
  readonly workload: Workload;
  /** True where the share of waiting was given or learnt, not assumed. */
  readonly ioKnown: boolean;
  readonly objective: Objective;
  readonly server: ServerOptions;
  readonly fixed: FixedConfiguration;
  readonly formulas: readonly UserFormula[];
  /** The least memory that meets the objective is asked for, without the operator's room. */
  readonly lean: boolean;
  readonly origins: Origins;
  readonly assumptions: readonly Assumption[];
  readonly inputs: PlanInputs;
}
