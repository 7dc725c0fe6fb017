import type { CheckedServer, CheckResult, Finding } from '../../../check/result.js';
import { isAtLeast } from '../../../check/severity.js';

/**
 * JUnit XML as the Jenkins xUnit plugin's junit-10.xsd describes it: a suite for each server, a failed case for each
 * finding that fails the check, a passed one that carries the rest.
 */
export function checkJunit(result: CheckResult): string {
  const suites = result.servers.map((server) => {
    const findings = result.findings.filter((finding) => finding.server === server.name);
    return suiteOf(server, findings, result);
  });
  const { failures, nothingJudged } = result;
  const stopped = nothingJudged === null ? failures : [...failures, nothingJudged];
  if (stopped.length > 0) suites.push(unreadable(stopped));
  const total = (key: 'tests' | 'failures' | 'errors') => suites.reduce((sum, suite) => sum + suite[key], 0);
  const counts = `tests="${total('tests')}" failures="${total('failures')}" errors="${total('errors')}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="wcalc check" ${counts}>`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  readonly xml: string;
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
}

function suiteOf(server: CheckedServer, findings: readonly Finding[], { failOn }: CheckResult): Suite {
  const { name, judged, unknown } = server;
  const failing = findings.filter(({ severity }) => isAtLeast(severity, failOn));
  const rest = findings.filter(({ severity }) => !isAtLeast(severity, failOn));
  const cases = failing.map((finding) => failedCase(name, finding));
  const passed = `<testcase name="settings" classname="${escaped(name)}"`;
  if (judged === 'not' && failing.length === 0) {
    const why = escaped(unknown.map(({ message }) => message).join('\n'));
    cases.push(`    ${passed}>\n      <skipped>not judged: ${why}</skipped>\n    </testcase>`);
  } else if (rest.length > 0)
    cases.push(
      `    ${passed}>\n      <system-out>${escaped(rest.map(described).join('\n'))}</system-out>\n    </testcase>`,
    );
  else if (failing.length === 0) cases.push(`    ${passed}/>`);
  return suite(name, server.files[0] ?? '', cases, failing.length, 0);
}

function unreadable(failures: readonly string[]): Suite {
  const cases = failures.map(
    (failure, i) =>
      `    <testcase name="file ${i + 1}" classname="files">\n      <error message="${escaped(failure)}" type="unreadable"/>\n    </testcase>`,
  );
  return suite('files', '', cases, 0, failures.length);
}

function suite(
  name: string,
  file: string,
  cases: readonly string[],
  failures: number,
  errors: number,
): Suite {
  const counts = `tests="${cases.length}" failures="${failures}" errors="${errors}"`;
  const at = file === '' ? '' : ` file="${escaped(file)}"`;
  const xml = [`  <testsuite name="${escaped(name)}" ${counts}${at}>`, ...cases, '  </testsuite>'].join('\n');
  return { xml, tests: cases.length, failures, errors };
}

function failedCase(server: string, finding: Finding): string {
  const { rule, message, severity } = finding;
  return [
    `    <testcase name="${escaped(rule)}" classname="${escaped(server)}">`,
    `      <failure message="${escaped(message)}" type="${severity}">${escaped(described(finding))}</failure>`,
    '    </testcase>',
  ].join('\n');
}

const described = ({ file, line, column, severity, message, fix, rule }: Finding): string =>
  `${file}:${line}:${column}: ${severity}: ${message} [${rule}]; fix: ${fix}`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for XML 1.0, without the characters that it cannot hold. */
const escaped = (text: string): string =>
  text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\ufffd',
    )
    .replace(/[&<>"]/g, (mark) => ENTITIES[mark]!);
