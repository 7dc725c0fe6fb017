import { shifted } from '../../math/laws/limited-mean.js';
import { connectionWaits } from '../connections/of-threads.js';
import { NO_LINE } from '../connections/waits.js';
import { slowdownIn, unevenly } from '../response/contention.js';
import { gapBetween } from '../response/time-slices.js';
import { type BusyCores, lockedCores, unlocked } from './busy-cores.js';
import {
  departureVariability,
  type Outcome,
  overloaded,
  type Requests,
  sharedQueue,
} from './shared-queue.js';
import { chainOf } from './split-chain.js';
import { type Pool, ThreadPool } from './thread-pool.js';

/** What bounds the queues: connections of a process, in service or not, and requests that may wait in all queues. */
interface Limits {
  readonly connections: number;
  readonly places: number;
  /** Whether a process refuses what is beyond its own places, whatever room others have. */
  readonly refuses?: boolean | undefined;
}

/** A queue in front of each process, each fed the same share of the arrivals. */
export function splitQueues(pool: Pool, requests: Requests, queues: Limits): Outcome {
  const { processes, threads, cores, locked } = pool;
  const { places } = queues;
  const enough = locked ? cores >= processes : cores >= processes * threads;
  if (enough) return eachAlone(pool, requests, places, 1);
  const saturation = new ThreadPool(pool).saturation;
  if (!(requests.ratePerMs < saturation)) return overloaded(saturation);
  const speed = Math.max(coreSpeed(pool, requests.ratePerMs), requests.ratePerMs / saturation / 2);
  const alone = (): Outcome => ({ ...eachAlone(pool, requests, places, speed), saturation });
  // All together would refuse only when every process is full.
  if (queues.refuses) return alone();
  return sharingCores(pool, requests, { ...queues, saturation }, speed) ?? alone();
}

/** Every process by itself, at `speed` ≤ 1. */
function eachAlone(pool: Pool, requests: Requests, places: number, speed: number): Outcome {
  const { processes, threads, locked } = pool;
  const one = { ...pool, processes: 1, cores: locked ? 1 : threads, cpuMs: pool.cpuMs / speed };
  const share = {
    ...requests,
    ratePerMs: requests.ratePerMs / processes,
    cpu: shifted(requests.cpu, 0, 1 / speed),
  };
  const alone = sharedQueue(one, share, places / processes);
  return { ...alone, saturation: alone.saturation * processes };
}

/**
 * All requests together as a birth–death chain: N of them, spread over the processes as independent queues would be, hold
 * so many threads on average, and those get through what the cores allow. Null where the chain would be too long.
 */
function sharingCores(
  pool: Pool,
  requests: Requests,
  limits: Limits & { readonly saturation: number },
  speed: number,
): Outcome | null {
  const { processes, threads, locked } = pool;
  const { ratePerMs, cpu, io, cpuParts, inTurns } = requests;
  const together = new ThreadPool({ ...pool, atRandom: true }, ratePerMs);
  const one = new ThreadPool(
    { ...pool, processes: 1, cores: locked ? 1 : threads, cpuMs: pool.cpuMs / speed },
    ratePerMs / processes,
  );
  const chain = chainOf(together, one, { arrivals: ratePerMs, ...limits });
  if (!chain) return null;
  const held = new Float64Array(Math.min(together.slots, chain.levels.length) + 1);
  let inSystem = 0;
  let served = 0;
  let mustWait = 0;
  for (const { requests: n, probability: p, inService, full } of chain.levels) {
    inSystem += p * n;
    served += p * inService;
    mustWait += p * full;
    const low = Math.floor(inService);
    const share = inService - low;
    held[Math.min(low, held.length - 1)]! += p * (1 - share);
    held[Math.min(low + 1, held.length - 1)]! += p * share;
  }
  const wholeScv = departureVariability(one, requests);
  const meanWaitMs = (Math.max(0, inSystem - served) / ratePerMs) * ((1 + wholeScv) / 2);
  const connections = connectionWaits(
    together,
    { first: 0, inService: held, waitProbability: 0 },
    { visits: cpuParts - 1, cpuMs: cpu.mean, ioMs: io.mean },
  );
  const { meanMs: connectionMs, foundMs } = connections ?? NO_LINE;
  const atCpuMs =
    Math.max(0, served / ratePerMs - io.mean - cpu.mean - foundMs) * together.variability(ratePerMs);
  const stretch = 1 + atCpuMs / cpu.mean;
  return {
    stable: true,
    saturation: limits.saturation,
    waitProbability: mustWait,
    rejectProbability: chain.refused,
    meanMs: meanWaitMs + cpu.mean + atCpuMs + io.mean + connectionMs,
    meanWaitMs,
    connections,
    parts: () => {
      const average = slowdownIn(
        together,
        { first: 0, inService: held, waitProbability: 0, meanWaiting: inSystem - served },
        { parts: cpuParts, gapMs: gapBetween(io.mean, cpuParts), scv: cpu.scv, wholeScv },
      );
      const slowdown = locked ? unevenly(average, processes, threads) : average;
      return {
        wait:
          mustWait > 1e-9
            ? [
                {
                  probability: mustWait,
                  meanMs: meanWaitMs / mustWait,
                  mostMs: limits.places / limits.saturation,
                },
              ]
            : [],
        cpu,
        io,
        cpuParts,
        inTurns,
        linked: 0,
        slowdown,
        stretch: { free: stretch, waited: stretch },
        connections,
      };
    },
  };
}

/** Mean speed of a computing request's process, the cores being shared with the other processes. */
export function coreSpeed(pool: Pool, ratePerMs: number): number {
  const { processes, threads, cores, locked, cpuMs } = pool;
  const limit = Math.min(processes * (locked ? 1 : threads), cores);
  const busy = locked ? lockedCores(processes, threads, cores) : unlocked(cores);
  const residenceMs = openResidence(busy, ratePerMs, cpuMs, limit);
  return Math.min(1, locked ? cpuMs / residenceMs + (ratePerMs * cpuMs) / processes : cpuMs / residenceMs);
}
/** Mean time at the CPUs of Poisson arrivals, by π(A+1)/π(A) = λc/F(A+1). */
function openResidence(busyCores: BusyCores, ratePerMs: number, cpuMs: number, limit: number): number {
  const load = ratePerMs * cpuMs;
  let sum = 1;
  let first = 0;
  let value = 1;
  for (let a = 1; a < 1e6; a++) {
    const cores = busyCores(a);
    value *= load / cores;
    sum += value;
    first += a * value;
    if (value > 1e200) {
      value *= 1e-200;
      sum *= 1e-200;
      first *= 1e-200;
    }
    if (cores >= limit * (1 - 1e-9)) {
      const r = load / limit;
      sum += (value * r) / (1 - r);
      first += (value * r * (a + 1 / (1 - r))) / (1 - r);
      break;
    }
    if (value < sum * 1e-14) break;
  }
  return first / sum / ratePerMs;
}
