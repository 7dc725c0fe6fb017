import type { CheckedServer, CheckResult, Finding } from '../../../check/result.js';
import { codeSpan, escapeCell, markdownTable } from '../../../output/markdown.js';
import { count, mebibytes, milliseconds, perSecond } from '../../../text/numbers.js';
import { counted } from '../../../text/sentences.js';
import { serversText } from './text.js';

/** Lets a bot find the comment that it wrote before. */
export const MARKER = '<!-- wcalc -->';

/** GitHub shows at most 1 MiB of a step summary. */
const MOST_FINDINGS = 200;

/** A summary for a CI step or a pull request. */
export function checkMarkdown(result: CheckResult): string {
  const { summary, servers, findings, failures } = result;
  const parts = [
    MARKER,
    `### wcalc check: ${result.nothingJudged !== null ? 'nothing judged' : result.passed ? 'passed' : 'failed'}`,
  ];
  if (servers.length > 0) parts.push(markdownTable(SERVER_COLUMNS, servers.map(serverRow)));
  if (findings.length > 0) parts.push(findingsTable(findings));
  if (failures.length > 0)
    parts.push(failures.map((failure) => `- not read: ${escapeCell(failure)}`).join('\n'));
  if (result.nothingJudged !== null) parts.push(escapeCell(result.nothingJudged));
  if (result.assumptions.length > 0)
    parts.push(
      result.assumptions
        .map(
          ({ flag, value, why }) => `- assumed ${codeSpan(`${flag} ${String(value)}`)}: ${escapeCell(why)}`,
        )
        .join('\n'),
    );
  const accepted = summary.accepted > 0 ? `, ${summary.accepted} accepted by the baseline` : '';
  parts.push(
    `${serversText(summary)}, ${counted(summary.errors, 'error')}, ${counted(summary.warnings, 'warning')}, ${counted(summary.notes, 'note')}${accepted}; fails on ${result.failOn}.`,
  );
  return parts.join('\n\n');
}

const JUDGED = { fully: 'yes', partly: 'in part', not: 'no' } as const;

const SERVER_COLUMNS = [
  { title: 'server' },
  { title: 'judged' },
  { title: 'class' },
  { title: 'workers', align: 'right' },
  { title: 'threads', align: 'right' },
  { title: 'memory', align: 'right' },
  { title: 'limit', align: 'right' },
  { title: 'capacity', align: 'right' },
  { title: 'p95', align: 'right' },
] as const;

const serverRow = (server: CheckedServer): string[] => [
  server.name,
  JUDGED[server.judged],
  server.workerClass ?? server.server ?? '–',
  count(server.workers),
  count(server.threads),
  mebibytes(server.memoryMiB),
  mebibytes(server.memoryLimitMiB),
  perSecond(server.prediction?.capacityPerSecond ?? null),
  milliseconds(server.prediction?.p95Ms ?? null),
];

const FINDING_COLUMNS = [
  { title: 'severity' },
  { title: 'where' },
  { title: 'finding' },
  { title: 'fix' },
  { title: 'rule' },
];

export function findingsTable(findings: readonly Finding[]): string {
  const shown = findings.slice(0, MOST_FINDINGS);
  const rows = shown.map(({ severity, file, line, message, fix, rule }) => [
    severity,
    `${file}:${line}`,
    message,
    fix,
    rule,
  ]);
  const table = markdownTable(FINDING_COLUMNS, rows);
  const left = findings.length - shown.length;
  return left > 0 ? `${table}\n\n${left} more are not shown.` : table;
}
