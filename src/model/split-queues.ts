import { type BusyCores, lockedCores, unlocked } from './busy-cores.js';
import { shifted } from './limited-mean.js';
import { type Outcome, type Requests, sharedQueue } from './shared-queue.js';
import type { Pool } from './thread-pool.js';

/** A queue in front of each process, each fed the same share of the arrivals. */
export function splitQueues(pool: Pool, requests: Requests): Outcome {
  const { processes, threads, cores, locked } = pool;
  const share = { ...requests, ratePerMs: requests.ratePerMs / processes };
  const enough = locked ? cores >= processes : cores >= processes * threads;
  if (enough) {
    const alone = sharedQueue(
      { ...pool, processes: 1, cores: locked ? 1 : threads },
      share,
      Number.POSITIVE_INFINITY,
    );
    return { ...alone, saturation: alone.saturation * processes };
  }
  const speed = coreSpeed(pool, requests.ratePerMs);
  const slower = {
    ...share,
    cpu: shifted(requests.cpu, 0, 1 / speed),
  };
  const one = sharedQueue(
    { ...pool, processes: 1, cores: locked ? 1 : threads, cpuMs: pool.cpuMs / speed },
    slower,
    Number.POSITIVE_INFINITY,
  );
  return { ...one, saturation: one.saturation * processes };
}

/** Mean speed of a computing request's process, the cores being shared with the other processes. */
function coreSpeed(pool: Pool, ratePerMs: number): number {
  const { processes, threads, cores, locked, cpuMs } = pool;
  const busy = locked ? lockedCores(processes, threads, cores) : unlocked(cores);
  const residenceMs = openResidence(busy, ratePerMs, cpuMs, Math.min(processes, cores));
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
