import { lawMean } from '../../math/laws/moments.js';
import type { Profile } from '../../profile/types.js';

/** Mean times of a request in ms; the CPU includes what the server adds. */
export interface RequestTimes {
  readonly cpuMs: number;
  readonly ioMs: number;
  readonly serviceMs: number;
  /** Waiting per computing; infinite where a request never computes. */
  readonly waitPerCompute: number;
  /** Requests in service at the given rate if none ever waited, in erlangs; null without a rate. */
  readonly load: number | null;
}

export function requestTimesOf({ workload }: Pick<Profile, 'workload'>): RequestTimes {
  const cpuMs = lawMean(workload.cpu) + workload.overheadMs;
  const ioMs = lawMean(workload.io);
  const serviceMs = cpuMs + ioMs;
  const { ratePerSecond } = workload;
  return {
    cpuMs,
    ioMs,
    serviceMs,
    waitPerCompute: cpuMs > 0 ? ioMs / cpuMs : Number.POSITIVE_INFINITY,
    load: ratePerSecond === null ? null : (ratePerSecond * serviceMs) / 1000,
  };
}

/** Rounds up, but not because of the last digits of a quotient that is a whole number. */
export function ceilSafely(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) <= Math.max(1e-9, 1e-14 * whole) ? whole : Math.ceil(value);
}

/** (2 × cores) + 1, rounded down for fractional cores; Gunicorn's own advice. */
export const cpuHeuristic = (cores: number): number => Math.max(1, Math.floor(2 * cores + 1 + 1e-9));

/** cores × (1 + wait/compute), rounded up: slots that keep all cores busy. Infinite where nothing is computed. */
export const ioRatioSlots = (cores: number, waitPerCompute: number): number =>
  Math.max(1, ceilSafely(cores * (1 + waitPerCompute)));

/** Whole processes that can use these cores, each at most one at a time. */
export const processesForCores = (cores: number): number => Math.max(1, ceilSafely(cores));

/**
 * Slots that keep the cores busy without a rate: by the CPU heuristic where nothing is known of the I/O, by
 * waiting and computing where it is. A request without any CPU keeps no core busy; the heuristic then stands in.
 */
export function slotsWithoutRate(profile: Profile, demand: RequestTimes): number {
  const known = profile.ioKnown && Number.isFinite(demand.waitPerCompute);
  return known ? ioRatioSlots(profile.cores, demand.waitPerCompute) : cpuHeuristic(profile.cores);
}

/** Requests in flight in one process without a limit: the load's share plus three standard deviations (Poisson). */
export function peakInFlight(load: number, workers: number): number {
  const mean = load / workers;
  return Math.max(1, Math.ceil(mean + 3 * Math.sqrt(mean)));
}
