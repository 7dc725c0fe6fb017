import { shifted } from '../../math/laws/limited-mean.js';
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
import { type Spread, spreadOver } from './spread-queues.js';
import { type Pool, ThreadPool } from './thread-pool.js';

/** Largest population followed one by one; a process's own queue is geometric beyond. */
const MOST = 1536;

/** A queue in front of each process, each fed the same share of the arrivals. */
export function splitQueues(pool: Pool, requests: Requests): Outcome {
  const { processes, threads, cores, locked } = pool;
  const enough = locked ? cores >= processes : cores >= processes * threads;
  if (enough) return eachAlone(pool, requests, 1);
  const saturation = new ThreadPool(pool).saturation;
  if (!(requests.ratePerMs < saturation)) return overloaded(saturation);
  const speed = Math.max(coreSpeed(pool, requests.ratePerMs), requests.ratePerMs / saturation / 2);
  return (
    sharingCores(pool, requests, saturation, speed) ?? { ...eachAlone(pool, requests, speed), saturation }
  );
}

/** Every process by itself, at `speed` ≤ 1. */
function eachAlone(pool: Pool, requests: Requests, speed: number): Outcome {
  const { processes, threads, locked } = pool;
  const one = { ...pool, processes: 1, cores: locked ? 1 : threads, cpuMs: pool.cpuMs / speed };
  const share = {
    ...requests,
    ratePerMs: requests.ratePerMs / processes,
    cpu: shifted(requests.cpu, 0, 1 / speed),
  };
  const alone = sharedQueue(one, share, Number.POSITIVE_INFINITY);
  return { ...alone, saturation: alone.saturation * processes };
}

/**
 * All requests together as a birth–death chain: N of them, spread over the processes as independent queues would be, hold
 * so many threads on average, and those get through what the cores allow. Null where the chain would be too long.
 */
function sharingCores(pool: Pool, requests: Requests, saturation: number, speed: number): Outcome | null {
  const { processes, threads, locked } = pool;
  const { ratePerMs, cpu, io, cpuParts, inTurns } = requests;
  const together = new ThreadPool({ ...pool, atRandom: true });
  const one = new ThreadPool({
    ...pool,
    processes: 1,
    cores: locked ? 1 : threads,
    cpuMs: pool.cpuMs / speed,
  });
  const capped = (n: number): number =>
    Math.min(saturation, together.throughput(Math.min(n, together.slots)));
  let found: Chain | null = null;
  for (let most = 96; most <= MOST && !found; most *= 2)
    found = chainOver(
      spreadOver(processes, threads, (n) => one.throughput(n), ratePerMs / processes, most),
      together.slots,
      ratePerMs,
      capped,
    );
  if (!found) return null;
  const { spread, chain } = found;
  const held = new Float64Array(Math.min(together.slots, chain.length) + 1);
  let inSystem = 0;
  let served = 0;
  let mustWait = 0;
  for (let n = 0; n < chain.length; n++) {
    const p = chain[n]!;
    inSystem += p * n;
    served += p * spread.inService[n]!;
    mustWait += p * spread.full[n]!;
    const low = Math.floor(spread.inService[n]!);
    const share = spread.inService[n]! - low;
    held[Math.min(low, held.length - 1)]! += p * (1 - share);
    held[Math.min(low + 1, held.length - 1)]! += p * share;
  }
  const wholeScv = departureVariability(one, requests);
  const meanWaitMs = (Math.max(0, inSystem - served) / ratePerMs) * ((1 + wholeScv) / 2);
  const atCpuMs = Math.max(0, served / ratePerMs - io.mean - cpu.mean) * together.variability(ratePerMs);
  const stretch = 1 + atCpuMs / cpu.mean;
  return {
    stable: true,
    saturation,
    waitProbability: mustWait,
    rejectProbability: 0,
    meanMs: meanWaitMs + cpu.mean + atCpuMs + io.mean,
    meanWaitMs,
    parts: () => {
      const average = slowdownIn(
        together,
        {
          stable: true,
          saturation,
          first: 0,
          inService: held,
          waitProbability: 0,
          rejectProbability: 0,
          meanInService: served,
          meanWaiting: inSystem - served,
        },
        { parts: cpuParts, gapMs: gapBetween(io.mean, cpuParts), scv: cpu.scv, wholeScv },
      );
      const slowdown = locked ? unevenly(average, processes, threads) : average;
      return {
        wait: mustWait > 1e-9 ? [{ probability: mustWait, meanMs: meanWaitMs / mustWait }] : [],
        cpu,
        io,
        cpuParts,
        inTurns,
        linked: 0,
        slowdown,
        stretch: { free: stretch, waited: stretch },
      };
    },
  };
}

interface Chain {
  readonly spread: Spread;
  /** P(N in the system). */
  readonly chain: Float64Array;
}

/** Null where too much of the probability lies beyond. */
function chainOver(
  spread: Spread,
  slots: number,
  ratePerMs: number,
  throughput: (inService: number) => number,
): Chain | null {
  const chain = new Float64Array(spread.inService.length);
  chain[0] = 1;
  let total = 1;
  let length = 1;
  for (; length < chain.length; length++) {
    const mean = spread.inService[length]!;
    const deviation = Math.min(spread.deviation[length]!, mean - 1e-9, Math.max(0, slots - mean));
    const p =
      (chain[length - 1]! * 2 * ratePerMs) / (throughput(mean - deviation) + throughput(mean + deviation));
    if (p > 1e200) return null;
    chain[length] = p;
    total += p;
    if (p < total * 1e-9 && length > 2) break;
  }
  if (length === chain.length && chain[length - 1]! > total * 2e-4) return null;
  return { spread, chain: chain.subarray(0, length).map((p) => p / total) };
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
