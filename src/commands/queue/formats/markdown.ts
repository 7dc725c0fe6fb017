import { escapeCell, markdownTable } from '../../../output/markdown.js';
import { sectionsOf } from './sections.js';

/** One queue or network as Markdown. */
export function queueMarkdown(answer: Parameters<typeof sectionsOf>[0]): string {
  const { title, stable, tables, source } = sectionsOf(answer);
  return [
    `## ${escapeCell(title)}${stable ? '' : ': unstable'}`,
    ...tables.map(({ columns, rows }) => markdownTable(columns, rows)),
    escapeCell(source),
  ].join('\n\n');
}
