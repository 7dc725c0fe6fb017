import { shifted } from '../math/laws/limited-mean.js';
import { withConnections } from './connections/of-loops.js';
import { type Facility, slotsOf } from './discipline.js';
import { linuxSliceMs } from './linux.js';
import { blockedLoops, eventLoops, limitMayBind } from './loops/event-loops.js';
import { mixedSaturation } from './mixed/saturation.js';
import { onCores, onLinux, type Problem, UNLIMITED } from './problem.js';
import { throughQuota } from './response/quota.js';
import { interleaving } from './response/time-slices.js';
import { lastStable } from './threads/last-stable.js';
import { plainServers } from './threads/plain-servers.js';
import { type Outcome, type Requests, sharedQueue } from './threads/shared-queue.js';
import { splitQueues } from './threads/split-queues.js';
import { type Pool, ThreadPool } from './threads/thread-pool.js';
import { unevenCapacity } from './threads/uneven-queues.js';

/** Whether some processes take more of the arrivals than others into queues of their own. */
export const isUneven = ({ facility, queueing }: Problem): boolean =>
  queueing === 'split' && facility.sharing === 'woken-together';

/** Largest sustainable rate, requests per second. */
export function capacityOf(problem: Problem): number {
  const even = evenCapacityOf(problem);
  if (!isUneven(problem)) return even;
  const steady = isThrottled(problem) ? steadily(problem, even / 1000) : null;
  return 1000 * unevenCapacity((ratePerMs) => steady ?? onLinux(problem, ratePerMs), even / 1000);
}

/** The same, did all processes take the same share. */
export function evenCapacityOf(problem: Problem): number {
  if (!isThrottled(problem)) return 1000 * saturationOnLinux(problem);
  const fluid = saturationOf(problem);
  const { cpu, io, pool, facility } = problem;
  const whole = saturationOf(onCores(problem, Math.ceil(facility.cores)));
  return 1000 * throughQuota({ whole, fluid, slots: pool.processes * pool.threads }, cpu, io, facility.cores);
}

/** Whether the cores are a quota on more of them, as a fractional number is, that the processes can use up. */
export function isThrottled({ facility, pool }: Problem): boolean {
  const { cores, processes } = facility;
  return !Number.isInteger(cores) && cores < processes * (pool.locked ? 1 : slotsOf(facility));
}

/** The same on such a steady fraction of the cores that it gets through what the quota does ({@link capacityOf}), requests per ms. */
export function steadily(problem: Problem, wanted: number): Problem {
  let [low, high] = [problem.facility.cores, Math.ceil(problem.facility.cores)];
  let best = onCores(problem, high);
  for (let n = 0; n < STEADY_HALVINGS; n++) {
    const cores = (low + high) / 2;
    const tried = onCores(problem, cores);
    if (saturationOf(tried) < wanted) low = cores;
    else [high, best] = [cores, tried];
  }
  return best;
}

const STEADY_HALVINGS = 14;

/** The rate at which what is lost at that rate ({@link onLinux}) leaves room for no more, requests per ms. */
function saturationOnLinux(problem: Problem): number {
  return lastStable((ratePerMs) => saturationOf(onLinux(problem, ratePerMs)), saturationOf(problem));
}

function saturationOf(problem: Problem): number {
  const { queueing, pool } = problem;
  if (problem.mixed) return mixedSaturation(problem);
  const threads = new ThreadPool(pool);
  return queueing === 'loops' && pool.threads === UNLIMITED ? threads.bound : threads.saturation;
}

/** Load from which queues are long anyway, and what they have in common is no more. */
const LONG_QUEUES = 0.95;

/**
 * Where processes take more connections than they have threads, but not many more: the share of those waiting that find
 * their process's own queue full, and so wait in the common backlog.
 */
export function commonShare(problem: Problem, ratePerMs: number): number {
  const { facility, queueing } = problem;
  if (queueing !== 'split' || facility.refuses) return 0;
  const load = ratePerMs / saturationOf(problem);
  return Math.min(LONG_QUEUES, load) ** (facility.connections - facility.slots);
}

/** Requests that may wait in the processes' own queues and behind them. */
const placesOf = ({ processes, connections, slots, backlog, refuses }: Facility): number =>
  processes * Math.max(0, connections - slots) + (refuses ? 0 : backlog);

/** The same problem with one queue for all processes. */
export const asShared = (problem: Problem): Problem => ({
  ...problem,
  queueing: 'shared',
  facility: { ...problem.facility, backlog: placesOf(problem.facility) },
});

/** The same problem without a limit on connections. */
export function asUnlimited(problem: Problem): Problem {
  const { refuses: _, ...facility } = problem.facility;
  return {
    ...problem,
    facility: { ...facility, connections: Number.POSITIVE_INFINITY },
    pool: { ...problem.pool, threads: UNLIMITED },
  };
}

/** Whether some requests may find that the loops have all the connections that they take. */
export const mayMeetTheLimit = ({ queueing, facility, pool, cpu, io }: Problem, ratePerMs: number): boolean =>
  queueing === 'loops' && !facility.refuses && limitMayBind(pool, { ratePerMs, cpu, io });

/** What the processes do with `ratePerMs`, all cores being whole. */
export function solve(problem: Problem, ratePerMs: number): Outcome {
  const { facility, queueing, pool, cpu, io, cpuParts, bursts, inTurns, real } = problem;
  const { backlog } = facility;
  const atOneTime = slotsOf(facility) === 1 ? { bursts } : {};
  const requests: Requests = { ratePerMs, cpu, io, cpuParts, ...atOneTime, inTurns, real };
  const takesAll = facility.acceptsAtOnce > 1;
  switch (queueing) {
    case 'loops':
    // Without a mix of requests, all run on the loops.
    case 'loops-with-threads':
      if (facility.refuses) return refusingLoops(problem, ratePerMs);
      // Without waits, loops that take one request at a time serve one at a time.
      if (cpuParts === 1 && !takesAll && pool.threads > 1)
        return oneQueue({ ...pool, threads: 1 }, requests, backlog);
      if (limitMayBind(pool, requests)) return sharedQueue(pool, requests, backlog);
      return withConnections(
        eventLoops(pool, requests, problem.visits, interleaving(cpu, cpuParts, linuxSliceMs(pool.cores)), {
          takes: takesAll ? 'every-turn' : 'one-per-turn',
          answersLeave: facility.answersLeave ?? 'at-once',
        }),
        requests,
        pool,
      );
    case 'batches':
      return pool.processes === 1 ? oneQueue(pool, requests, backlog) : blockedLoops(pool, requests);
    case 'split':
      return splitQueues(pool, requests, {
        connections: facility.connections,
        places: placesOf(facility),
        refuses: facility.refuses,
      });
    case 'shared':
      return heldFor(facility.holdMs, requests, (held) =>
        oneQueue(pool, held, facility.refuses ? placesOf(facility) : backlog, facility.shedAfterMs),
      );
  }
}

/** Requests that hold their slots for `holdMs` after they were answered: to the slots it is a wait, to who asked it is over. */
function heldFor(holdMs: number, requests: Requests, solved: (held: Requests) => Outcome): Outcome {
  if (holdMs === 0) return solved(requests);
  const { io } = requests;
  const outcome = solved({ ...requests, io: shifted(io, holdMs) });
  const { parts, meanMs } = outcome;
  return parts ? { ...outcome, meanMs: meanMs - holdMs, parts: () => ({ ...parts(), io }) } : outcome;
}

/**
 * Loops that refuse what is beyond their limit, each by itself with its share of the arrivals: as many slots without a place to
 * wait (a loss system). Where hardly any is refused, they are loops without a limit.
 */
function refusingLoops(problem: Problem, ratePerMs: number): Outcome {
  const { facility, pool, cpu, io, cpuParts, inTurns, real } = problem;
  const requests: Requests = { ratePerMs, cpu, io, cpuParts, inTurns, real };
  const { connections } = facility;
  const lossy = splitQueues(pool, requests, { connections, places: 0, refuses: true });
  const { stable, rejectProbability } = lossy;
  if (!stable) return lossy;
  // Who is accepted waits for his turn in the loop as often as without a limit.
  const loops = solve(asUnlimited(problem), ratePerMs * (1 - rejectProbability));
  return rejectProbability < MANY_REFUSED
    ? { ...loops, rejectProbability }
    : { ...lossy, waitProbability: loops.waitProbability };
}

/** Refusals above which the losses lighten the load, so that a chain with its own end is needed. */
const MANY_REFUSED = 1e-3;

function oneQueue(pool: Pool, requests: Requests, backlog: number, shedAfterMs?: number): Outcome {
  const slots = pool.processes * pool.threads;
  const haveCores = pool.cores >= slots && (pool.threads === 1 || !pool.locked);
  if (haveCores && !pool.connections) {
    const plain = plainServers(slots, requests, backlog, shedAfterMs);
    if (plain.rejectProbability < MANY_REFUSED) return plain;
  }
  return sharedQueue(pool, requests, backlog, shedAfterMs);
}
