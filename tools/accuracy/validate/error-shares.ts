import { readFileSync } from 'node:fs';
import { ERROR_SHARES, type ErrorShare } from '../../../src/model/error-shares.js';
import { METHODS, type MethodId } from '../../../src/model/methods.js';
import { evenly, predict } from '../../../src/model/predict.js';
import { facilityOf } from '../../../src/servers/gunicorn/discipline.js';
import type { Simulated } from '../model-grid/errors.js';
import { type Comparison, counts, TIMES } from './compare.js';

type Times = Readonly<Record<(typeof TIMES)[number], number>>;

/** Measured cases of a model from which its published error is taken, rather than from simulated systems. */
const ENOUGH = 5;
const WITHIN = 0.9;

/** For each model, what 90 % of its errors stay within. */
export function errorShares(comparisons: readonly Comparison[]): Readonly<Record<MethodId, ErrorShare>> {
  const simulated = JSON.parse(readFileSync('fixtures/model/simulated.json', 'utf8')) as Simulated[];
  const measuredErrors = comparisons.filter(counts).map(({ method, times }) => ({ method, errors: times }));
  const simulatedErrors = simulated.flatMap(({ system, workload, simulated: found }) => {
    const prediction = predict(evenly(facilityOf(system)), workload);
    if (prediction.meanMs === null) return [];
    const off = (key: 'meanMs' | 'p50Ms' | 'p95Ms' | 'p99Ms') => prediction[key]! / found[key] - 1;
    const [p50Ms, p95Ms] = [off('p50Ms'), off('p95Ms')];
    // The grid has no 90th percentile: the worse of its neighbours stands for it.
    const p90Ms = Math.abs(p50Ms) > Math.abs(p95Ms) ? p50Ms : p95Ms;
    return [
      {
        method: prediction.method,
        errors: { meanMs: off('meanMs'), p50Ms, p90Ms, p95Ms, p99Ms: off('p99Ms') },
      },
    ];
  });
  return Object.fromEntries(
    (Object.keys(METHODS) as MethodId[]).map((id) => {
      const of = (all: readonly { method: string; errors: Times }[]) =>
        all.filter(({ method }) => method === METHODS[id].label).map(({ errors }) => errors);
      const measured = of(measuredErrors);
      // Loops with threads beside them are measured by the grid of shapes alone.
      if (measured.length === 0 && of(simulatedErrors).length === 0) return [id, ERROR_SHARES[id]];
      return [
        id,
        measured.length >= ENOUGH
          ? { ...within(measured), from: 'measured', cases: measured.length }
          : { ...within(of(simulatedErrors)), from: 'simulated', cases: of(simulatedErrors).length },
      ];
    }),
  ) as Record<MethodId, ErrorShare>;
}

function within(errors: readonly Times[]): Times {
  const share = (key: keyof Times): number => {
    const sizes = errors.map((error) => Math.abs(error[key])).sort((a, b) => a - b);
    return Number(sizes[Math.ceil(WITHIN * sizes.length) - 1]!.toFixed(3));
  };
  return Object.fromEntries(TIMES.map((key) => [key, share(key)])) as Times;
}
