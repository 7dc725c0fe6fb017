import { escapeCell, markdownTable } from '../../../output/markdown.js';
import type { SweepResult } from '../types.js';
import { answerText } from './answer.js';
import { inputValue } from './input.js';
import { resultCell } from './table.js';

/** A sweep as a Markdown table, one row a point, and what was solved for. */
export function sweepMarkdown(sweep: SweepResult): string {
  const parts = sweep.found.map((found) => `**${escapeCell(answerText(found))}**`);
  if (sweep.points.length > 0) {
    parts.push(
      markdownTable(
        [...sweep.axes.map((axis) => axis.input), ...sweep.results].map((title) => ({
          title,
          align: 'right' as const,
        })),
        sweep.points.map((point) => [
          ...point.at.map((value, n) => inputValue(sweep.axes[n]!.input, value)),
          ...sweep.results.map((name) => resultCell(name, point.results[name], point.stable)),
        ]),
      ),
    );
  }
  return parts.join('\n\n');
}
