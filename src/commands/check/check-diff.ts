import { type DiffResult, diffFindings, diffServers } from '../../check/diff.js';
import { inspect } from '../../check/inspect.js';
import { ruleLevels } from '../../check/severities.js';
import { passes } from '../../check/verdict.js';
import { UsageError } from '../../host/errors.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import { VERSION } from '../../host/version.js';
import type { Invocation } from '../../input/command.js';
import { type Formats, prepareDelivery } from '../../output/deliver.js';
import { json } from '../../text/json.js';
import { notice } from '../../text/notice.js';

const text = async () => (await import('./formats/diff-text.js')).diffText;

const DIFF_FORMATS: Formats<DiffResult> = {
  text,
  table: text,
  json: async () => (result) => json(result),
  yaml: async () => (await import('../../output/yaml.js')).yaml,
  markdown: async () => (await import('./formats/diff-markdown.js')).diffMarkdown,
};

/** `wcalc check --diff BASE [NEW]`. */
export async function runDiff(invocation: Invocation, host: Host): Promise<ExitCode> {
  const { values, positionals } = invocation;
  const delivery = prepareDelivery(DIFF_FORMATS, values, host, 'text');
  const [before, after = '.', ...more] = positionals;
  if (before === undefined || more.length > 0)
    throw new UsageError(
      '--diff: takes the version to compare with, and the new one where it is not this directory',
    );
  const levels = ruleLevels(values, invocation.sections?.rules);
  // Where nothing was before, everything is new.
  const isFolder = host.files.status(before)?.kind === 'directory';
  const old = await inspect([before], invocation, host, levels, isFolder);
  const now = await inspect([after], invocation, host, levels);
  const failures = [...old.failures, ...now.failures];
  const isSingle = old.servers.length === 1 && now.servers.length === 1;
  const findings = diffFindings(old.findings, now.findings, isSingle);
  const failOn = values.failOn ?? 'error';
  const result: DiffResult = {
    schemaVersion: 1,
    tool: { name: 'wcalc', version: VERSION },
    before,
    after,
    servers: diffServers(old.servers, now.servers),
    ...findings,
    failures,
    failOn,
    passed: failures.length === 0 && passes(findings.added, failOn),
  };
  for (const failure of failures) host.stderr.write(notice(failure));
  await delivery.write(result);
  if (failures.length > 0) return EXIT.source;
  return result.passed ? EXIT.done : EXIT.violation;
}
