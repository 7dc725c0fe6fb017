import type { Severity } from '../servers/rule.js';
import { counted } from '../text/sentences.js';
import type { CheckedServer, CheckResult, Finding, Judged } from './result.js';
import { isAtLeast } from './severity.js';

export function summaryOf(
  findings: readonly Finding[],
  accepted: readonly Finding[],
  servers: readonly CheckedServer[],
): CheckResult['summary'] {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const judged = (how: Judged) => servers.filter((server) => server.judged === how).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    notes: count('note'),
    accepted: accepted.length,
    serversJudged: judged('fully'),
    serversJudgedInPart: judged('partly'),
    serversNotJudged: judged('not'),
  };
}

/** Whether nothing is as bad as `failOn` or worse. */
export const passes = (findings: readonly Finding[], failOn: Severity): boolean =>
  !findings.some(({ severity }) => isAtLeast(severity, failOn));

/**
 * Why nothing at all could be judged, as one sentence; null where something was, where a file could not be read (which
 * is said of itself), or where the user accepts servers that cannot be read and there are some.
 */
export function nothingJudged(
  {
    servers,
    findings,
    failures,
    notes,
    files,
  }: Pick<CheckResult, 'servers' | 'findings' | 'failures' | 'notes' | 'files'>,
  allowUnknown: boolean,
): string | null {
  // A finding of another kind is a judgement too.
  if (findings.some(({ rule }) => rule !== 'not-judged')) return null;
  if (failures.length > 0 || servers.some(({ judged }) => judged !== 'not')) return null;
  if (allowUnknown && servers.length > 0) return null;
  const unread = servers.flatMap(({ unknown }) => unknown.slice(0, 1));
  const [first] = unread.length > 0 ? unread : notes;
  const more = (unread.length > 0 ? unread : notes).length - 1;
  const looked = files.length === 0 ? 'no file was read' : `looked at ${shortList(files)}`;
  if (!first) return `nothing was judged: no server was found (${looked})`;
  const others = more > 0 ? ` (and ${counted(more, 'other')})` : '';
  return `nothing was judged: ${first.file}:${first.line}: ${first.message}${others}`;
}

const MOST_NAMED = 4;

const shortList = (files: readonly string[]): string =>
  files.length > MOST_NAMED
    ? `${files.slice(0, MOST_NAMED).join(', ')} and ${files.length - MOST_NAMED} more`
    : files.join(', ');
