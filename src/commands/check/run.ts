import { baselineText, parseBaseline, splitByBaseline } from '../../check/baseline.js';
import { inspect } from '../../check/inspect.js';
import type { CheckResult } from '../../check/result.js';
import { ruleLevels } from '../../check/severities.js';
import { nothingJudged, passes, summaryOf } from '../../check/verdict.js';
import { UsageError } from '../../host/errors.js';
import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import { VERSION } from '../../host/version.js';
import type { Invocation } from '../../input/command.js';
import { prepareDelivery } from '../../output/deliver.js';
import { notice } from '../../text/notice.js';
import { counted } from '../../text/sentences.js';
import { CHECK_FORMATS } from './formats/formats.js';

/** `wcalc check`. */
export async function run(invocation: Invocation, host: Host): Promise<ExitCode> {
  const { values } = invocation;
  if (values.listRules) return (await import('./check-rules.js')).listRules(invocation, host);
  if (values.to !== undefined) return (await import('./check-to.js')).runTo(invocation, host);
  if (values.diff) return (await import('./check-diff.js')).runDiff(invocation, host);
  const delivery = prepareDelivery(CHECK_FORMATS, values, host, 'text');
  const levels = ruleLevels(values, invocation.sections?.rules);
  const { baseline } = values;
  if (values.updateBaseline && baseline === undefined)
    throw new UsageError('--update-baseline: needs --baseline FILE, the file to write');
  const inspected = await inspect(invocation.positionals, invocation, host, levels);
  if (values.updateBaseline && baseline !== undefined) {
    host.files.writeText(baseline, baselineText(inspected.findings));
    host.stderr.write(notice(`${baseline} accepts ${counted(inspected.findings.length, 'finding')}`));
  }
  const known = baseline === undefined ? new Map() : parseBaseline(host.files.readText(baseline), baseline);
  const { fresh, accepted } = splitByBaseline(inspected.findings, known);
  const failOn = values.failOn ?? 'error';
  const nothing = nothingJudged(inspected, values.allowUnknown ?? false);
  const result: CheckResult = {
    schemaVersion: 1,
    tool: { name: 'wcalc', version: VERSION },
    ...inspected,
    findings: fresh,
    accepted,
    summary: summaryOf(fresh, accepted, inspected.servers),
    nothingJudged: nothing,
    failOn,
    passed: inspected.failures.length === 0 && nothing === null && passes(fresh, failOn),
  };
  for (const failure of result.failures) host.stderr.write(notice(failure));
  if (nothing !== null) host.stderr.write(notice(nothing));
  await delivery.write(result);
  if (result.failures.length > 0 || nothing !== null) return EXIT.source;
  return result.passed ? EXIT.done : EXIT.violation;
}
