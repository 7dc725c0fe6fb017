import type { Column } from './table.js';

/** A GitHub-flavoured Markdown table. */
export function markdownTable(
  columns: readonly Pick<Column, 'title' | 'align'>[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`;
  return [
    line(columns.map((c) => c.title)),
    `| ${columns.map((c) => (c.align === 'right' ? '---:' : '---')).join(' | ')} |`,
    ...rows.map(line),
  ].join('\n');
}

/**
 * Text that Markdown shows as it is, also inside a table cell: no markup, entity or HTML, and on GitHub no link to an
 * address, no mention of a user and no reference to an issue.
 */
export function escapeCell(text: string): string {
  return text
    .replace(/[\\|`*_~<>[\]&]/g, '\\$&')
    .replaceAll('\n', ' ')
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, '\\$&')
    .replace(/[@#](?=[\w-])/g, '$&<!-- -->');
}

/** A text in a code span of Markdown, whatever backticks it holds. */
export function codeSpan(text: string): string {
  const most = Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(most + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text.replaceAll('\n', ' ')}${pad}${fence}`;
}
