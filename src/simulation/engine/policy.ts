import {
  LINUX_TICK_MS,
  linuxSliceMs,
  MOST_SLICE_MS,
  QUOTA_PERIOD_MS,
  SWITCH_INTERVAL_MS,
} from '../../model/linux.js';
import type { System } from '../../model/types.js';
import { skewedShares } from '../../servers/gunicorn/accept-skew.js';
import type { Quota } from './cores.js';

/** How a server's processes take requests and run them: the worker class, spelled out. */
export interface Policy {
  readonly processes: number;
  /** Requests that one process serves at a time. */
  readonly slots: number;
  /** Requests that one process takes, served or in its own queue. */
  readonly connections: number;
  /** Length of the shared listen backlog. */
  readonly backlog: number;
  /** `on-arrival`: a process with room takes a request at once; `between-turns`: only when its loop comes round. */
  readonly takes: 'on-arrival' | 'between-turns';
  /** Most requests taken from the backlog at one turn of the loop. */
  readonly batch: number;
  /** Which of the processes with room takes an arrival. */
  readonly choice: Choice;
  /** `switching`: threads share one lock, round robin; `run-to-wait`: an event loop; `free`: threads run in parallel. */
  readonly interpreter: 'switching' | 'run-to-wait' | 'free';
  readonly switchIntervalMs: number;
  /**
   * CPU that the server adds to a request, ms: to take the connection in a turn of its own, to answer, and to close the
   * connection in a turn of its own; the rest to read it.
   */
  readonly overheadMs: number;
  readonly acceptMs: number;
  readonly answerMs: number;
  readonly closeMs: number;
  /** How often a request loses the lock again before it computes, and before its connection is closed, to a thread that can run. */
  readonly lockLosses: { readonly reading: number; readonly closing: number };
  /** Whether a request computes before each wait and only answers after the last, rather than in equal parts around its waits. */
  readonly computesFirst: boolean;
  /** Time for which a served request still holds its slot, without CPU. */
  readonly holdMs: number;
  /** Worker timeout; Infinity where it does not bound a request. */
  readonly timeoutMs: number;
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
type Choice = 'random' | 'least-loaded' | readonly number[] | Assignment;

/** The process of each arrival, in order, where it is known. */
interface Assignment {
  readonly processes: Int32Array;
}

/** `even`: CPU, wait, CPU, …, CPU in equal parts; `before-waits`: CPU, wait, …, wait, answer. */
export type CpuOrder = 'even' | 'before-waits';

/**
 * `ideal`: nobody waits for a core while another is idle. `linux`: a line for each core; a thread waits for the one where
 * it last ran, and moves to another when the scheduler looks.
 */
export type Scheduler = 'ideal' | 'linux';

/** Physical settings that neither the server nor the workload fixes. */
export interface Physics {
  /** CPython's `sys.getswitchinterval()`: a waiting thread asks for the lock after this time. */
  readonly switchIntervalMs?: number;
  /** Length of the operating system's scheduling slice; Linux's for the machine's CPUs when left out. */
  readonly sliceMs?: number;
  /** {@link schedulerFor} the server's own CPU when left out. */
  readonly scheduler?: Scheduler;
  /** CPUs of the machine, where `cores` is a quota on a larger one; the whole number not below `cores` when left out. */
  readonly machineCores?: number;
  /** sync holds its worker until the client has closed the connection: about 0.1 ms on one machine. */
  readonly syncHoldMs?: number;
  /** Where a request's CPU comes: in equal parts around its waits, or all of it before them. */
  readonly cpuOrder?: CpuOrder;
  /** Whether processes that accept eagerly share the arrivals as unevenly as measured, rather than alike. */
  readonly skewed?: boolean;
  /** Which process took each request, for a trace that says so. */
  readonly assignment?: Assignment;
}

const SYNC_HOLD_MS = 0.1;
/**
 * The server's own CPU, in equal parts: to take a connection, where that is a turn of its own (a loop's, or the main
 * thread's before a pool's), to read and prepare, to answer and log, and to close, which gthread leaves to its main thread.
 */
const PART = 0.25;
/**
 * A gthread request's system calls give up the lock: some ten before it computes and as many before its connection is
 * closed (gunicorn/workers/gthread.py). Measured on two CPUs (Gunicorn 26, CPython 3.11) with one thread computing all the
 * time, a request waits 6.6 to 7 times for the lock, 3.8 to 4.3 of them before its answer; on one CPU 1.3 times. Three are
 * the turns to accept, to compute and to close.
 */
const LOCK_LOSSES = { reading: 2, closing: 2 };
const NO_LOSSES = { reading: 0, closing: 0 };
/** What asgi listens with, whatever `backlog` says. */
const ASGI_BACKLOG = 100;
/** gevent's `max_accept`; Gunicorn sets 1 when there is more than one worker. */
const GEVENT_ACCEPT = 100;
/** Tornado's own limit on connections taken at one turn. */
const TORNADO_ACCEPT = 128;
const UNLIMITED = Number.POSITIVE_INFINITY;

/** What a policy must know of the requests, ms. */
export interface Demand {
  /** CPU that the server adds to each. */
  readonly overheadMs: number;
  /** Mean CPU between two waits, 0 where unknown. */
  readonly burstMs: number;
}

/** Slices that a mean burst is cut into at most: finer ones cost time and change nothing that can be seen. */
const MOST_SLICES = 256;

/** The policy of a system's worker class. Slices, intervals and periods follow bursts that are very much longer. */
export function policyOf(system: System, demand: Demand, physics: Physics = {}): Policy {
  const { overheadMs, burstMs } = demand;
  const { workers } = system;
  const rule = classRule(system);
  const parallel = rule.interpreter === 'free' ? workers * rule.slots : workers;
  const scheduler = physics.scheduler ?? schedulerFor(overheadMs);
  const machine = Math.max(1, Math.ceil(physics.machineCores ?? system.cores));
  const periodMs = Math.max(QUOTA_PERIOD_MS, (QUOTA_PERIOD_MS / MOST_SLICE_MS / MOST_SLICES) * burstMs);
  const pooled = system.workerClass === 'gthread' && overheadMs > 0;
  const throttles = system.cores < Math.min(machine, parallel) || system.cores < 1;
  return {
    processes: workers,
    batch: UNLIMITED,
    takes: 'on-arrival',
    choice: choiceOf(rule, workers, physics),
    backlog: system.backlog,
    holdMs: 0,
    timeoutMs: Number.POSITIVE_INFINITY,
    ...rule,
    ...(system.workerClass === 'sync' ? { holdMs: physics.syncHoldMs ?? SYNC_HOLD_MS } : {}),
    overheadMs,
    acceptMs: rule.slots > 1 || pooled ? PART * overheadMs : 0,
    answerMs: (pooled ? PART : 2 * PART) * overheadMs,
    closeMs: pooled ? PART * overheadMs : 0,
    lockLosses: pooled && rule.interpreter === 'switching' ? LOCK_LOSSES : NO_LOSSES,
    computesFirst: physics.cpuOrder === 'before-waits',
    switchIntervalMs: physics.switchIntervalMs ?? Math.max(SWITCH_INTERVAL_MS, burstMs / MOST_SLICES),
    // A lock that is passed on wakes the next thread before the last has left its core.
    cores: Math.min(machine, scheduler === 'linux' ? parallel + 1 : parallel),
    scheduler,
    tickMs: Math.max(LINUX_TICK_MS, burstMs / MOST_SLICES),
    spareCores: machine > parallel,
    sliceMs: physics.sliceMs ?? Math.max(linuxSliceMs(machine), burstMs / MOST_SLICES),
    quota: throttles ? { budgetMs: system.cores * periodMs, periodMs } : null,
  };
}

/** With the server's own CPU a real server is asked about, which runs on Linux; without it a model of queues. */
export const schedulerFor = (overheadMs: number): Scheduler => (overheadMs > 0 ? 'linux' : 'ideal');

function choiceOf(rule: ClassRule, workers: number, { skewed, assignment }: Physics): Choice {
  if (assignment !== undefined) return assignment;
  if (rule.connections <= rule.slots) return 'least-loaded';
  return skewed ? skewedShares(workers) : 'random';
}

type ClassRule = Pick<Policy, 'slots' | 'connections' | 'interpreter'> & Partial<Policy>;

function classRule(system: System): ClassRule {
  const { workerClass, workers, threads, workerConnections, timeoutMs, gil } = system;
  switch (workerClass) {
    case 'sync':
      return {
        slots: 1,
        connections: 1,
        interpreter: 'switching',
        timeoutMs: timeoutMs > 0 ? timeoutMs : Number.POSITIVE_INFINITY,
      };
    case 'gthread':
      return {
        slots: Math.min(threads, workerConnections),
        connections: workerConnections,
        interpreter: gil ? 'switching' : 'free',
      };
    case 'gevent':
      return { ...loop(workerConnections), batch: workers > 1 ? 1 : GEVENT_ACCEPT };
    case 'eventlet':
      return loop(workerConnections);
    case 'tornado':
      return { ...loop(UNLIMITED), slots: 1, batch: TORNADO_ACCEPT };
    case 'asgi':
      return { ...loop(UNLIMITED), batch: ASGI_BACKLOG, backlog: ASGI_BACKLOG };
    case 'uvicorn':
      return { ...loop(UNLIMITED), batch: system.backlog };
  }
}

const loop = (connections: number): ClassRule => ({
  slots: Number.POSITIVE_INFINITY,
  connections,
  interpreter: 'run-to-wait',
  takes: 'between-turns',
});
