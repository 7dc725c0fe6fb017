import type { CheckResult, Finding } from '../../../check/result.js';
import { SEVERITIES } from '../../../check/severity.js';
import type { Severity } from '../../../servers/rule.js';

/** GitHub shows at most so many annotations of each kind for a step. */
const MOST_OF_A_KIND = 10;

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** Workflow commands that GitHub shows as annotations beside the lines. */
export function checkGithub({ findings, failures, nothingJudged }: CheckResult): string {
  const stopped = nothingJudged === null ? failures : [...failures, nothingJudged];
  const lines = stopped.map((failure) => `::error title=wcalc::${escapeData(failure)}`);
  for (const severity of SEVERITIES) {
    const all = findings.filter((finding) => finding.severity === severity);
    const room = MOST_OF_A_KIND - (severity === 'error' ? Math.min(lines.length, MOST_OF_A_KIND - 1) : 0);
    const shown = all.length > room ? all.slice(0, room - 1) : all;
    lines.push(...shown.map(annotation));
    const left = all.length - shown.length;
    if (left > 0)
      lines.push(
        `::${COMMANDS[severity]} title=wcalc::${left} more ${severity}s are not shown, as GitHub shows ${MOST_OF_A_KIND} of a kind`,
      );
  }
  return lines.join('\n');
}

function annotation({ severity, file, line, column, endColumn, rule, message, fix }: Finding): string {
  const properties = {
    file,
    line,
    col: column,
    endColumn,
    title: `wcalc / ${rule}`,
  };
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${COMMANDS[severity]} ${written.join(',')}::${escapeData(`${message}; ${fix}`)}`;
}

/** Escapes of the runner's command parser. */
const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
