import { codeSpan, escapeCell, markdownTable } from '../../../output/markdown.js';
import { headline, type PlanResult } from '../../../plan/types.js';
import { classFields, type Field, STRATEGY_FIELDS, shownFields } from './cells.js';
import { commandLine } from './start.js';

/** A plan as GitHub-flavoured Markdown, for a pull request or a wiki. */
export function planMarkdown(plan: PlanResult): string {
  const hasRate = typeof plan.inputs.ratePerSecond === 'number';
  const best = plan.recommendation;
  const parts = ['## wcalc plan'];
  if (best) {
    parts.push(`**${headline(best)}**, bound by ${best.boundBy}. ${escapeCell(best.why)}`);
    parts.push(`\`\`\`sh\n${commandLine(best)}\n\`\`\``);
  } else
    parts.push(
      plan.given && plan.inputs.memoryMiB === null
        ? escapeCell(plan.given.why)
        : '**No configuration fits.**',
    );
  parts.push(`### Strategies\n\n${comparison(plan.strategies, STRATEGY_FIELDS, hasRate)}`);
  if (plan.classes.length > 0)
    parts.push(`### Worker classes\n\n${comparison(plan.classes, classFields(plan.classes), hasRate)}`);
  if (plan.warnings.length > 0)
    parts.push(
      `### Warnings\n\n${list(plan.warnings.map((w) => `${escapeCell(w.message)} (\`${w.code}\`)`))}`,
    );
  if (plan.assumptions.length > 0) {
    parts.push(
      `### Assumptions\n\n${list(plan.assumptions.map((a) => `${escapeCell(`${a.input} = ${a.value}: ${a.why}`)} (${codeSpan(a.flag)})`))}`,
    );
  }
  return parts.join('\n\n');
}

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

function comparison<Row>(rows: readonly Row[], fields: readonly Field<Row>[], hasRate: boolean): string {
  const shown = shownFields(fields, hasRate);
  return markdownTable(
    shown.map((field) => field.column),
    rows.map((row) => shown.map((field) => field.cell(row))),
  );
}
