import { positive, whole } from '../../numeric/domain.js';
import { poissonWeight } from '../../numeric/poisson.js';
import { type FoundTimes, overloadedResult, stableResult } from '../assemble.js';
import { durationsOf, shifted } from '../durations.js';
import { nearSaturation } from '../near-saturation.js';
import type { Durations, QueueResult } from '../result.js';
import { type DeterministicQueue, deterministicQueue } from './queue-length.js';

/** Poisson arrivals, `servers` equal servers, every service lasting exactly `serviceTime`. */
export interface MdcInput {
  readonly arrivalRate: number;
  readonly serviceTime: number;
  readonly servers: number;
}

/**
 * M/D/c, exact: means by Spitzer's identity, the law of the wait by Franx (2001, "A simple solution for the M/D/c
 * waiting time distribution", Operations Research Letters 29): with u = kD − t in (0, D], P(W > t) = P(N(u) + L ≥
 * kc), N(u) Poisson with mean λu and L the independent number waiting. All terms are positive, so tails keep
 * their relative accuracy (about 1e-10 down to 1e-9).
 *
 * @throws RangeError where an input is not positive or `servers` not whole.
 */
export function mdc(input: MdcInput): QueueResult {
  const arrivalRate = positive('arrivalRate', input.arrivalRate);
  const serviceTime = positive('serviceTime', input.serviceTime);
  const servers = whole('servers', input.servers);
  const utilization = (arrivalRate * serviceTime) / servers;
  if (utilization >= 1) return overloadedResult(arrivalRate, serviceTime, servers);
  const times = nearSaturation({
    idle: 1 - utilization,
    leastIdle: LEAST_IDLE,
    limit: serviceTime / (2 * servers),
    service: { kind: 'deterministic', mean: serviceTime },
    solve: (idle) => mdcTimes(servers, idle === 1 - utilization ? utilization : 1 - idle, serviceTime),
  });
  return stableResult({ arrivalRate, servers, serviceMean: serviceTime, ...times });
}

/** Idle share down to which the zeros of the generating function are told from 1. */
const LEAST_IDLE = 1e-9;

function mdcTimes(servers: number, utilization: number, serviceTime: number): FoundTimes {
  const queue = deterministicQueue(servers, utilization);
  const wait = mdcWait(queue, servers, utilization, serviceTime);
  return {
    waitProbability: queue.waitProbability,
    wait,
    sojourn: shifted(wait, serviceTime),
    exact: true,
    route: "M/D/c by Spitzer's identity and Franx's formula",
  };
}

function mdcWait(
  queue: DeterministicQueue,
  servers: number,
  utilization: number,
  serviceTime: number,
): Durations {
  const load = servers * utilization;
  const mean = (queue.meanLength / load) * serviceTime;
  const tail = (t: number) => {
    if (t < 0) return 1;
    if (t === 0) return queue.waitProbability;
    const periods = Math.floor(t / serviceTime) + 1;
    const remaining = periods - t / serviceTime;
    return Math.min(1, poissonPlusQueueTail(queue, load * remaining, periods * servers));
  };
  return durationsOf(mean, tail);
}

/** P(N + L ≥ level), N Poisson and independent of the queue length L. */
function poissonPlusQueueTail(queue: DeterministicQueue, mean: number, level: number): number {
  // P(L > level − 1 − n) grows like growthⁿ, so the terms peak between the Poisson mean and growth times it.
  const peak = Math.min(mean * queue.growth, Math.max(mean, level));
  const low = Math.max(0, Math.floor(mean - 10 * Math.sqrt(mean) - 20));
  const high = Math.ceil(peak + 10 * Math.sqrt(peak) + 40);
  const start = Math.round(mean);
  const first = poissonWeight(start, mean);
  let sum = 0;
  for (let n = start, weight = first; n >= low; n -= 1) {
    sum += weight * queue.tail(level - 1 - n);
    weight *= n / mean;
  }
  for (let n = start + 1, weight = (first * mean) / n; n <= high; n += 1) {
    sum += weight * queue.tail(level - 1 - n);
    weight *= mean / (n + 1);
  }
  return sum;
}
