import { lineSvg, escapeXml as text } from '../../../output/chart/svg.js';
import { objectiveVerdict } from '../../../output/objective.js';
import { type Configuration, headline, labelOf, type PlanResult } from '../../../plan/types.js';
import { mebibytes, milliseconds, perSecond, significant } from '../../../text/numbers.js';
import { capacityText, classFields, type Field, STRATEGY_FIELDS, shownFields } from '../formats/cells.js';
import { latencyChart } from '../formats/charts.js';
import { errorsOf } from '../formats/models.js';
import { commandLine } from '../formats/start.js';
import { explorer } from './explorer.js';

/** The answer of a plan as sections of a page: with sliders and a chart where there is a drawing. */
export function* answerSections(plan: PlanResult, drawn: Configuration | null): Iterable<string> {
  if (drawn) {
    yield section('Configuration', configuration(drawn, plan, 'command'));
    const { recommendation } = plan;
    if (recommendation && recommendation !== drawn)
      yield section(
        'What wcalc recommends',
        `<p><strong>${text(headline(recommendation))}</strong></p>\n<p>${text(sentence(recommendation))}</p>\n${configuration(recommendation, plan, 'recommended')}`,
      );
    if (plan.drawing) {
      const chart = latencyChart(plan, drawn);
      yield section('Try it', explorer(plan.drawing, drawn, plan.assumptions, chart ? lineSvg(chart) : ''));
    }
  }
  const hasRate = typeof plan.inputs.ratePerSecond === 'number';
  if (plan.strategies.length > 0)
    yield section(
      'Strategies',
      comparison('How the strategies compare', plan.strategies, STRATEGY_FIELDS, hasRate),
    );
  if (plan.classes.length > 0)
    yield section(
      'Worker classes, each at its best',
      comparison('How the worker classes compare', plan.classes, classFields(plan.classes), hasRate),
    );
  if (plan.unsuitableClasses.length > 0)
    yield section('Left out', list(plan.unsuitableClasses.map((c) => `${labelOf(c)}: ${c.reason}`)));
  if (plan.warnings.length > 0)
    yield section('Warnings', list(plan.warnings.map((w) => `${w.message} (${w.code})`)));
  if (plan.assumptions.length > 0) yield section('Assumed, because not given', assumptions(plan));
  if (plan.derivation.length > 0) yield section('How the numbers came about', derivation(plan));
  if (plan.models.length > 0) yield section('Models behind the predictions', models(plan));
  if (plan.drawing) yield section('Make it again', copyable('reproduce', plan.drawing.command));
}

const section = (title: string, content: string): string =>
  `<section>\n<h2>${text(title)}</h2>\n${content}\n</section>`;

const list = (items: readonly string[]): string =>
  `<ul>${items.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`;

export const sentence = ({ why }: Configuration): string => (/[.!?]$/.test(why) ? why : `${why}.`);

function configuration(c: Configuration, plan: PlanResult, id: string): string {
  const { prediction: p } = c;
  const rows: [string, string][] = [['Bound by', c.boundBy]];
  if (c.memoryMiB !== null) rows.push(['Memory', mebibytes(c.memoryMiB)]);
  rows.push(['Capacity', capacityText(c)]);
  const { replicas, ratePerSecond } = plan.inputs;
  if (p.ratePerReplica !== null) {
    if (Number(replicas) > 1)
      rows.push([
        'Replicas',
        `${replicas}, each with ${perSecond(p.ratePerReplica)} of ${perSecond(Number(ratePerSecond))}`,
      ]);
    const times =
      p.stable === false
        ? 'overload'
        : `mean ${milliseconds(p.meanMs)}, p95 ${milliseconds(p.p95Ms)}, p99 ${milliseconds(p.p99Ms)}`;
    rows.push([`At ${perSecond(p.ratePerReplica)}`, times]);
  }
  if (c.objective !== null) rows.push(['Objective', objectiveVerdict(c.objective, plan)]);
  rows.push(['Model', p.method]);
  return `<dl>${rows.map(([name, value]) => `<dt>${text(name)}</dt><dd>${text(value)}</dd>`).join('')}</dl>\n${copyable(id, commandLine(c))}`;
}

/** A command, whose words are broken at the end of a line only where one is longer than a line. */
const copyable = (id: string, code: string): string =>
  `<div class="copyable"><pre id="${id}">${code
    .split(' ')
    .map((word) => `<span>${text(word)}</span>`)
    .join(' ')}</pre><button type="button" data-copy="${id}" aria-label="Copy">Copy</button></div>`;

function comparison<Row>(
  caption: string,
  rows: readonly Row[],
  fields: readonly Field<Row>[],
  hasRate: boolean,
): string {
  const shown = shownFields(fields, hasRate);
  const alignment = (field: Field<Row>) => (field.column.align === 'right' ? ' class="right"' : '');
  const head = shown
    .map((field) => `<th scope="col"${alignment(field)}>${text(field.column.title)}</th>`)
    .join('');
  const lines = rows.map(
    (row) =>
      `<tr>${shown.map((field) => `<td${alignment(field)}>${text(field.cell(row))}</td>`).join('')}</tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="${text(caption)}"><table><thead><tr>${head}</tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`;
}

const models = (plan: PlanResult): string =>
  plan.models
    .map(
      (note) =>
        `<p>${text(`${note.workerClass}: ${note.model}`)}</p>\n${list([...note.assumptions, ...errorsOf(note)])}`,
    )
    .join('\n');

function assumptions(plan: PlanResult): string {
  const lines = plan.assumptions.map(
    (a) =>
      `<tr><td>${text(a.input)}</td><td class="right">${text(typeof a.value === 'number' ? significant(a.value, 6) : String(a.value))}</td><td class="wide">${text(a.why)}</td><td><code>${text(a.flag)}</code></td></tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="Assumptions"><table><thead><tr><th scope="col">input</th><th scope="col" class="right">value</th><th scope="col">why</th><th scope="col">set with</th></tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`;
}

function derivation(plan: PlanResult): string {
  const lines = plan.derivation.map(
    (step) =>
      `<tr><td class="wide">${text(step.quantity)}</td><td class="wide">${text(step.formula)}</td><td class="wide">${text(step.substituted)}</td><td class="right">${text(typeof step.value === 'number' ? significant(step.value, 6) : step.value)}</td><td class="wide soft">${text(step.source)}</td></tr>`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="Derivation"><table><thead><tr><th scope="col">quantity</th><th scope="col">formula</th><th scope="col">with your numbers</th><th scope="col" class="right">value</th><th scope="col">source</th></tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`;
}
