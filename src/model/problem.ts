import { type Demand, demandOf, NOTHING, shifted } from '../math/laws/limited-mean.js';
import { scarceConnections } from './connections/database.js';
import { type Facility, MAIN_THREAD, type Queueing, queueingOf, slotsOf } from './discipline.js';
import { SWITCH_INTERVAL_MS } from './linux.js';
import { coresInUse } from './response/lost-cores.js';
import { gapBetween, interleaving, turnLength } from './response/time-slices.js';
import { likeEqualParts, type Visit, visitsOf } from './response/visits.js';
import { serverWork } from './server-work.js';
import type { LockVisits } from './threads/main-thread.js';
import type { Pool } from './threads/thread-pool.js';
import { cpuOrderOf, type Mix, type Workload } from './types.js';

/** A facility and a workload as the models take them. */
export interface Problem {
  readonly facility: Facility;
  readonly queueing: Queueing;
  readonly cpu: Demand;
  readonly io: Demand;
  readonly cpuParts: number;
  /** The equal parts that the CPU waits like (see {@link likeEqualParts}), from 1 to `cpuParts`. */
  readonly bursts: number;
  /** Whether the server's own CPU is told, for then it is a real one that is asked about. */
  readonly real: boolean;
  readonly pool: Pool;
  readonly inTurns: number;
  /** What a request asks of an event loop when. */
  readonly visits: readonly Visit[];
  /** Where loops hand some requests to threads: what the loops do and what the threads do, each as if alone. */
  readonly mixed?: MixedProblem;
}

/** The two halves of processes with a loop and threads. */
export interface MixedProblem {
  readonly pooledShare: number;
  /** What the loops run themselves, with a core for each process. */
  readonly looped: Problem;
  /** One process's threads, with a core for all that they can use, and without what the loop does for their requests. */
  readonly pooled: Problem;
  /** CPU of the loop to take a request for the threads, and as much to send its answer, ms. */
  readonly passingMs: number;
}

/** Slots that stand for no limit. */
export const UNLIMITED = 1e6;

export function problemOf(asked: Facility, workload: Workload): Problem {
  const real = workload.overheadMs > 0;
  const facility = real ? asked : { ...asked, holdMs: 0 };
  const io = workload.ioCalls > 0 ? demandOf(workload.io) : NOTHING;
  const cpu = atLeast(shifted(demandOf(workload.cpu), workload.overheadMs));
  const cpuParts = io.mean > 0 ? workload.ioCalls + 1 : 1;
  const database = io.mean > 0 ? scarceConnections(facility, workload.database) : null;
  const connections = database ? { ...database, scv: io.scv } : undefined;
  const work = serverWork(facility, workload.overheadMs);
  const spareCores = facility.cores >= facility.processes + 1;
  const order = cpuOrderOf(workload);
  const visits = visitsOf(
    cpu,
    cpuParts,
    work,
    order,
    spareCores ? work.lockLosses : { reading: 0, closing: 0 },
  );
  const bursts = order === 'even' ? cpuParts : Math.min(cpuParts, likeEqualParts(visits));
  const { pool, inTurns } = poolOf({ facility, cpu, io, cpuParts, bursts });
  return {
    facility,
    queueing: queueingOf(facility),
    cpu,
    io,
    cpuParts,
    bursts,
    real,
    visits,
    pool: {
      ...pool,
      connections,
      visits: takesTheLock(facility) ? visits : null,
      mainThread: mainThreadOf(facility, visits),
    },
    inTurns,
    ...(facility.pooledThreads !== undefined &&
      workload.mix && { mixed: mixedProblem(facility, facility.pooledThreads, workload, workload.mix) }),
  };
}

/**
 * What a request asks the lock for where a main thread takes part; null where the processes share their cores, since then it
 * is those that are waited for. A main thread that takes no connection before a thread is free for it holds that one as well.
 */
function mainThreadOf(facility: Facility, visits: readonly Visit[]): LockVisits | null {
  const { front, accepts, processes, cores } = facility;
  if (front.by !== 'main-thread' || !visits.at(-1)!.atOnce || !takesTheLock(facility)) return null;
  if (accepts !== 'eagerly')
    return cores < processes ? null : { visits, before: 0, after: 0, processes, cores };
  // Without a wait the thread's own visit follows that of the main thread at once.
  const lastInThread = visits.findLastIndex(({ atOnce, ownShare }) => !atOnce || ownShare > 0);
  const after = visits.length - 1 - lastInThread;
  return { visits, before: 1, after, processes, cores };
}

function mixedProblem(
  { pooledThreads: _, refuses: ____, ...whole }: Facility,
  threads: number,
  { mix: __, database: ___, ...workload }: Workload,
  { pooledShare, looped, pooled }: Mix,
): MixedProblem {
  // What a limit on connections refuses is not predicted of both kinds together.
  const facility = { ...whole, connections: Number.POSITIVE_INFINITY };
  const { acceptMs, closeMs } = serverWork({ front: MAIN_THREAD }, workload.overheadMs);
  const cpuOrder = cpuOrderOf(workload);
  const loops: Facility = { ...facility, computes: 'to-next-wait', cores: facility.processes };
  const pool: Facility = {
    ...facility,
    processes: 1,
    slots: threads,
    cores: facility.computes === 'in-parallel' ? threads : 1,
    accepts: 'eagerly',
    front: { by: 'service' },
  };
  return {
    pooledShare,
    passingMs: acceptMs,
    looped: problemOf(loops, { ...workload, cpuOrder, ...looped }),
    pooled: problemOf(pool, {
      ...workload,
      cpuOrder,
      ...pooled,
      overheadMs: workload.overheadMs - acceptMs - closeMs,
    }),
  };
}

/** The same problem with all CPU times so many times as long, as on slower cores. */
export function slowed(problem: Problem, factor: number): Problem {
  return changed(problem, { cpu: shifted(problem.cpu, 0, factor) });
}

function changed(problem: Problem, change: Partial<Pick<Problem, 'facility' | 'cpu'>>): Problem {
  const { pool, inTurns } = poolOf({ ...problem, ...change });
  const { connections, visits, mainThread = null } = problem.pool;
  return { ...problem, ...change, pool: { ...pool, connections, visits, mainThread }, inTurns };
}

/** Whether threads of a process wait for the interpreter's lock, first come first served. */
const takesTheLock = (facility: Facility): boolean =>
  facility.computes === 'under-lock' && slotsOf(facility) > 1;

/** The same problem on another number of cores. */
export const onCores = (problem: Problem, cores: number): Problem =>
  changed(problem, { facility: { ...problem.facility, cores } });

/**
 * The same problem with the CPU times that requests take at this rate because a core may be idle while a thread waits for
 * another ({@link coresInUse}), which is so on real machines only.
 */
export function onLinux(problem: Problem, ratePerMs: number): Problem {
  const { facility, pool, cpu, cpuParts, visits, real } = problem;
  if (!real || problem.mixed || facility.keptToCores || !Number.isInteger(facility.cores)) return problem;
  const passesOn = takesTheLock(facility);
  const cutOff = passesOn ? (cpu.mean - cpu.limitedMean(SWITCH_INTERVAL_MS)) / SWITCH_INTERVAL_MS : 0;
  const share = coresInUse(
    {
      processes: facility.processes,
      cores: facility.cores,
      cpuMs: cpu.mean,
      pieces: (passesOn ? visits.length : cpuParts) + cutOff,
      afterWaits: cpuParts,
      slots: slotsOf(facility),
      passesOn,
    },
    ratePerMs,
  );
  if (share === 1) return problem;
  return { ...problem, cpu: shifted(cpu, 0, 1 / share), pool: { ...pool, cpuMs: pool.cpuMs / share } };
}

function poolOf({
  facility,
  cpu,
  io,
  cpuParts,
  bursts,
}: Pick<Problem, 'facility' | 'cpu' | 'io' | 'cpuParts' | 'bursts'>): { pool: Pool; inTurns: number } {
  const { processes, cores } = facility;
  const slots = slotsOf(facility);
  const turnMs = turnLength(facility);
  // Threads of several processes are simulated to wait as if their parts were equal: while the lock passes, cores are free.
  const parts = slots === 1 || processes === 1 ? bursts : cpuParts;
  const { inTurns, burstScv } = interleaving(cpu, parts, turnMs);
  const pool = {
    processes,
    threads: Math.min(slots, UNLIMITED),
    cores,
    locked: facility.computes !== 'in-parallel' || slots === 1,
    cpuMs: cpu.mean,
    ioMs: io.mean + facility.holdMs,
    burstScv,
    inTurns,
    visits: null,
    cpuParts,
    regularity: regularity(cpu, io, cpuParts),
  };
  return { pool, inTurns };
}

/** How well the distance of a burst is kept over a wait: 1 where all waits are alike, 0 where they vary by much more. */
function regularity(cpu: Demand, io: Demand, cpuParts: number): number {
  if (cpuParts === 1) return 0;
  const burstMs = cpu.mean / cpuParts;
  const deviationMs = Math.sqrt(io.scv) * gapBetween(io.mean, cpuParts);
  return burstMs / (burstMs + deviationMs);
}

/** A demand below a nanosecond would only divide by nothing. */
const LEAST_MS = 1e-6;
const atLeast = (cpu: Demand): Demand =>
  cpu.mean >= LEAST_MS ? cpu : { mean: LEAST_MS, scv: 0, limitedMean: (x) => Math.min(x, LEAST_MS) };
