import type { DayPlan } from '../../../fleet/day.js';
import type { Autoscaling, Fleet, FleetResult } from '../../../fleet/plan-of-fleet.js';
import type { Prediction } from '../../../model/types.js';
import { lineText } from '../../../output/chart/line-text.js';
import type { RenderContext } from '../../../output/deliver.js';
import { derivationText } from '../../../output/derivation.js';
import { objectiveVerdict } from '../../../output/objective.js';
import { table } from '../../../output/table.js';
import { mebibytes, percent, perSecond, significant } from '../../../text/numbers.js';
import { labelled, wrap } from '../../../text/wrap.js';
import { inside, shownFields } from './cells.js';
import { dayChart } from './charts.js';
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

const headline = (fleet: Fleet): string => `${fleet.replicas} × ${fleet.shape.name}, each ${inside(fleet)}`;

function details(fleet: Fleet, result: FleetResult, { width, style }: RenderContext): string {
  const { prediction, lost, update, autoscaling } = fleet;
  const time = shownTime(result);
  const shown = (one: Prediction): string => `${time.name} ${time.text(one)}`;
  const lines: [string, string][] = [
    ['bound by', fleet.boundBy],
    ['each', `${perSecond(fleet.ratePerReplica)}, ${shown(prediction)}`],
  ];
  if (lost.replicas < fleet.replicas)
    lines.push([`${fleet.replicas - lost.replicas} lost`, shown(lost.prediction)]);
  lines.push([
    'update',
    `${update.replicas} replicas at most, ${update.unavailable} missing: ${shown(update.prediction)}, ${mebibytes(update.memoryMiB)}, ${significant(update.dbConnections)} database connections`,
  ]);
  if (autoscaling)
    lines.push([
      'autoscaling',
      `${range(autoscaling)} at ${autoscaling.cpuTargetPercent}% CPU or ${autoscaling.inFlightTarget} requests in flight each`,
    ]);
  lines.push([
    'in all',
    `${significant(fleet.totalCores)} ${fleet.totalCores === 1 ? 'core' : 'cores'}, ${mebibytes(fleet.totalMemoryMiB)}`,
  ]);
  if (fleet.pricePerMonth !== null)
    lines.push([
      'price',
      `${significant(fleet.pricePerMonth)} a month, ${significant(fleet.pricePerMillionRequests ?? 0)} per million requests`,
    ]);
  const verdict = objectiveVerdict(fleet.meetsObjective ? 'met' : 'missed', result);
  lines.push(['objective', fleet.meetsObjective ? style.good(verdict) : style.bad(verdict)]);
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
  const saved = 1 - day.replicaHours / day.fixedReplicaHours;
  const prices =
    day.price === null || day.fixedPrice === null
      ? ''
      : ` (${significant(day.price)} instead of ${significant(day.fixedPrice)})`;
  const missed = day.missedHours > 0 ? `; ${significant(day.missedHours)} hours miss the objective` : '';
  const sentence = `Over ${significant(day.hours)} hours: ${significant(day.replicaHours)} replica-hours with autoscaling, ${significant(day.fixedReplicaHours)} without, ${percent(Math.abs(saved))} ${saved < 0 ? 'more' : 'saved'}${prices}${missed}.`;
  const drawn = chart
    ? `\n\n${lineText(dayChart(day), { width: Math.min(width, 120), height: CHART_ROWS, unicode })}`
    : '';
  return `${style.strong('Over the rates given')}\n${wrap(sentence, width)}${drawn}`;
}

/** Where nothing is to be scaled at the rates given, the target is that of who raises the maximum. */
const range = ({ minReplicas, maxReplicas }: Autoscaling): string =>
  minReplicas === maxReplicas
    ? `always ${minReplicas} replicas; a higher maximum would be used`
    : `${minReplicas} to ${maxReplicas} replicas`;
