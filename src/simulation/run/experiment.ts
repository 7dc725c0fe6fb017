import { scarceConnections } from '../../model/connections/database.js';
import type { Facility } from '../../model/discipline.js';
import type { Prediction, Workload } from '../../model/types.js';
import { type Arrivals, POISSON } from '../engine/arrivals.js';
import type { Physics } from '../engine/policy.js';
import type { RunLength } from './run-length.js';
import type { Tally } from './run-totals.js';
import type { Balancing, Experiment } from './setup.js';
import { Findings } from './summary.js';
import { mser5 } from './warmup.js';

export interface SimulationOptions {
  /** Any whole number from 0 to 2⁵³ − 1; the same seed gives the same result. Default 1. */
  readonly seed?: number | undefined;
  /** Requests counted in all replications together. Default 500,000; with a precision, the most that are spent on it. */
  readonly requests?: number | undefined;
  /** Independent replications, ≥ 1, ≥ 2 for intervals. Default 10, or more so that none is longer than a million requests. */
  readonly replications?: number | undefined;
  /**
   * Requests ignored at the start of each replication. When left out, 5 % of it (at most 20,000), or more where MSER-5
   * finds so on pilot runs.
   */
  readonly warmup?: number | undefined;
  /** Adds replications until the 95 % intervals of mean and 95th percentile are within this share of their values. */
  readonly precision?: number | undefined;
  /** How requests come; Poisson when left out. */
  readonly arrivals?: Arrivals | undefined;
  readonly physics?: Physics;
  /** Several replicas behind a balancer; the workload's rate is then that of one. */
  readonly balancing?: Balancing;
}

/** What a simulation found: a prediction, and how it was obtained. */
export interface SimulationResult {
  readonly prediction: Prediction;
  readonly replications: number;
  /** Requests counted in all. */
  readonly requests: number;
  /** Requests ignored at the start of each replication. */
  readonly warmup: number;
  /** Share of the requests by process, largest first in each run, averaged. */
  readonly shares: readonly number[];
  /** True where it was stopped before its time. */
  readonly interrupted: boolean;
}

/** Replications to run next, by number. */
export interface Round {
  readonly experiment: Experiment;
  readonly length: RunLength;
  readonly numbers: readonly number[];
  readonly keepResponses: boolean;
  /** Share of all the work that is done when this round begins and when it ends, as far as is known. */
  readonly from: number;
  readonly to: number;
}

/** Answers to a {@link Round}; `interrupted` ends the simulation with what is there. */
export interface Ran {
  readonly tallies: readonly Tally[];
  readonly interrupted: boolean;
}

export const DEFAULT_REQUESTS = 500_000;
const DEFAULT_REPLICATIONS = 10;
/** Most requests that a precision may cost where the caller sets no limit. */
const MOST_REQUESTS = 500_000_000;
/** Longer runs gain little and make the user wait for what is known so far. */
const LONGEST_REPLICATION = 1_000_000;
/** Requests ignored at least: short pilots miss slow transients. */
const leastWarmup = (requests: number): number => Math.ceil(Math.min(0.05 * requests, 20_000));
const PILOTS = 5;
const PILOT_REQUESTS = 10_000;
/** A round adds at most this many times what has been run. */
const GROWTH = 4;

/**
 * A simulation from start to end, as a course of rounds that its driver runs, in this thread or in several. `bounds` is
 * the analytic prediction: it says what the capacity is and whether there is a steady state to simulate.
 */
export function* conduct(
  facility: Facility,
  workload: Workload,
  bounds: Prediction,
  options: SimulationOptions,
): Generator<Round, SimulationResult, Ran> {
  const { seed = 1, arrivals = POISSON, physics = {}, precision, balancing } = options;
  const findings = new Findings();
  if (workload.ratePerSecond === null || bounds.stable === false) {
    const prediction = { ...bounds, method: 'discrete-event simulation' };
    return { prediction, replications: 0, requests: 0, warmup: 0, shares: [], interrupted: false };
  }
  const experiment = {
    facility,
    workload,
    ratePerSecond: workload.ratePerSecond,
    arrivals,
    physics,
    seed,
    ...(balancing && { balancing }),
  };
  const total = precision === undefined ? (options.requests ?? DEFAULT_REQUESTS) : DEFAULT_REQUESTS;
  const replications =
    options.replications ?? Math.max(DEFAULT_REPLICATIONS, Math.ceil(total / LONGEST_REPLICATION));
  const most = options.requests ?? MOST_REQUESTS;
  const requests = Math.max(1, Math.ceil(Math.min(total, most) / replications));
  const warmup = options.warmup ?? Math.max(yield* detectWarmup(experiment, requests), leastWarmup(requests));
  const length = { warmup, requests };
  let next = replications;
  let interrupted = false;
  let begun = 0;
  for (;;) {
    const numbers = Array.from({ length: next }, (_, n) => begun + n);
    const expected =
      precision === undefined ? begun + next : Math.max(begun + next, wanted(findings, precision));
    const ran: Ran = yield {
      experiment,
      length,
      numbers,
      keepResponses: false,
      from: begun / expected,
      to: (begun + next) / expected,
    };
    for (const tally of ran.tallies) findings.add(tally);
    begun += next;
    interrupted = ran.interrupted;
    if (interrupted || precision === undefined || findings.relativeHalfWidth <= precision) break;
    const left = Math.floor(most / requests) - begun;
    next = Math.min(left, GROWTH * begun, Math.max(1, wanted(findings, precision) - begun));
    if (next < 1) break;
  }
  return {
    prediction: {
      ...findings.prediction(facility, true, bounds.capacityPerSecond),
      ...(scarceConnections(facility, workload.database) && { connectionWait: findings.connectionWait }),
    },
    replications: findings.runs,
    requests: findings.requests,
    warmup,
    shares: findings.shares,
    interrupted,
  };
}

/** Replications that the precision will take: half-widths shrink with the root of their number. */
function wanted(findings: Findings, precision: number): number {
  const factor = (findings.relativeHalfWidth / precision) ** 2;
  return Number.isFinite(factor) ? Math.ceil(findings.runs * factor * 1.1) : 2 * findings.runs;
}

/** MSER-5 on the average of a few pilot runs from an empty system. */
function* detectWarmup(experiment: Experiment, requests: number): Generator<Round, number, Ran> {
  const length = { warmup: 0, requests: Math.min(PILOT_REQUESTS, requests) };
  const numbers = Array.from({ length: PILOTS }, (_, n) => -1 - n);
  const { tallies } = yield { experiment, length, numbers, keepResponses: true, from: 0, to: 0 };
  const series = new Array<number>(Math.min(...tallies.map((tally) => tally.responses?.length ?? 0))).fill(0);
  for (const { responses } of tallies) {
    for (let n = 0; n < series.length; n++) series[n]! += responses![n]! / tallies.length;
  }
  return mser5(series);
}
