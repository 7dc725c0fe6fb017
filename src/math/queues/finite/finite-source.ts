import { nonNegative, positive, whole } from '../../numeric/domain.js';
import { durationsOf } from '../durations.js';
import type { QueueResult } from '../result.js';
import { expectation, machineStates, type StateWindow } from './machine-states.js';
import { stagesTail } from './stages.js';

export interface FiniteSource {
  /** N ≥ 1 customers. */
  readonly population: number;
  /** Mean time Z ≥ 0 that a customer thinks between a response and the next request (any law: only Z matters). */
  readonly thinkTime: number;
  /** Mean service time, exponential, > 0. */
  readonly serviceTime: number;
  readonly servers: number;
}

/**
 * M/M/c//N, the finite source or machine repair queue: N customers think, then queue for c servers. Exact and always
 * stable. An arrival sees the system as N − 1 customers would leave it (Lavenberg & Reiser 1980; Sevcik & Mitrani 1981),
 * from which its waiting and sojourn times follow as sums of stages. O(√N) work; relative error about 1e-12.
 *
 * @throws RangeError where an input is outside its range.
 * @see Gross & Harris 1998, section 2.7.
 */
export function finiteSource({ population, thinkTime, serviceTime, servers }: FiniteSource): QueueResult {
  whole('population', population);
  nonNegative('thinkTime', thinkTime);
  positive('serviceTime', serviceTime);
  whole('servers', servers);
  const relativeLoad = serviceTime / thinkTime;
  const states = machineStates(population, servers, relativeLoad);
  const busy = Math.min(
    servers,
    expectation(states, (n) => Math.min(n, servers)),
  );
  const throughput = busy / serviceTime;
  const seen = machineStates(population - 1, servers, relativeLoad);
  const rate = servers / serviceTime;
  const stages = waitingStages(seen, servers);
  const meanWait = expectation(seen, (n) => Math.max(0, n - servers + 1)) / rate;
  const waiting = stages.survivor(0);
  const free = expectation(seen, (n) => (n < servers ? 1 : 0));
  return {
    stable: true,
    servers,
    offeredLoad: busy,
    utilization: busy / servers,
    waitProbability: waiting,
    blockingProbability: 0,
    throughput,
    meanQueueLength: expectation(states, (n) => Math.max(0, n - servers)),
    meanInSystem: expectation(states, (n) => n),
    wait: durationsOf(meanWait, (t) => stagesTail(rate, t, stages.survivor)),
    sojourn: durationsOf(
      meanWait + serviceTime,
      (t) => free * Math.exp(-t / serviceTime) + stagesTail(rate, t, stages.withService),
    ),
    exact: true,
    route: 'birth and death with the arrival theorem',
  };
}

/** The stages an arrival waits for: n − c + 1 where it finds n ≥ c; and the same with its own service added. */
function waitingStages({ first, probabilities }: StateWindow, servers: number) {
  const fewest = Math.max(1, first - servers + 1);
  const weights = probabilities.slice(Math.max(0, servers - first)); // P(K = fewest), P(K = fewest + 1), …
  const most = fewest + weights.length - 1;
  const beyond = new Float64Array(weights.length + 1); // P(K ≥ fewest + i)
  for (let i = weights.length - 1; i >= 0; i -= 1) beyond[i] = beyond[i + 1]! + weights[i]!;
  // P(K ≤ k < K + L): after each stage the service goes on with probability 1 − 1/c.
  const keep = 1 - 1 / servers;
  const inService = new Float64Array(weights.length);
  for (let i = 0, u = 0; i < weights.length; i += 1) {
    u = keep * u + weights[i]!;
    inService[i] = u;
  }
  const survivor = (k: number) => (k < fewest ? beyond[0]! : (beyond[k + 1 - fewest] ?? 0));
  const lastInService = inService.at(-1) ?? 0;
  const lnKeep = Math.log1p(-1 / servers);
  const withService = (k: number) => {
    if (k < fewest) return survivor(k);
    if (k <= most) return survivor(k) + inService[k - fewest]!;
    return lastInService * Math.exp((k - most) * lnKeep);
  };
  return { survivor, withService };
}
