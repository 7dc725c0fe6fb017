import type { Demand } from './limited-mean.js';
import { population } from './population.js';
import type { ResponseParts, Wait } from './response.js';
import { slowdownIn } from './slowdown.js';
import { type Pool, ThreadPool } from './thread-pool.js';

/** What a group of processes does with a rate of requests. Times in ms, rates per ms. */
export interface Outcome {
  readonly stable: boolean;
  /** Largest throughput, per ms. */
  readonly saturation: number;
  readonly waitProbability: number;
  readonly rejectProbability: number;
  readonly meanMs: number;
  readonly meanWaitMs: number;
  /** Null of an unstable group. */
  readonly parts: ResponseParts | null;
}

export interface Requests {
  readonly ratePerMs: number;
  readonly cpu: Demand;
  readonly io: Demand;
  readonly cpuParts: number;
}

/** One first-come-first-served queue in front of all threads (Chandy–Herzog–Woo flow-equivalent server). */
export function sharedQueue(pool: Pool, requests: Requests, waitingPlaces: number): Outcome {
  const threads = new ThreadPool(pool);
  const { ratePerMs, cpu, io, cpuParts } = requests;
  const people = population(threads, ratePerMs, waitingPlaces);
  if (!people.stable)
    return {
      stable: false,
      saturation: people.saturation,
      waitProbability: 1,
      rejectProbability: people.rejectProbability,
      meanMs: 0,
      meanWaitMs: 0,
      parts: null,
    };
  const accepted = ratePerMs * (1 - people.rejectProbability);
  const slowdown = slowdownIn(threads, people, cpuParts);
  const meanServedMs = people.meanInService / accepted;
  const factor = (1 + departureVariability(threads, requests, people.saturation)) / 2;
  const meanWaitMs = (people.meanWaiting / accepted) * factor;
  const waitProbability = people.waitProbability;
  const meanStretch = Math.max(1, (meanServedMs - io.mean) / cpu.mean);
  const waited = Math.max(
    meanStretch,
    Math.min(slowdown.meanWhenFull, waitProbability > 0 ? 1 + (meanStretch - 1) / waitProbability : 1),
  );
  const free =
    waitProbability < 1
      ? Math.max(1, (meanStretch - waitProbability * waited) / (1 - waitProbability))
      : meanStretch;
  const wait: Wait =
    waitProbability > 0 ? [{ probability: waitProbability, meanMs: meanWaitMs / waitProbability }] : [];
  return {
    stable: true,
    saturation: people.saturation,
    waitProbability,
    rejectProbability: people.rejectProbability,
    meanMs: meanServedMs + meanWaitMs,
    meanWaitMs,
    parts: { wait, cpu, io, cpuParts, slowdown, stretch: { free, waited } },
  };
}

/**
 * Squared variability of the departures of a full pool: between that of the CPU demand, where the CPU is what limits, and
 * that of whole requests, where the slots are.
 */
function departureVariability(threads: ThreadPool, requests: Requests, saturation: number): number {
  const { cpu, io } = requests;
  const { processes, cores } = threads.pool;
  const whole = cpu.mean + io.mean;
  const wholeScv = (cpu.scv * cpu.mean ** 2 + io.scv * io.mean ** 2) / whole ** 2;
  const cpus = Math.min(processes, cores);
  const alone = (cpu.mean / whole) * Math.min(1, processes / cpus);
  const busy = Math.min(1, (saturation * cpu.mean) / cpus);
  const cpuBound = alone < 1 ? Math.max(0, (busy - alone) / (1 - alone)) : 0;
  const index = cpuBound * cpu.scv + (1 - cpuBound) * wholeScv;
  if (cores >= processes) return index;
  const atCores = Math.min(1, (saturation * cpu.mean) / cores) ** 4;
  return (1 - atCores) * index + atCores * cpu.scv;
}
