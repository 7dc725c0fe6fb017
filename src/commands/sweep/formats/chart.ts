import type { HeatMap, LineChart } from '../../../output/chart/types.js';
import { significant } from '../../../text/numbers.js';
import { RESULTS } from '../result.js';
import { isBestLeast } from '../sweep.js';
import type { SweepAxis, SweepResult } from '../types.js';
import { inputLabel, inputValue } from './input.js';

const named = (label: string, unit: string): string => (unit ? `${label}, ${unit}` : label);

/** The first result along the one varied input. */
export function sweepLine(sweep: SweepResult): LineChart {
  const [axis] = sweep.axes;
  const result = RESULTS[sweep.results[0]!];
  const points = sweep.points.map((point) => ({ x: point.at[0]!, y: point.results[result.name] ?? null }));
  const { capacityPerSecond } = sweep.configuration.prediction;
  const known = points.flatMap(({ y }) => (y === null ? [] : [y]));
  const spread = known.length > 0 && Math.min(...known) > 0 && Math.max(...known) / Math.min(...known) > 20;
  const inside = axis!.input === 'rate' && points.some(({ x }) => x >= capacityPerSecond);
  return {
    title: `${result.label} against ${axis!.input}`,
    x: { label: inputLabel(axis!.input), scale: isGeometric(axis!.values) ? 'log' : 'linear' },
    y: { label: named(result.name, result.unit), scale: spread ? 'log' : 'linear' },
    series: [{ name: result.name, points }],
    horizontals:
      sweep.marks.limit === null
        ? []
        : [{ y: sweep.marks.limit, label: `objective ${significant(sweep.marks.limit, 4)} ${result.unit}` }],
    verticals: inside
      ? [{ x: capacityPerSecond, label: `saturation ${significant(capacityPerSecond)}/s` }]
      : [],
    marks: [
      markAt(
        sweep,
        sweep.marks.best,
        `${isBestLeast(axis!.input) ? 'least' : 'most'} that keeps the objective`,
      ),
      kneeMark(sweep),
    ].filter((mark) => mark !== null),
  };
}

function markAt(sweep: SweepResult, index: number | null, what: string) {
  const point = index === null ? undefined : sweep.points[index];
  const y = point?.results[sweep.results[0]!];
  if (!point || y === null || y === undefined) return null;
  const [axis] = sweep.axes;
  return { x: point.at[0]!, y, label: `${what}: ${axis!.input} ${inputValue(axis!.input, point.at[0]!)}` };
}

/** The knee, where the range holds it. */
function kneeMark({ marks: { knee }, axes: [axis] }: SweepResult) {
  const [first, last] = [axis!.values[0]!, axis!.values.at(-1)!];
  if (knee?.result == null || knee.rate < Math.min(first, last) || knee.rate > Math.max(first, last))
    return null;
  return {
    x: knee.rate,
    y: knee.result,
    label: `knee: ${axis!.input} ${inputValue(axis!.input, knee.rate)}`,
  };
}

/** The first result over two varied inputs: the first along x, the second along y. */
export function sweepHeat(sweep: SweepResult): HeatMap {
  const [x, y] = sweep.axes as readonly [SweepAxis, SweepAxis];
  const result = RESULTS[sweep.results[0]!];
  const short = (value: number) => significant(value, 3);
  const best = sweep.marks.best;
  return {
    title: `${result.label} over ${x.input} and ${y.input}`,
    x: { label: inputLabel(x.input), values: x.values.map(short) },
    y: { label: inputLabel(y.input), values: y.values.map(short) },
    cells: y.values.map((_, row) =>
      x.values.map(
        (__, column) => sweep.points[column * y.values.length + row]!.results[result.name] ?? null,
      ),
    ),
    unit: result.unit,
    best: best === null ? null : { x: Math.floor(best / y.values.length), y: best % y.values.length },
    limit: result.lessIsBetter ? sweep.marks.limit : null,
  };
}

function isGeometric(values: readonly number[]): boolean {
  if (values.length < 3 || values[0]! <= 0) return false;
  const first = values[1]! / values[0]!;
  const last = values.at(-2)! / values.at(-3)!;
  return first > 1.2 && Math.abs(first / last - 1) < 0.05;
}
