import type { FleetResult } from '../../../fleet/plan-of-fleet.js';
import { escapeCell, markdownTable } from '../../../output/markdown.js';
import { inside, shownFields } from './cells.js';
import { shownTime } from './shown-time.js';

/** A fleet as GitHub-flavoured Markdown. */
export function fleetMarkdown(result: FleetResult): string {
  const { recommendation, given, shapes, warnings, assumptions } = result;
  const parts = ['## wcalc fleet'];
  if (recommendation)
    parts.push(
      `**${recommendation.replicas} × ${escapeCell(recommendation.shape.name)}**, each ${escapeCell(inside(recommendation))}, bound by ${recommendation.boundBy}. ${escapeCell(recommendation.why)}`,
    );
  else parts.push('**No shape carries this rate within the objective.**');
  if (given)
    parts.push(
      `As given: ${given.replicas} × ${escapeCell(given.shape.name)}, each ${escapeCell(inside(given))}.`,
    );
  if (shapes.length > 0) {
    const fields = shownFields(shapes, shownTime(result));
    parts.push(
      `### Shapes\n\n${markdownTable(
        fields.map(({ column }) => column),
        shapes.map((fleet) => fields.map(({ cell }) => cell(fleet))),
      )}`,
    );
  }
  if (warnings.length > 0)
    parts.push(
      `### Warnings\n\n${warnings.map((w) => `- ${escapeCell(w.message)} (\`${w.code}\`)`).join('\n')}`,
    );
  if (assumptions.length > 0)
    parts.push(
      `### Assumptions\n\n${assumptions.map((a) => `- ${escapeCell(`${a.input} = ${a.value}: ${a.why}`)} (\`${a.flag}\`)`).join('\n')}`,
    );
  return parts.join('\n\n');
}
