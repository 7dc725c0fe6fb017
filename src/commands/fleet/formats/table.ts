import type { DayPlan } from '../../../fleet/day.js';
import type { Fleet, FleetResult } from '../../../fleet/plan-of-fleet.js';
import { lineText } from '../../../output/chart/line-text.js';
import type { RenderContext } from '../../../output/deliver.js';
import { derivationText } from '../../../output/derivation.js';
import { objectiveVerdict } from '../../../output/objective.js';
import { table } from '../../../output/table.js';
import { labelled, wrap } from '../../../text/wrap.js';
import { headline, shownFields } from './cells.js';
import { dayChart } from './charts.js';
import { daySentence, factsOf } from './facts.js';
import { shownTime } from './shown-time.js';

const CHART_ROWS = 14;

/** A fleet for people: what to run, how the shapes compare, and what was assumed. */
export function fleetTable(result: FleetResult, context: RenderContext): string {
  const { recommendation, given, shapes, unusableShapes, derivation, day } = result;
  const { style, width } = context;
  const parts = [
    recommendation
      ? `${style.strong(style.accent(wrap(headline(recommendation), width)))}\n${wrap(recommendation.why, width)}\n\n${details(recommendation, result, context)}`
      : style.bad(wrap('No shape carries this rate within the objective.', width)),
  ];
  if (given)
    parts.push(
      `${style.strong(wrap(`As given: ${headline(given)}`, width))}\n${details(given, result, context)}`,
    );
  if (!context.quiet && shapes.length > 0)
    parts.push(
      `${style.strong('Shapes, each with the fewest replicas that do')}\n${comparison(result, context)}`,
    );
  if (!context.quiet && unusableShapes.length > 0)
    parts.push(unusableShapes.map(({ shape, reason }) => wrap(`${shape.name}: ${reason}`, width)).join('\n'));
  if (day) parts.push(overTheDay(day, context));
  if (context.explain && derivation.length > 0)
    parts.push(`${style.strong('How the numbers came about')}\n${derivationText(derivation, context)}`);
  const assumed = assumedSection(result, context);
  if (assumed !== '') parts.push(assumed);
  return parts.join('\n\n');
}

/** What was assumed, the last section of the table. */
export function assumedSection({ assumptions }: FleetResult, { quiet, style, width }: RenderContext): string {
  if (quiet || assumptions.length === 0) return '';
  const lines = assumptions.map(({ input, value, flag, why }) =>
    labelled(`${input} = ${value}`, `${why} (${flag})`, { width, column: 26, indent: 2, mark: style.faint }),
  );
  return `${style.strong('Assumed, because not given')}\n${lines.join('\n')}`;
}

function details(fleet: Fleet, result: FleetResult, { width, style }: RenderContext): string {
  const verdict = objectiveVerdict(fleet.meetsObjective ? 'met' : 'missed', result);
  const lines = [
    ...factsOf(fleet, result),
    ['objective', fleet.meetsObjective ? style.good(verdict) : style.bad(verdict)] as const,
  ];
  return lines
    .map(([name, text]) => labelled(name, text, { width, column: 15, indent: 2, mark: style.faint }))
    .join('\n');
}

function comparison(result: FleetResult, context: RenderContext): string {
  const { shapes, recommendation } = result;
  const fields = shownFields(shapes, shownTime(result));
  const mark = context.unicode ? '→' : '>';
  return table({
    columns: [{ title: '' }, ...fields.map(({ column }) => column)],
    rows: shapes.map((fleet) => [
      fleet === recommendation ? mark : '',
      ...fields.map(({ cell }) => cell(fleet)),
    ]),
    width: context.width,
    style: context.style,
    unicode: context.unicode,
  });
}

function overTheDay(day: DayPlan, { width, unicode, style, chart }: RenderContext): string {
  const drawn = chart
    ? `\n\n${lineText(dayChart(day), { width: Math.min(width, 120), height: CHART_ROWS, unicode })}`
    : '';
  return `${style.strong('Over the rates given')}\n${wrap(daySentence(day), width)}${drawn}`;
}
