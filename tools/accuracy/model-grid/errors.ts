import { evenly, predict } from '../../../src/model/predict.js';
import type { SimulatedErrors } from '../../../src/model/simulated-errors.js';
import type { Workload } from '../../../src/model/types.js';
import { facilityOf, type System } from '../../../src/servers/gunicorn/discipline.js';

/** A system, and what simulation found of it with even shares of the arrivals. */
export interface Simulated {
  readonly system: System;
  readonly workload: Workload;
  readonly simulated: Readonly<Record<'meanMs' | 'p50Ms' | 'p95Ms' | 'p99Ms', number>>;
}

/** The smallest value that at least this share of the list does not exceed. */
export const quantileOf = (list: readonly number[], share: number): number =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(share * list.length))]!;

/** Errors of the method with this label; of all methods where none is named. */
export function errorsOf(rows: readonly Simulated[], label?: string): SimulatedErrors & { cases: number } {
  const errors = rows.flatMap(({ system, workload, simulated }) => {
    const { meanMs, p95Ms, method } = predict(evenly(facilityOf(system)), workload);
    if (label !== undefined && method !== label) return [];
    return [{ mean: Math.abs(meanMs! / simulated.meanMs - 1), p95: Math.abs(p95Ms! / simulated.p95Ms - 1) }];
  });
  const [mean, p95] = [errors.map((e) => e.mean), errors.map((e) => e.p95)];
  return {
    cases: errors.length,
    meanMedian: quantileOf(mean, 0.5),
    mean95: quantileOf(mean, 0.95),
    p95Median: quantileOf(p95, 0.5),
    p9595: quantileOf(p95, 0.95),
  };
}
