import type { ResultName } from '../../../input/options/result-names.js';
import { heatText } from '../../../output/chart/heat-text.js';
import { lineText } from '../../../output/chart/line-text.js';
import type { RenderContext } from '../../../output/deliver.js';
import { table } from '../../../output/table.js';
import { headline } from '../../../plan/types.js';
import { significant, UNKNOWN } from '../../../text/numbers.js';
import { wrap } from '../../../text/wrap.js';
import { RESULTS } from '../result.js';
import type { SweepResult } from '../types.js';
import { answerText } from './answer.js';
import { sweepHeat, sweepLine } from './chart.js';
import { inputValue } from './input.js';

const MOST_ROWS = 24;
const CHART_ROWS = 16;

/** A sweep for people: what is followed, the chart, the numbers, and what was solved for. */
export function sweepTable(sweep: SweepResult, context: RenderContext): string {
  const parts = [followed(sweep, context)];
  if (context.chart && sweep.points.length > 1)
    parts.push(
      isDrawable(sweep)
        ? chart(sweep, context)
        : wrap('nothing to draw: overloaded throughout', context.width),
    );
  if (sweep.axes.length === 1 && !context.quiet) parts.push(rows(sweep, context));
  if (sweep.marks.knee && !context.quiet)
    parts.push(wrap(`knee: rate ${inputValue('rate', sweep.marks.knee.rate)}`, context.width));
  if (sweep.found.length > 0)
    parts.push(
      sweep.found.map((found) => context.style.strong(wrap(answerText(found), context.width))).join('\n'),
    );
  if (sweep.intervals.length > 0) parts.push(ranges(sweep, context));
  if (sweep.sensitivity.length > 0) parts.push(ranking(sweep, context));
  return parts.join('\n\n');
}

/** Whether any point has a value. */
const isDrawable = ({ points, results: [first] }: SweepResult): boolean =>
  points.some(({ results }) => results[first!] != null);

function followed({ configuration: c, followed: how }: SweepResult, context: RenderContext): string {
  const origin = how === 'given' ? 'as given' : 'the recommended configuration';
  return wrap(`${headline(c)} (${origin}), where not varied`, context.width);
}

function chart(sweep: SweepResult, { width, unicode }: RenderContext): string {
  if (sweep.axes.length === 2) return heatText(sweepHeat(sweep), { width, unicode });
  return lineText(sweepLine(sweep), { width: Math.min(width, 120), height: CHART_ROWS, unicode });
}

export function resultCell(
  name: ResultName,
  value: number | null | undefined,
  stable: boolean | null,
): string {
  if (value === null || value === undefined) return stable === false ? 'overload' : UNKNOWN;
  const { unit } = RESULTS[name];
  return `${significant(value)}${unit === '%' ? '%' : unit && ` ${unit}`}`;
}

function rows(sweep: SweepResult, context: RenderContext): string {
  const every = Math.ceil(sweep.points.length / MOST_ROWS);
  const shown = sweep.points
    .map((_, n) => n)
    .filter((n) => n % every === 0 || n === sweep.marks.best || n === sweep.points.length - 1);
  const [axis] = sweep.axes;
  const body = table({
    columns: [
      { title: axis!.input, align: 'right' },
      ...sweep.results.map((name) => ({ title: name, align: 'right' as const })),
      { title: '' },
    ],
    rows: shown.map((n) => {
      const point = sweep.points[n]!;
      return [
        inputValue(axis!.input, point.at[0]!),
        ...sweep.results.map((name) => resultCell(name, point.results[name], point.stable)),
        n === sweep.marks.best ? 'best' : '',
      ];
    }),
    width: context.width,
    style: context.style,
    unicode: context.unicode,
  });
  return shown.length < sweep.points.length
    ? `${body}\n${context.style.faint(wrap(`${shown.length} of ${sweep.points.length} points; --format csv has them all`, context.width))}`
    : body;
}

function ranges(sweep: SweepResult, context: RenderContext): string {
  return table({
    columns: [
      { title: 'result' },
      { title: 'lowest', align: 'right' },
      { title: 'middle', align: 'right', dropFirst: 1 },
      { title: 'highest', align: 'right' },
    ],
    rows: sweep.intervals.map((i) => [
      i.result,
      resultCell(i.result, i.low, null),
      resultCell(i.result, i.middle, null),
      i.overloads ? 'overload' : resultCell(i.result, i.high, null),
    ]),
    width: context.width,
    style: context.style,
    unicode: context.unicode,
  });
}

function ranking(sweep: SweepResult, context: RenderContext): string {
  const name = sweep.results[0]!;
  const body = table({
    columns: [
      { title: 'input' },
      { title: '1% more gives', align: 'right', dropFirst: 2 },
      { title: `${name} at −10%`, align: 'right' },
      { title: `at +10%`, align: 'right' },
      { title: '', dropFirst: 3 },
    ],
    rows: sweep.sensitivity.map((s) => [
      s.input,
      s.low === null || s.high === null
        ? 'overload'
        : `${s.elasticity > 0 ? '+' : ''}${significant(s.elasticity, 2)}%`,
      resultCell(name, s.low, s.low === null ? false : null),
      resultCell(name, s.high, s.high === null ? false : null),
      s.assumed ? 'assumed: measure it' : '',
    ]),
    width: context.width,
    style: context.style,
    unicode: context.unicode,
  });
  return `${context.style.strong(wrap(`What moves ${name} most`, context.width))}\n${body}`;
}
