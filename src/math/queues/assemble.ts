import { OVERLOADED } from './mmc/mmc.js';
import type { Durations, QueueResult } from './result.js';

/** Waiting times found for one queue, and how. */
export interface FoundTimes {
  readonly waitProbability: number;
  readonly wait: Durations;
  readonly sojourn: Durations;
  readonly exact: boolean;
  readonly route: string;
  readonly errorBand?: string;
}

/** What a solver found of a stable queue without losses; times in the caller's unit. */
export interface Solved extends FoundTimes {
  readonly arrivalRate: number;
  readonly servers: number;
  readonly serviceMean: number;
}

/** The result of a stable queue without losses; numbers in queue and in system by Little's law. */
export function stableResult(solved: Solved): QueueResult {
  const offeredLoad = solved.arrivalRate * solved.serviceMean;
  return {
    stable: true,
    servers: solved.servers,
    offeredLoad,
    utilization: offeredLoad / solved.servers,
    waitProbability: solved.waitProbability,
    blockingProbability: 0,
    throughput: solved.arrivalRate,
    meanQueueLength: solved.arrivalRate * solved.wait.mean,
    meanInSystem: solved.arrivalRate * solved.sojourn.mean,
    wait: solved.wait,
    sojourn: solved.sojourn,
    exact: solved.exact,
    route: solved.route,
    ...(solved.errorBand === undefined ? {} : { errorBand: solved.errorBand }),
  };
}

/** The result of a queue whose offered load is at least its servers: it grows for ever. */
export function overloadedResult(arrivalRate: number, serviceMean: number, servers: number): QueueResult {
  return {
    ...OVERLOADED,
    servers,
    offeredLoad: arrivalRate * serviceMean,
    blockingProbability: 0,
    throughput: servers / serviceMean,
    exact: true,
    route: 'overloaded: utilisation is 1 or more',
  };
}
