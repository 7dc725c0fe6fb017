import { positive, whole } from '../../numeric/domain.js';
import type { FullDurations } from '../durations.js';
import { logErlangC } from '../erlang/erlang-c.js';
import type { QueueResult } from '../result.js';
import { mmcSojourn, mmcWait } from './waiting.js';

/** Poisson arrivals at `arrivalRate` λ > 0, exponential service of mean `serviceTime` 1/μ > 0, c `servers` ≥ 1. */
export interface MarkovQueue {
  readonly arrivalRate: number;
  readonly serviceTime: number;
  readonly servers: number;
}

export interface MmcResult extends QueueResult {
  readonly wait: FullDurations | null;
  readonly sojourn: FullDurations | null;
}

/**
 * M/M/c, first come first served, with unlimited room: exact in closed form, in constant time for 1 to 10,000,000
 * servers and utilisations up to 1 − 1e-12. Unstable where λ/μ ≥ c.
 *
 * @throws RangeError where an input is outside its range.
 * @see Gross & Harris 1998, section 2.3.
 */
export function mmc({ arrivalRate, serviceTime, servers }: MarkovQueue): MmcResult {
  positive('arrivalRate', arrivalRate);
  positive('serviceTime', serviceTime);
  whole('servers', servers);
  const load = arrivalRate * serviceTime;
  const known = { servers, offeredLoad: load, blockingProbability: 0, exact: true, route: 'Erlang C' };
  if (load >= servers) return { ...known, ...OVERLOADED, throughput: servers / serviceTime };
  const waiting = Math.exp(logErlangC(servers, load));
  const utilization = load / servers;
  const meanQueueLength = (waiting * load) / (servers - load);
  return {
    ...known,
    stable: true,
    utilization,
    waitProbability: waiting,
    throughput: arrivalRate,
    meanQueueLength,
    meanInSystem: load + meanQueueLength,
    wait: mmcWait(servers, load, serviceTime),
    sojourn: mmcSojourn(servers, load, serviceTime),
  };
}

/** What can be said of any queue whose servers cannot keep up. */
export const OVERLOADED = {
  stable: false,
  utilization: 1,
  waitProbability: null,
  meanQueueLength: null,
  meanInSystem: null,
  wait: null,
  sojourn: null,
} as const;
