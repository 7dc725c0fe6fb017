import type { SloLimit } from '../profile/types.js';
import type { Base } from './evaluate.js';
import { type FindQuestion, find } from './find.js';
import { intervals, type Uncertain } from './intervals.js';
import { kneeIndex } from './knee.js';
import { RESULTS, type Result, type ResultName } from './result.js';
import { sensitivities } from './sensitivity.js';
import type { SweepAxis, SweepPoint, SweepResult } from './types.js';

export interface SweepQuestion {
  readonly axes: readonly SweepAxis[];
  readonly results: readonly ResultName[];
  readonly find: readonly FindQuestion[];
  readonly uncertain: readonly Uncertain[];
  readonly sensitivity: boolean;
  readonly limits: readonly SloLimit[];
}

/** Follows one configuration over the varied inputs. `onPoint` is told of each point as it is done. */
export function sweep(
  base: Base,
  question: SweepQuestion,
  onPoint: (done: number) => void = () => {},
): SweepResult {
  const { axes, results } = question;
  const first = RESULTS[results[0]!];
  const points =
    axes.length === 0
      ? []
      : gridOf(axes).map((at, n) => {
          const point = pointAt(base, axes, at, results);
          onPoint(n + 1);
          return point;
        });
  const limit = question.limits.find(({ metric }) => metric === first.name)?.limit ?? null;
  return {
    schemaVersion: 1,
    tool: base.plan.tool,
    inputs: base.plan.inputs,
    configuration: base.configuration,
    followed: base.isGiven ? 'given' : 'recommendation',
    axes,
    results,
    points,
    marks: {
      best: bestPoint(points, first, axes, limit === null ? null : limit * (first.unit === '%' ? 100 : 1)),
      knee: kneeOf(base, axes, points),
      limit: limit === null ? null : limit * (first.unit === '%' ? 100 : 1),
    },
    found: question.find.map((asked) => find(base, asked)),
    sensitivity: question.sensitivity ? sensitivities(base, first) : [],
    intervals: intervals(base, question.uncertain, results),
  };
}

function gridOf(axes: readonly SweepAxis[]): number[][] {
  return axes.reduce<number[][]>(
    (grid, axis) => grid.flatMap((at) => axis.values.map((value) => [...at, value])),
    [[]],
  );
}

function pointAt(
  base: Base,
  axes: readonly SweepAxis[],
  at: readonly number[],
  results: readonly ResultName[],
): SweepPoint {
  const measured = base.measure(Object.fromEntries(axes.map((axis, n) => [axis.input, at[n]!])));
  return {
    at,
    stable: measured.prediction.stable,
    results: Object.fromEntries(results.map((name) => [name, RESULTS[name].of(measured)])),
  };
}

/**
 * The point to recommend: of those that keep the objective (or, without one, of all) the cheapest in what is bought
 * (workers, threads, cores, memory), or for a rate the furthest.
 */
function bestPoint(
  points: readonly SweepPoint[],
  result: Result,
  axes: readonly SweepAxis[],
  limit: number | null,
): number | null {
  if (limit === null || points.length === 0) return null;
  const able = points
    .map((_, n) => n)
    .filter((n) => {
      const value = points[n]!.results[result.name];
      return value !== null && value !== undefined && (result.lessIsBetter ? value <= limit : value >= limit);
    });
  // What is bought costs; a higher rate that still keeps the objective is worth more.
  const cost = (n: number) =>
    points[n]!.at.reduce(
      (product, value, axis) => product * (BOUGHT.has(axes[axis]!.input) ? value : 1 / value),
      1,
    );
  return able.reduce<number | null>((best, n) => (best === null || cost(n) < cost(best) ? n : best), null);
}

const BOUGHT: ReadonlySet<string> = new Set([
  'workers',
  'threads',
  'cores',
  'mem',
  'replicas',
  'workerConnections',
  'backlog',
]);

function kneeOf(base: Base, axes: readonly SweepAxis[], points: readonly SweepPoint[]): number | null {
  if (axes.length !== 1 || axes[0]!.input !== 'rate') return null;
  return kneeIndex(
    points.map(({ at }) => ({ x: at[0]!, y: RESULTS.mean.of(base.measure({ rate: at[0]! })) })),
  );
}
