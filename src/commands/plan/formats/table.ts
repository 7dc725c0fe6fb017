import { barText } from '../../../output/chart/bar-text.js';
import { lineText } from '../../../output/chart/line-text.js';
import type { RenderContext } from '../../../output/deliver.js';
import { derivationText } from '../../../output/derivation.js';
import { objectiveVerdict, type Standing } from '../../../output/objective.js';
import { table } from '../../../output/table.js';
import { type Configuration, headline, labelOf, type PlanResult } from '../../../plan/types.js';
import type { Assumption } from '../../../profile/types.js';
import { mebibytes, milliseconds, percent, perSecond, significant } from '../../../text/numbers.js';
import { labelled, wrap } from '../../../text/wrap.js';
import { mostAssumed } from './assumed.js';
import { capacityText, classFields, type Field, STRATEGY_FIELDS, shownFields } from './cells.js';
import { latencyChart, memoryChart } from './charts.js';
import { impossible } from './impossible.js';
import { toMeasure } from './measure.js';
import { modelNotes } from './models.js';
import { commandLines } from './start.js';

/** A plan for people: the recommendation, how the strategies and classes compare, and what was assumed. */
export function planTable(plan: PlanResult, context: RenderContext): string {
  const hasRate = plan.inputs.ratePerSecond !== null && plan.inputs.ratePerSecond !== undefined;
  const parts = [recommendation(plan, context)];
  if (plan.leanest && !context.quiet) parts.push(leanest(plan.leanest, context));
  if (plan.given) parts.push(section('As given', configuration(plan.given, plan, context), context));
  if (context.chart) parts.push(...charts(plan, context));
  if (!context.quiet) {
    if (plan.strategies.length > 0)
      parts.push(
        section('Strategies', comparison(plan.strategies, STRATEGY_FIELDS, hasRate, context), context),
      );
    if (plan.classes.length > 0)
      parts.push(
        section(
          'Worker classes, each at its best',
          comparison(plan.classes, classFields(plan.classes), hasRate, context, isRecommended(plan)),
          context,
        ),
      );
    if (plan.unsuitableClasses.length > 0) parts.push(unsuitable(plan, context));
  }
  if (context.explain) parts.push(...explanations(plan, context));
  const assumed = assumedSection(plan, context);
  if (assumed !== '') parts.push(assumed);
  return parts.join('\n\n');
}

/** What was assumed, the last section of the table: with `--quiet` what matters most of it, in a line. */
export function assumedSection({ assumptions: list }: PlanResult, context: RenderContext): string {
  if (list.length === 0) return '';
  if (!context.quiet) return assumptions(list, context);
  const most = mostAssumed(list);
  return most ? context.style.faint(wrap(most, context.width)) : '';
}

/** What `--explain` adds, also where the rest is left out. */
function explanations(plan: PlanResult, context: RenderContext): string[] {
  const parts: string[] = [];
  if (plan.measureNext && plan.measureNext.length > 0)
    parts.push(section('What to measure next', toMeasure(plan.measureNext, context), context));
  if (plan.derivation.length > 0)
    parts.push(section('How the numbers came about', derivationText(plan.derivation, context), context));
  if (plan.models.length > 0)
    parts.push(section('Models behind the predictions', modelNotes(plan.models, context), context));
  if (Object.keys(plan.origins).length > 0) parts.push(origins(plan, context));
  return parts;
}

function section(title: string, body: string, { style, width }: RenderContext): string {
  return `${style.strong(wrap(title, width))}\n${body}`;
}

function recommendation(plan: PlanResult, context: RenderContext): string {
  const best = plan.recommendation;
  if (!best) {
    // Without memory there is nothing to choose, and only what was given is answered.
    if (plan.given && plan.inputs.memoryMiB === null) return wrap(plan.given.why, context.width);
    const reason = impossible(plan);
    return context.style.bad(
      wrap(
        reason === null
          ? 'No configuration fits.'
          : `No configuration fits: ${reason}${reason.endsWith('?') ? '' : '.'}`,
        context.width,
      ),
    );
  }
  return `${context.style.strong(context.style.accent(wrap(headline(best), context.width)))}\n${wrap(best.why, context.width)}\n\n${configuration(best, plan, context)}`;
}

/** The least that would do, in a sentence: what the room of the recommendation costs. */
function leanest(least: Configuration, { width, style }: RenderContext): string {
  const memory = least.memoryMiB === null ? '' : `, ${mebibytes(least.memoryMiB)}`;
  const p95 = least.prediction.p95Ms === null ? '' : `, p95 ${milliseconds(least.prediction.p95Ms)}`;
  return style.faint(wrap(`Leanest (--lean): ${headline(least)}${memory}${p95}`, width));
}

function charts(plan: PlanResult, { width, unicode }: RenderContext): string[] {
  const drawn = plan.given ?? plan.recommendation;
  if (!drawn) return [];
  const curve = latencyChart(plan, drawn);
  const memory = memoryChart(plan, drawn);
  return [
    ...(curve ? [lineText(curve, { width: Math.min(width, 120), height: CHART_ROWS, unicode })] : []),
    ...(memory ? [barText(memory, { width: Math.min(width, 120), unicode })] : []),
  ];
}

const CHART_ROWS = 14;

function configuration(chosen: Configuration, plan: PlanResult, context: RenderContext): string {
  const { prediction } = chosen;
  const lines: [string, string][] = [['bound by', chosen.boundBy]];
  if (chosen.memoryMiB !== null) lines.push(['memory', memoryUse(chosen.memoryMiB, plan.inputs.memoryMiB)]);
  lines.push(['capacity', capacityText(chosen)]);
  const { ratePerReplica: rate } = prediction;
  const { replicas, ratePerSecond } = plan.inputs;
  if (rate !== null && Number(replicas) > 1)
    lines.push([
      'replicas',
      `${replicas}, each with ${perSecond(rate)} of ${perSecond(Number(ratePerSecond))}`,
    ]);
  if (rate !== null) lines.push([`at ${perSecond(rate)}`, latencies(chosen, context)]);
  if (chosen.objective !== null) lines.push(['objective', objective(chosen.objective, plan, context)]);
  const column = Math.max(...lines.map(([name]) => name.length), 'command'.length) + 4;
  const { width, style } = context;
  return [
    ...lines.map(([name, text]) => labelled(name, text, { width, column, indent: 2, mark: style.faint })),
    commandBeside(chosen, column, context),
  ].join('\n');
}

/** Less room than this beside the labels, and the command stands below its own. */
const LEAST_COMMAND = 32;

function commandBeside(chosen: Configuration, column: number, { width, style }: RenderContext): string {
  const below = width - column < LEAST_COMMAND;
  const indent = ' '.repeat(below ? 4 : column);
  const lines = commandLines(chosen, width - indent.length).join(`\n${indent}`);
  return below
    ? `  ${style.faint('command')}\n${indent}${lines}`
    : `  ${style.faint('command'.padEnd(column - 2))}${lines}`;
}

function memoryUse(usedMiB: number, totalMiB: unknown): string {
  if (typeof totalMiB !== 'number') return mebibytes(usedMiB);
  const left = totalMiB - usedMiB;
  const rest = left >= 0 ? `${mebibytes(left)} left` : `${mebibytes(-left)} too much`;
  return `${mebibytes(usedMiB)} of ${mebibytes(totalMiB)}, ${percent(usedMiB / totalMiB)} full, ${rest}`;
}

/** Fewer refusals are not worth a word. */
const SHOWN_REFUSED = 0.0005;

function latencies({ prediction: p }: Configuration, { style }: RenderContext): string {
  if (p.stable === false)
    return style.bad('overload: more arrives than it can serve, so waiting grows without end');
  const waits = p.waitProbability === null ? '' : `; ${percent(p.waitProbability)} of requests wait`;
  const line = p.connectionWait
    ? `, ${percent(p.connectionWait.probability)} for a database connection (${milliseconds(p.connectionWait.meanMs)} on average)`
    : '';
  const refused =
    (p.rejectProbability ?? 0) >= SHOWN_REFUSED ? `; ${percent(p.rejectProbability)} are refused` : '';
  const time = (name: 'meanMs' | 'p95Ms' | 'p99Ms'): string =>
    `${milliseconds(p[name])}${p.errorShare ? ` ± ${percent(p.errorShare[name])}` : ''}`;
  return `mean ${time('meanMs')}, p95 ${time('p95Ms')}, p99 ${time('p99Ms')}${waits}${line}${refused}`;
}

function objective(standing: Standing, plan: PlanResult, { style }: RenderContext): string {
  const text = objectiveVerdict(standing, plan);
  return standing === 'met' ? style.good(text) : standing === 'missed' ? style.bad(text) : style.warn(text);
}

function comparison<Row>(
  rows: readonly Row[],
  fields: readonly Field<Row>[],
  hasRate: boolean,
  context: RenderContext,
  isMarked: (row: Row) => boolean = () => false,
): string {
  const shown = shownFields(fields, hasRate);
  return table({
    columns: shown.map((field) => field.column),
    rows: rows.map((row) =>
      shown.map((field, c) => {
        const cell = (): string => coloured(field.cell(row), c === 0 && isMarked(row), context);
        return field.takesTime ? cell : cell();
      }),
    ),
    width: context.width,
    style: context.style,
    unicode: context.unicode,
  });
}

/** What does not fit or is overloaded stands out, and so does the recommended row. */
function coloured(cell: string, isMarked: boolean, { style, unicode }: RenderContext): string {
  if (isMarked) return style.strong(style.accent(`${cell} ${unicode ? '←' : '<-'}`));
  return cell === 'NO' || cell === 'overload' ? style.bad(cell) : cell;
}

/** Whether a row is the configuration that is recommended. */
const isRecommended =
  ({ recommendation: best }: PlanResult) =>
  (row: Configuration): boolean =>
    best !== null &&
    row.server === best.server &&
    row.workerClass === best.workerClass &&
    row.handlers === best.handlers &&
    row.workers === best.workers &&
    row.threads === best.threads;

function unsuitable(plan: PlanResult, context: RenderContext): string {
  const lines = plan.unsuitableClasses.map(
    (kind) => `  ${wrap(`${labelOf(kind)}: ${kind.reason}`, context.width, '    ')}`,
  );
  return section('Left out', lines.join('\n'), context);
}

function origins(plan: PlanResult, context: RenderContext): string {
  const lines = Object.entries(plan.origins).map(
    ([name, where]) => `  ${wrap(`${name}: ${where}`, context.width, '    ')}`,
  );
  return section('Given, and where', lines.join('\n'), context);
}

function assumptions(list: readonly Assumption[], context: RenderContext): string {
  const lines = list.map(
    (a) => `  ${wrap(`${a.input} = ${shownValue(a.value)}: ${a.why} (${a.flag})`, context.width, '    ')}`,
  );
  return section('Assumed, because not given', lines.join('\n'), context);
}

function shownValue(value: unknown): string {
  return typeof value === 'number' ? significant(value, 6) : String(value);
}
