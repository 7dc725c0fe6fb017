import { predict } from '../model/predict.js';
import type { Prediction, System, Workload } from '../model/types.js';
import type { RunLength } from './engine.js';
import type { Physics } from './policy.js';
import { type Experiment, replicate } from './replicate.js';
import { type Arrivals, POISSON } from './source.js';
import { processShares, type SimulationResult, summarize } from './summarize.js';
import { mser5 } from './warmup.js';

export type { SimulationResult } from './summarize.js';

export interface SimulationOptions {
  /** Any whole number from 0 to 2⁵³ − 1; the same seed gives the same result. Default 1. */
  readonly seed?: number;
  /** Requests counted in each replication. Default 50,000. */
  readonly requests?: number;
  /** Independent replications, ≥ 2 for intervals. Default 10. */
  readonly replications?: number;
  /** Requests ignored first; found by MSER-5 on pilot runs when left out. */
  readonly warmup?: number;
  readonly arrivals?: Arrivals;
  readonly physics?: Physics;
}

const PILOTS = 5;
const PILOT_REQUESTS = 10_000;

/**
 * The same question as `predict`, answered by simulating the server request by request. Response times count from
 * arrival to response; intervals are 95 % confidence half-widths over independent replications. Without a rate, or
 * when the rate is not below the capacity, there is nothing to simulate and the times are null.
 */
export function simulate(
  system: System,
  workload: Workload,
  options: SimulationOptions = {},
): SimulationResult {
  const { requests = 50_000, replications = 10 } = options;
  const bounds = predict(system, workload);
  if (workload.ratePerSecond === null || bounds.stable === false) return unanswered(bounds);
  const experiment = experimentOf(system, workload, workload.ratePerSecond, options);
  const warmup = options.warmup ?? detectWarmup(experiment, requests);
  const length: RunLength = { warmup, requests };
  const tallies = Array.from({ length: replications }, (_, n) => replicate(experiment, n, length));
  return {
    prediction: summarize(tallies, system, bounds.capacityPerSecond),
    replications,
    requests: tallies.reduce((sum, tally) => sum + tally.arrived, 0),
    warmup,
    shares: processShares(tallies),
    interrupted: false,
  };
}

export function experimentOf(
  system: System,
  workload: Workload,
  ratePerSecond: number,
  options: SimulationOptions,
): Experiment {
  const { seed = 1, arrivals = POISSON, physics = {} } = options;
  return { system, workload, ratePerSecond, arrivals, physics, seed };
}

/** MSER-5 on the average of a few pilot runs from an empty system. */
export function detectWarmup(experiment: Experiment, requests: number): number {
  const length = { warmup: 0, requests: Math.min(PILOT_REQUESTS, requests) };
  const series = new Array<number>(length.requests).fill(0);
  for (let pilot = 0; pilot < PILOTS; pilot++) {
    const { responses } = replicate(experiment, -1 - pilot, length, true);
    responses!.forEach((response, n) => {
      series[n]! += response / PILOTS;
    });
  }
  return mser5(series);
}

/** Only the capacity is known. */
export function unanswered(bounds: Prediction): SimulationResult {
  return {
    prediction: { ...bounds, method: 'simulation' },
    replications: 0,
    requests: 0,
    warmup: 0,
    shares: [],
    interrupted: false,
  };
}
