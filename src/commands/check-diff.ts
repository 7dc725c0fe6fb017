import { type DiffResult, diffFindings, diffServers } from '../check/diff.js';
import { inspect } from '../check/inspect.js';
import { ruleLevels } from '../check/levels.js';
import { passes } from '../check/verdict.js';
import { UsageError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit.js';
import type { Host } from '../host.js';
import { DIFF_FORMATS } from '../render/check/diff-formats.js';
import { prepareDelivery } from '../render/deliver.js';
import { VERSION } from '../version.js';
import type { Invocation } from './command.js';

/** `wcalc check --diff OLD NEW`. */
export async function runDiff(invocation: Invocation, host: Host): Promise<ExitCode> {
  const { values, positionals } = invocation;
  const delivery = prepareDelivery(DIFF_FORMATS, values, host, 'text');
  const [before, after, ...more] = positionals;
  if (before === undefined || after === undefined || more.length > 0)
    throw new UsageError('--diff: takes two files or directories, OLD and NEW');
  const levels = ruleLevels(values.rule ?? [], invocation.sections?.rules);
  const old = await inspect([before], invocation, host, levels);
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
  for (const failure of failures) host.stderr.write(`wcalc: ${failure}\n`);
  await delivery.write(result);
  if (failures.length > 0) return EXIT.source;
  return result.passed ? EXIT.done : EXIT.violation;
}
