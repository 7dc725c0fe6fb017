import { type Demand, demandOf, NOTHING, shifted } from '../math/laws/limited-mean.js';
import { linuxSliceMs } from './linux.js';
import { blockedLoops, eventLoops } from './loops/event-loops.js';
import { throughQuota } from './response/quota.js';
import { gapBetween, interleaving, turnLength } from './response/time-slices.js';
import { type Shape, shapeOf } from './shape.js';
import { plainServers } from './threads/plain-servers.js';
import { type Outcome, type Requests, sharedQueue } from './threads/shared-queue.js';
import { splitQueues } from './threads/split-queues.js';
import { type Pool, ThreadPool } from './threads/thread-pool.js';
import type { System, Workload } from './types.js';

/** A system and a workload as the models take them. */
export interface Problem {
  readonly shape: Shape;
  readonly cpu: Demand;
  readonly io: Demand;
  readonly cpuParts: number;
  /** Whether the server's own CPU is told, for then it is a real one that is asked about. */
  readonly real: boolean;
  readonly pool: Pool;
  readonly inTurns: number;
}

/** Slots that stand for no limit. */
const UNLIMITED = 1e6;

export function problemOf(system: System, workload: Workload): Problem {
  const shape = shapeOf(system);
  const io = workload.ioCalls > 0 ? demandOf(workload.io) : NOTHING;
  const cpu = atLeast(shifted(demandOf(workload.cpu), workload.overheadMs));
  const cpuParts = io.mean > 0 ? workload.ioCalls + 1 : 1;
  return { shape, cpu, io, cpuParts, real: workload.overheadMs > 0, ...poolOf(shape, cpu, io, cpuParts) };
}

/** The same problem on another number of cores. */
export function onCores(problem: Problem, cores: number): Problem {
  const shape = { ...problem.shape, cores };
  return { ...problem, shape, ...poolOf(shape, problem.cpu, problem.io, problem.cpuParts) };
}

function poolOf(shape: Shape, cpu: Demand, io: Demand, cpuParts: number): { pool: Pool; inTurns: number } {
  const turnMs = turnLength(shape.turns, shape.processes, shape.cores, shape.slots);
  const { inTurns, burstScv } = interleaving(cpu, cpuParts, turnMs);
  const pool = {
    processes: shape.processes,
    threads: Math.min(shape.slots, UNLIMITED),
    cores: shape.cores,
    locked: shape.turns !== 'parallel',
    cpuMs: cpu.mean,
    ioMs: io.mean,
    burstScv,
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

/** Largest sustainable rate, requests per second. */
export function capacityOf(problem: Problem): number {
  const fluid = saturationOf(problem);
  if (!isThrottled(problem)) return 1000 * fluid;
  const { cpu, io, pool, shape } = problem;
  const whole = saturationOf(onCores(problem, Math.ceil(shape.cores)));
  return 1000 * throughQuota({ whole, fluid, slots: pool.processes * pool.threads }, cpu, io, shape.cores);
}

/** Whether the cores are a quota on more of them, as a fractional number is, that the processes can use up. */
export function isThrottled({ shape: { cores, processes, slots }, pool }: Problem): boolean {
  return !Number.isInteger(cores) && cores < processes * (pool.locked ? 1 : slots);
}

/** The same on such a steady fraction of the cores that it gets through what the quota does ({@link capacityOf}), requests per ms. */
export function steadily(problem: Problem, wanted: number): Problem {
  let [low, high] = [problem.shape.cores, Math.ceil(problem.shape.cores)];
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

function saturationOf({ shape, pool }: Problem): number {
  const threads = new ThreadPool(pool);
  return shape.queueing === 'loops' && pool.threads === UNLIMITED ? threads.bound : threads.saturation;
}

/**
 * Where processes take more connections than they have threads, but not many more: the share of those waiting that find
 * their process's own queue full, and so wait in the common backlog.
 */
export function commonShare(problem: Problem, ratePerMs: number): number {
  const { shape } = problem;
  if (shape.queueing !== 'split') return 0;
  const load = ratePerMs / saturationOf(problem);
  return Math.min(1, load) ** (shape.connections - shape.slots);
}

/** The same problem with one queue for all processes. */
export const asShared = (problem: Problem): Problem => ({
  ...problem,
  shape: { ...problem.shape, queueing: 'shared' },
});

/** What the processes do with `ratePerMs`, all cores being whole. */
export function solve(problem: Problem, ratePerMs: number): Outcome {
  const { shape, pool, cpu, io, cpuParts, inTurns, real } = problem;
  const requests: Requests = { ratePerMs, cpu, io, cpuParts, inTurns, real };
  switch (shape.queueing) {
    case 'loops':
      // Without waits, loops that take one request at a time serve one at a time.
      if (cpuParts === 1 && !shape.takesAll && pool.threads > 1)
        return oneQueue({ ...pool, threads: 1 }, requests, shape.backlog);
      return eventLoops(
        pool,
        requests,
        interleaving(cpu, cpuParts, linuxSliceMs(pool.cores)),
        shape.takesAll ? 'every-turn' : 'one-per-turn',
        shape.backlog,
      );
    case 'batches':
      return pool.processes === 1 ? oneQueue(pool, requests, shape.backlog) : blockedLoops(pool, requests);
    case 'split':
      return splitQueues(pool, requests);
    case 'shared':
      return oneQueue(pool, requests, shape.backlog);
  }
}

/** Refusals above which the losses lighten the load, so that a chain with its own end is needed. */
const MANY_REFUSED = 1e-3;

function oneQueue(pool: Pool, requests: Requests, backlog: number): Outcome {
  if (pool.threads === 1 && pool.cores >= pool.processes) {
    const plain = plainServers(pool.processes, requests, backlog);
    if (plain.rejectProbability < MANY_REFUSED) return plain;
  }
  return sharedQueue(pool, requests, backlog);
}
