import { type Database, scarceConnections } from '../../model/connections/database.js';
import { type AnswersLeave, type Discipline, type Facility, MAIN_THREAD } from '../../model/discipline.js';
import {
  LINUX_TICK_MS,
  linuxSliceMs,
  MOST_SLICE_MS,
  QUOTA_PERIOD_MS,
  SWITCH_INTERVAL_MS,
} from '../../model/linux.js';
import { type ServerWork, serverWork } from '../../model/server-work.js';
import { acceptShares } from '../../model/threads/accept-shares.js';
import type { CpuOrder } from '../../model/types.js';
import type { Quota } from './cores.js';

/** A server's discipline and the machine that it runs on, in the terms of the engine. */
export interface Policy
  extends Omit<Discipline, 'front' | 'sharing' | 'answersLeave' | 'pooledThreads' | 'shedAfterMs'>,
    ServerWork,
    Machine {
  /** Time in the backlog after which a request is refused when its turn comes, ms; Infinity where none is. */
  readonly shedAfterMs: number;
  /** Requests that a process has at most; it refuses more. */
  readonly limit: number;
  readonly answersLeave: AnswersLeave;
  /** Which of the processes with room takes an arrival. */
  readonly choice: Choice;
  readonly switchIntervalMs: number;
  /** Whether a request computes before each wait and only answers after the last, rather than in equal parts around its waits. */
  readonly computesFirst: boolean;
  /** The threads beside each loop, and the server's own CPU for what runs in them; null where loops run all by themselves. */
  readonly pool: PolicyPool | null;
  /** The pools of database connections; null where each request in service finds one. */
  readonly database: Database | null;
}

/** Threads of a process to which its loop hands requests. */
interface PolicyPool {
  readonly threads: number;
  readonly work: ServerWork;
}

/** The CPUs as far as the server gets to use them. */
interface Machine {
  readonly cores: number;
  /** Whether the machine has more CPUs than the processes can use at a time. */
  readonly spareCores: boolean;
  readonly sliceMs: number;
  /** How the cores are shared. */
  readonly scheduler: Scheduler;
  /** Time between two ticks of the scheduler, at which it evens out its lines. */
  readonly tickMs: number;
  readonly quota: Quota | null;
}

/** `random`: every process alike; `least-loaded`: the one with the fewest; or relative weights by process. */
type Choice = 'random' | 'least-loaded' | 'woken-together' | readonly number[] | Assignment;

/** The process of each arrival, in order, where it is known. */
interface Assignment {
  readonly processes: Int32Array;
}

/**
 * `ideal`: nobody waits for a core while another is idle. `linux`: a line for each core; a thread waits for the one where
 * it last ran, and moves to another when the scheduler looks.
 */
export type Scheduler = 'ideal' | 'linux';

/** Physical settings that neither the server nor the workload fixes. */
export interface Physics {
  /** CPython's `sys.getswitchinterval()`: a waiting thread asks for the lock after this time. */
  readonly switchIntervalMs?: number | undefined;
  /** Length of the operating system's scheduling slice; Linux's for the machine's CPUs when left out. */
  readonly sliceMs?: number | undefined;
  /** {@link schedulerFor} the server's own CPU when left out. */
  readonly scheduler?: Scheduler | undefined;
  /** CPUs of the machine, where `cores` is a quota on a larger one; the whole number not below `cores` when left out. */
  readonly machineCores?: number | undefined;
  /** For how long an answered request holds its slot, where the server lets it. */
  readonly holdMs?: number;
  /** Which process took each request, for a trace that says so. */
  readonly assignment?: Assignment;
}

/** What a policy must know of the requests, ms. */
export interface RequestCpu {
  /** CPU that the server adds to each. */
  readonly overheadMs: number;
  /** Mean CPU between two waits, 0 where unknown. */
  readonly burstMs: number;
  /** Busy share of the cores, from 0 to 1. */
  readonly load: number;
  readonly database?: Database | undefined;
  readonly cpuOrder: CpuOrder;
}

/** Slices that a mean burst is cut into at most: finer ones cost time and change nothing that can be seen. */
const MOST_SLICES = 256;

/** The policy of a facility. Slices, intervals and periods follow bursts that are very much longer. */
export function policyOf(facility: Facility, demand: RequestCpu, physics: Physics = {}): Policy {
  return {
    processes: facility.processes,
    slots: facility.slots,
    connections: facility.refuses ? Number.POSITIVE_INFINITY : facility.connections,
    limit: facility.refuses ? facility.connections : Number.POSITIVE_INFINITY,
    backlog: facility.backlog,
    accepts: facility.accepts,
    acceptsAtOnce: facility.acceptsAtOnce,
    acceptsAsBefore: facility.acceptsAsBefore ?? false,
    computes: facility.computes,
    answersLeave: facility.answersLeave ?? 'at-once',
    killAfterMs: facility.killAfterMs,
    shedAfterMs: facility.shedAfterMs ?? Number.POSITIVE_INFINITY,
    holdMs: facility.holdMs > 0 ? (physics.holdMs ?? facility.holdMs) : 0,
    choice: choiceOf(facility, demand, physics),
    ...serverWork(facility, demand.overheadMs),
    ...machineOf(facility, demand, physics),
    pool: poolOf(facility, demand.overheadMs),
    database: scarceConnections(facility, demand.database),
    computesFirst: demand.cpuOrder === 'before-waits',
    switchIntervalMs: physics.switchIntervalMs ?? Math.max(SWITCH_INTERVAL_MS, demand.burstMs / MOST_SLICES),
  };
}

function poolOf({ pooledThreads }: Facility, overheadMs: number): PolicyPool | null {
  if (pooledThreads === undefined) return null;
  return { threads: pooledThreads, work: serverWork({ front: MAIN_THREAD }, overheadMs) };
}

function choiceOf(facility: Facility, demand: RequestCpu, { assignment, scheduler }: Physics): Choice {
  if (assignment !== undefined) return assignment;
  const { accepts, sharing, processes, cores } = facility;
  if (accepts === 'when-free') return 'least-loaded';
  if (accepts === 'between-turns' || sharing === 'evenly' || processes === 1) return 'random';
  const isReal = demand.overheadMs > 0 && (scheduler ?? 'linux') === 'linux';
  return isReal ? 'woken-together' : acceptShares(processes, cores, demand.load);
}

/** The CPUs that the processes can use at a time, and how they share them. */
function machineOf(facility: Facility, { overheadMs, burstMs }: RequestCpu, physics: Physics): Machine {
  const { cores, processes, computes, pooledThreads } = facility;
  const slots = pooledThreads === undefined ? facility.slots : pooledThreads + 1;
  const machine = Math.max(1, Math.ceil(physics.machineCores ?? cores));
  const parallel = computes === 'in-parallel' ? processes * slots : processes;
  const scheduler = physics.scheduler ?? schedulerFor(overheadMs);
  const throttles = cores < Math.min(machine, parallel) || cores < 1;
  const periodMs = Math.max(QUOTA_PERIOD_MS, (QUOTA_PERIOD_MS / MOST_SLICE_MS / MOST_SLICES) * burstMs);
  return {
    // A lock that is passed on wakes the next thread before the last has left its core.
    cores: Math.min(machine, scheduler === 'linux' ? parallel + 1 : parallel),
    spareCores: machine > parallel,
    sliceMs: physics.sliceMs ?? Math.max(linuxSliceMs(machine), burstMs / MOST_SLICES),
    scheduler,
    tickMs: Math.max(LINUX_TICK_MS, burstMs / MOST_SLICES),
    quota: throttles ? { budgetMs: cores * periodMs, periodMs } : null,
  };
}

/** With the server's own CPU a real server is asked about, which runs on Linux; without it a model of queues. */
export const schedulerFor = (overheadMs: number): Scheduler => (overheadMs > 0 ? 'linux' : 'ideal');
