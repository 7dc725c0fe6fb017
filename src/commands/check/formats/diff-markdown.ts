import type { ChangedQuantity, DiffResult, ServerDiff } from '../../../check/diff.js';
import { escapeCell, markdownTable } from '../../../output/markdown.js';
import { CHANGE_WORDS, changeOf, DIFF_COLUMNS, diffRows, LABELS } from './diff-rows.js';
import { findingsTable, MARKER } from './markdown.js';

/** Before and after, for a pull request: what matters of every server at a glance, all of it where one looks. */
export function diffMarkdown(result: DiffResult): string {
  const parts = [MARKER, `### wcalc check: ${result.passed ? 'passed' : 'failed'}`];
  if (result.servers.length > 0) parts.push(glance(result.servers));
  if (result.added.length > 0) parts.push('**New findings**', findingsTable(result.added));
  if (result.ended.length > 0) parts.push('**Findings that are gone**', findingsTable(result.ended));
  parts.push(
    `${result.added.length} new, ${result.ended.length} gone, ${result.remaining.length} as before.`,
  );
  for (const server of result.servers) if (server.change !== 'same') parts.push(details(server));
  return parts.join('\n\n');
}

/** What a reviewer asks of a change. */
const AT_A_GLANCE = [
  'workers',
  'capacityPerSecond',
  'p95Ms',
  'memoryMiB',
  'dbConnections',
  'pricePerMonth',
] as const satisfies readonly ChangedQuantity[];

function glance(servers: readonly ServerDiff[]): string {
  const shown = AT_A_GLANCE.filter((name) =>
    servers.some(({ quantities }) => quantities.some(({ quantity }) => quantity === name)),
  );
  const columns = [
    { title: 'server' },
    { title: 'change' },
    ...shown.map((name) => ({ title: LABELS[name], align: 'right' as const })),
  ];
  const rows = servers.map(({ name, change, quantities }) => [
    name,
    CHANGE_WORDS[change],
    ...shown.map((wanted) => changeOf(quantities.find(({ quantity }) => quantity === wanted))),
  ]);
  return markdownTable(columns, rows);
}

const details = (server: ServerDiff): string =>
  [
    '<details>\n<summary>',
    // In a paragraph of its own the name is Markdown, which is escaped, and not HTML.
    `**${escapeCell(server.name)}**`,
    '</summary>',
    markdownTable(DIFF_COLUMNS, diffRows(server)),
    '</details>',
  ].join('\n\n');
