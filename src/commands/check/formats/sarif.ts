import type { Log, Notification, ReportingDescriptor, Result } from 'sarif';
import { RULE_IDS, ruleOf } from '../../../check/registry.js';
import type { CheckResult, Finding } from '../../../check/result.js';
import { json } from '../../../text/json.js';

/** SARIF 2.1.0 (OASIS, 2020), for code scanning. */
export function checkSarif(result: CheckResult): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: result.tool.name,
            semanticVersion: result.tool.version,
            rules: RULE_IDS.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: result.failures.length === 0 && result.nothingJudged === null,
            toolExecutionNotifications: notificationsOf(result),
          },
        ],
        results: [
          ...result.findings.map((finding) => resultOf(finding)),
          ...result.accepted.map(
            (finding): Result => ({
              ...resultOf(finding),
              suppressions: [{ kind: 'external', justification: 'accepted by the baseline' }],
            }),
          ),
        ],
      },
    ],
  };
  return json(log);
}

/** What was not read, whatever the findings of it are. */
function notificationsOf({ failures, nothingJudged, servers }: CheckResult): Notification[] {
  const open = servers
    .filter(({ judged }) => judged !== 'fully')
    .flatMap(({ name, judged, unknown }) =>
      unknown.map(
        ({ message }) => `${name} is ${judged === 'not' ? 'not judged' : 'judged in part'}: ${message}`,
      ),
    );
  return [
    ...[...failures, ...(nothingJudged === null ? [] : [nothingJudged])].map(
      (text): Notification => ({ level: 'error', message: { text } }),
    ),
    ...open.map((text): Notification => ({ level: 'warning', message: { text } })),
  ];
}

function descriptor(id: (typeof RULE_IDS)[number]): ReportingDescriptor {
  const { title, summary, why, fix, severity, source } = ruleOf(id);
  return {
    id,
    name: id.replace(/(^|-)(.)/g, (_whole, _dash, letter: string) => letter.toUpperCase()),
    shortDescription: { text: sentence(title) },
    fullDescription: { text: sentence(summary) },
    help: { text: `${why} ${fix}`, markdown: `${why}\n\n**Fix.** ${fix}\n\n*Source: ${source}*` },
    defaultConfiguration: { level: severity },
  };
}

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

function resultOf(finding: Finding): Result {
  const { rule, severity, message, fix, file, line, column, endColumn, fingerprint, server } = finding;
  return {
    ruleId: rule,
    ruleIndex: RULE_IDS.indexOf(rule),
    level: severity,
    message: { text: `${message}. Fix: ${fix}.` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: line, startColumn: column, endColumn },
        },
        logicalLocations: [{ name: server }],
      },
    ],
    partialFingerprints: { 'wcalcFinding/v1': fingerprint },
  };
}

/** A path as a relative URI reference (RFC 3986). */
function uriOf(file: string): string {
  const path = file.split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${path}` : path;
}
