import type { DiffResult } from '../../../check/diff.js';
import { escapeCell, markdownTable } from '../../../output/markdown.js';
import { CHANGE_WORDS, DIFF_COLUMNS, diffRows } from './diff-rows.js';
import { findingsTable, MARKER } from './markdown.js';

/** Before and after, for a pull request. */
export function diffMarkdown(result: DiffResult): string {
  const parts = [MARKER, `### wcalc check: ${result.passed ? 'passed' : 'failed'}`];
  for (const server of result.servers) {
    parts.push(`**${escapeCell(server.name)}**: ${CHANGE_WORDS[server.change]}`);
    if (server.change !== 'same') parts.push(markdownTable(DIFF_COLUMNS, diffRows(server)));
  }
  if (result.added.length > 0) parts.push('**New findings**', findingsTable(result.added));
  if (result.ended.length > 0) parts.push('**Findings that are gone**', findingsTable(result.ended));
  parts.push(
    `${result.added.length} new, ${result.ended.length} gone, ${result.remaining.length} as before.`,
  );
  return parts.join('\n\n');
}
