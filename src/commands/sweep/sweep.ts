import type { ResultName } from '../../input/options/result-names.js';
import type { SloLimit } from '../../profile/types.js';
import type { Base } from './evaluate.js';
import { type FindQuestion, find } from './find.js';
import { intervals, type Uncertain } from './intervals.js';
import { kneeRate } from './knee.js';
import { RESULTS, type Result } from './result.js';
import { sensitivities } from './sensitivity.js';
import type { SweepAxis, SweepPoint, SweepResult } from './types.js';
import type { VariableName } from './vary.js';

export interface SweepQuestion {
  readonly axes: readonly SweepAxis[];
  readonly results: readonly ResultName[];
  readonly find: readonly FindQuestion[];
  readonly uncertain: readonly Uncertain[];
  readonly sensitivity: boolean;
  readonly limits: readonly SloLimit[];
}

/** Results that a sweep measures at each point: those asked for, and what its marks need. */
export const measuredResults = ({
  axes,
  results,
}: Pick<SweepQuestion, 'axes' | 'results'>): readonly ResultName[] => {
  const isRate = axes.length === 1 && axes[0]!.input === 'rate';
  return [...new Set([...results, isRate ? ('mean' as const) : ('memory' as const)])];
};

/** The answer, from the measured points of the grid. */
export function sweep(base: Base, question: SweepQuestion, measured: readonly SweepPoint[]): SweepResult {
  const { axes, results } = question;
  const first = RESULTS[results[0]!];
  const points = measured.map((point) => ({
    ...point,
    results: Object.fromEntries(results.map((name) => [name, point.results[name] ?? null])),
  }));
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
      best: bestPoint(measured, first, axes, limit === null ? null : limit * (first.unit === '%' ? 100 : 1)),
      knee: kneeOf(base, axes, first),
      limit: limit === null ? null : limit * (first.unit === '%' ? 100 : 1),
    },
    found: question.find.map((asked) => find(base, asked)),
    sensitivity: question.sensitivity ? sensitivities(base, first) : [],
    intervals: intervals(base, question.uncertain, results),
  };
}

/**
 * The point to recommend: of those that keep the objective the one with the least memory, then the cheapest in what
 * is bought (workers, threads, cores), or for a rate the furthest. null without an objective.
 */
function bestPoint(
  points: readonly SweepPoint[],
  result: Result,
  axes: readonly SweepAxis[],
  limit: number | null,
): number | null {
  if (limit === null) return null;
  // What is bought costs; a higher rate that still keeps the objective is worth more.
  const product = ({ at }: SweepPoint) =>
    at.reduce((cost, value, axis) => cost * (BOUGHT.has(axes[axis]!.input) ? value : 1 / value), 1);
  let best: { readonly index: number; readonly memory: number; readonly cost: number } | null = null;
  points.forEach((point, index) => {
    const value = point.results[result.name] ?? null;
    if (value === null || (result.lessIsBetter ? value > limit : value < limit)) return;
    const memory = point.results.memory ?? 0;
    const cost = product(point);
    if (!best || memory < best.memory || (memory === best.memory && cost < best.cost))
      best = { index, memory, cost };
  });
  return (best as { readonly index: number } | null)?.index ?? null;
}

const BOUGHT: ReadonlySet<VariableName> = new Set([
  'workers',
  'threads',
  'cores',
  'mem',
  'replicas',
  'workerConnections',
  'backlog',
] as const);

const TAKES_MEMORY: ReadonlySet<VariableName> = new Set([
  'perWorker',
  'shared',
  'perThread',
  'master',
] as const);

/** Whether the best point along an input is the least that keeps the objective; else it is the most. */
export const isBestLeast = (input: VariableName): boolean => BOUGHT.has(input) || TAKES_MEMORY.has(input);

/** The knee, where a rate is varied: that of the followed configuration, within the range or not. */
function kneeOf(base: Base, axes: readonly SweepAxis[], result: Result): SweepResult['marks']['knee'] {
  const [axis, other] = axes;
  if (axis?.input !== 'rate' || other) return null;
  const rate = kneeRate(
    (at) => base.measure({ rate: at }).prediction.meanMs,
    base.configuration.prediction.capacityPerSecond,
  );
  return rate === null ? null : { rate, result: result.of(base.measure({ rate })) };
}
