import { METHODS, type MethodId } from './methods.js';
import { throttling } from './quota.js';
import type { Share } from './response.js';
import { capacityOf, onCores, type Problem, problemOf, solve } from './solve.js';
import type { Prediction, System, Utilization, Workload } from './types.js';

/** A prediction without its percentiles, and what they are made of. */
export interface Forecast {
  readonly prediction: Prediction;
  readonly problem: Problem;
  readonly ratePerMs: number;
  /** Null where there are no response times. */
  readonly mixture: readonly Share[] | null;
  /** A rough idea of the 99th percentile. */
  readonly guessMs: number;
}

const NO_TIMES = { waitProbability: null, meanMs: null, p50Ms: null, p90Ms: null, p95Ms: null, p99Ms: null };

export function forecast(system: System, workload: Workload): Forecast {
  const problem = problemOf(system, workload);
  const capacityPerSecond = capacityOf(problem);
  const rate = workload.ratePerSecond;
  const ratePerMs = (rate ?? 0) / 1000;
  const method = METHODS[methodOf(problem)].label;
  const nothing = { problem, ratePerMs, mixture: null, guessMs: 0 };
  const unknown = { capacityPerSecond, ...NO_TIMES, method };
  if (rate === null)
    return {
      ...nothing,
      prediction: { ...unknown, stable: null, utilization: null, rejectProbability: null },
    };
  const utilization = utilizationOf(problem, ratePerMs);
  const { mixture, meanMs, waitProbability, rejectProbability } = throttled(problem, ratePerMs);
  if (rate >= capacityPerSecond || !mixture)
    return {
      ...nothing,
      prediction: {
        ...unknown,
        stable: false,
        utilization,
        rejectProbability: overflow(problem, rate, capacityPerSecond),
      },
    };
  const { cpu, io } = problem;
  const waitingMs = Math.max(0, meanMs - cpu.mean - io.mean);
  const spread = Math.sqrt(cpu.scv * cpu.mean ** 2 + io.scv * io.mean ** 2 + waitingMs ** 2);
  return {
    problem,
    ratePerMs,
    mixture,
    guessMs: meanMs + 3 * spread,
    prediction: {
      ...unknown,
      stable: true,
      utilization,
      waitProbability,
      meanMs,
      rejectProbability,
    },
  };
}

function methodOf({ shape, pool }: Problem): MethodId {
  if (shape.queueing === 'loops') return 'event-loops';
  if (shape.queueing === 'batches') return 'batching-loops';
  if (shape.queueing === 'split') return 'split-queues';
  if (shape.slots === 1) return pool.cores >= pool.processes ? 'plain-servers' : 'servers-sharing-cores';
  return 'shared-queue';
}

function utilizationOf({ shape, pool, cpu, io }: Problem, ratePerMs: number): Utilization {
  const slots = pool.processes * shape.slots;
  return {
    cpu: Math.min(1, (ratePerMs * cpu.mean) / shape.cores),
    gil: pool.locked ? Math.min(1, (ratePerMs * cpu.mean) / shape.processes) : 0,
    slots: Number.isFinite(slots) ? Math.min(1, (ratePerMs * (cpu.mean + io.mean)) / slots) : null,
  };
}

/** What must be refused when the rate is above the capacity: the rest, where the backlog is finite. */
function overflow({ shape }: Problem, rate: number, capacityPerSecond: number): number {
  return shape.queueing === 'split' || !Number.isFinite(shape.backlog)
    ? 0
    : Math.max(0, 1 - capacityPerSecond / rate);
}

interface Solved {
  readonly mixture: readonly Share[] | null;
  readonly meanMs: number;
  readonly waitProbability: number;
  readonly rejectProbability: number;
}

/** Part of a period's budget that, carried over, makes half of the way from whole CPUs to a fluid share of them; from simulation. */
const HALF_WAY = 0.4;

/**
 * A fractional number of cores is a quota on whole ones: between the whole ones, at full speed until the period's budget is
 * spent, and a steady fraction of them, as the work carried over from period to period grows.
 */
function throttled(problem: Problem, ratePerMs: number): Solved {
  const { cores, processes, slots } = problem.shape;
  const fluid = solve(problem, ratePerMs);
  if (!fluid.stable || !fluid.parts)
    return { mixture: null, meanMs: 0, waitProbability: 1, rejectProbability: 0 };
  const { waitProbability, rejectProbability } = fluid;
  const usable = processes * (problem.pool.locked ? 1 : slots);
  const steady = {
    mixture: [{ weight: 1, parts: fluid.parts }],
    meanMs: fluid.meanMs,
    waitProbability,
    rejectProbability,
  };
  if (Number.isInteger(cores) || cores >= usable) return steady;
  const whole = solve(onCores(problem, Math.ceil(cores)), ratePerMs);
  if (!whole.parts) return steady;
  const { cpu } = problem;
  const carried = throttling(ratePerMs, cpu.mean, cpu.scv, cores).carriedMs;
  const weight = carried / (carried + HALF_WAY * cores * 100);
  const between = (f: number, w: number): number => weight * f + (1 - weight) * w;
  return {
    mixture: [
      { weight, parts: fluid.parts },
      { weight: 1 - weight, parts: whole.parts },
    ],
    meanMs: between(fluid.meanMs, whole.meanMs),
    waitProbability: between(fluid.waitProbability, whole.waitProbability),
    rejectProbability: between(fluid.rejectProbability, whole.rejectProbability),
  };
}
