/**
 * How the processes of a server take requests and run them: all that the models and the simulator know of a server. What a
 * field cannot say of a server does not change its queues.
 */
export interface Discipline {
  /** Worker processes, ≥ 1. */
  readonly processes: number;
  /** Requests in service at once per process, ≥ 1; Infinity without a limit. */
  readonly slots: number;
  /** Connections that a process takes, in service or in a queue of its own, ≥ 1; Infinity without a limit. */
  readonly connections: number;
  /** Connections that wait for all processes together until one takes them; beyond, they are refused. */
  readonly backlog: number;
  /** Whether a process refuses connections beyond these at once, rather than leave them waiting. */
  readonly refuses?: boolean;
  readonly accepts: Accepts;
  /** Most connections that a process takes from the backlog at a time, ≥ 1; Infinity takes all that wait. */
  readonly acceptsAtOnce: number;
  /** Whether a process takes no more than it took the last time, or twenty more where it took all that it might. */
  readonly acceptsAsBefore?: boolean;
  readonly sharing: Sharing;
  readonly front: Front;
  readonly computes: Computes;
  /** When an event loop's answers leave; at once when left out. */
  readonly answersLeave?: AnswersLeave;
  /**
   * Threads of a pool beside the loop of each process, to which the loop hands the requests that run in threads (see {@link
   * Mix}), ≥ 1; left out where it runs all by itself. `computes` then says how the loop and these threads compute together.
   */
  readonly pooledThreads?: number;
  /** Time for which a request that was answered still holds its slot, ms. */
  readonly holdMs: number;
  /** Time in service after which a request is killed with its process, ms; Infinity where none is. */
  readonly killAfterMs: number;
  /**
   * Time in a common queue after which a request is answered with an error as soon as a thread takes it, rather than served, ms;
   * left out where whoever waits is served.
   */
  readonly shedAfterMs?: number;
}

/**
 * When a process takes connections. `when-free`: one, when a slot is free. `eagerly`: as they come, whether a slot is free or
 * not, up to `connections`. `between-turns`: when its loop comes round, so not while anything in it computes.
 */
type Accepts = 'when-free' | 'eagerly' | 'between-turns';

/**
 * How processes that accept eagerly share the arrivals. `woken-together`: a connection wakes all that are at their poll, and
 * whom the scheduler lets run first takes it. `evenly`: whatever way, each takes the same share at random.
 */
type Sharing = 'woken-together' | 'evenly';

/**
 * How the requests of one process compute. `one-at-a-time`: there is never more than one. `under-lock`: in threads that take
 * turns with an interpreter's lock. `in-parallel`: in threads without a lock. `to-next-wait`: in one thread, each until it
 * waits.
 */
type Computes = 'one-at-a-time' | 'under-lock' | 'in-parallel' | 'to-next-wait';

/**
 * Who takes a connection and closes it. `service`: whoever serves its request, as a part of that. `turn`: the loop, taking it
 * in a turn of its own. `main-thread`: a thread beside those that serve, which competes with them for the lock.
 */
type Front =
  | { readonly by: 'service' }
  | { readonly by: 'turn' }
  | { readonly by: 'main-thread'; readonly lockLosses: LockLosses };

/**
 * When an answer that an event loop has computed leaves. `at-once`: it is written then. `after-turn`: when all that was ready
 * together with it has run. `after-next-turn`: when all that was ready after these has run, too.
 */
export type AnswersLeave = 'at-once' | 'after-turn' | 'after-next-turn';

/** A loop as the main thread beside its pool: nothing is known of locks that it loses. */
export const MAIN_THREAD: Front = { by: 'main-thread', lockLosses: { reading: 0, closing: 0 } };

/** How often a request loses the lock again before it computes, and before its connection is closed, to a thread that can run. */
export interface LockLosses {
  readonly reading: number;
  readonly closing: number;
}

/** A server and the CPU that it may use. */
export interface Facility extends Discipline {
  /** In cores, fractional where a quota says so; > 0. */
  readonly cores: number;
  /** Whether each process is kept to one core, so that none is idle while a thread of another waits (the model's question alone). */
  readonly keptToCores?: boolean;
}

/**
 * How requests reach the processes: one queue for all, a queue for each, loops side by side, loops with threads beside them, or
 * loops that take batches.
 */
export type Queueing = 'shared' | 'split' | 'loops' | 'loops-with-threads' | 'batches';

export function queueingOf({ accepts, processes, slots, pooledThreads }: Discipline): Queueing {
  if (pooledThreads !== undefined) return 'loops-with-threads';
  if (accepts === 'between-turns') return slots === 1 ? 'batches' : 'loops';
  return accepts === 'eagerly' && processes > 1 ? 'split' : 'shared';
}

/** Requests that one process serves at a time, its limit on connections included; Infinity without a limit. */
export const slotsOf = ({ slots, connections }: Discipline): number => Math.min(slots, connections);
