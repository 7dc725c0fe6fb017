import type { Facility } from './discipline.js';
import { methodOf } from './method-of.js';
import type { MethodId } from './methods.js';
import type { ResponseTimes } from './types.js';

/**
 * Absolute error of {@link predict}, as a share of the true value, that 90 % of the cases of one model stay within, for the
 * mean and each percentile: against measured servers where five or more were measured, else against simulated systems.
 */
export interface ErrorShare extends ResponseTimes {
  readonly from: 'measured' | 'simulated';
  readonly cases: number;
}

/** The published error of predictions of this facility. */
export const errorShareOf = (facility: Facility): ErrorShare => ERROR_SHARES[methodOf(facility)];

/** By model. The numbers are written by `npm run validate`, which docs/accuracy.md explains. */
export const ERROR_SHARES: Readonly<Record<MethodId, ErrorShare>> = {
  'plain-servers': {
    meanMs: 0.039,
    p50Ms: 0.025,
    p90Ms: 0.058,
    p95Ms: 0.053,
    p99Ms: 0.059,
    from: 'simulated',
    cases: 24,
  },
  'servers-sharing-cores': {
    meanMs: 0.061,
    p50Ms: 0.115,
    p90Ms: 0.22,
    p95Ms: 0.057,
    p99Ms: 0.115,
    from: 'measured',
    cases: 6,
  },
  'shared-queue': {
    meanMs: 0.044,
    p50Ms: 0.111,
    p90Ms: 0.086,
    p95Ms: 0.049,
    p99Ms: 0.039,
    from: 'measured',
    cases: 24,
  },
  'split-queues': {
    meanMs: 0.05,
    p50Ms: 0.084,
    p90Ms: 0.109,
    p95Ms: 0.074,
    p99Ms: 0.11,
    from: 'simulated',
    cases: 37,
  },
  'event-loops': {
    meanMs: 0.041,
    p50Ms: 0.076,
    p90Ms: 0.075,
    p95Ms: 0.042,
    p99Ms: 0.029,
    from: 'measured',
    cases: 21,
  },
  'batching-loops': {
    meanMs: 0.07,
    p50Ms: 0.158,
    p90Ms: 0.158,
    p95Ms: 0.058,
    p99Ms: 0.126,
    from: 'simulated',
    cases: 40,
  },
  'loops-with-threads': {
    meanMs: 0.157,
    p50Ms: 0.168,
    p90Ms: 0.206,
    p95Ms: 0.298,
    p99Ms: 0.249,
    from: 'simulated',
    cases: 30,
  },
};
