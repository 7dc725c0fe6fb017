import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import { runBatch } from '../../input/batch/batch.js';
import type { Invocation } from '../../input/command.js';
import { prepareDelivery } from '../../output/deliver.js';
import type { PlanResult } from '../../plan/types.js';
import { notice } from '../../text/notice.js';
import { answer, type EvaluateFormulas } from './answer.js';
import { isSettings, PLAN_FORMATS } from './formats/formats.js';
import { impossible } from './formats/impossible.js';
import { settled } from './formats/settled.js';

/** Formats whose text holds the warnings itself; beside the others they go to stderr. */
const CARRIES_WARNINGS: ReadonlySet<string> = new Set(['json', 'yaml', 'markdown']);

/** `wcalc plan`. */
export async function run(invocation: Invocation, host: Host): Promise<ExitCode> {
  if (invocation.values.batch !== undefined)
    return runBatch(
      invocation,
      host,
      (question) => answer(question, host.argv, evaluateFormulas),
      async (base) => (await import('./batch-threads.js')).startBatchThreads(base, host),
    );
  const delivery = prepareDelivery(PLAN_FORMATS, invocation.values, host);
  const result = await answer(invocation, host.argv, evaluateFormulas);
  const isSilent = invocation.values.quiet || CARRIES_WARNINGS.has(delivery.format);
  const warnings = isSilent ? [] : result.warnings;
  await delivery.write(result, {
    notices: [
      ...(isSettings(delivery.format) && settled(result) === null ? [notice(nothingFits(result))] : []),
      ...warnings.map(({ code, message }) => notice(`warning: ${message} (${code})`)),
    ],
    lastSection: async () => (await import('./formats/table.js')).assumedSection,
  });
  return exitCode(result);
}

const evaluateFormulas: EvaluateFormulas = async (profile) =>
  (await import('../../plan/formulas/strategies.js')).userStrategies(profile);

function nothingFits(result: PlanResult): string {
  const reason = impossible(result);
  return `no configuration fits${reason === null ? '' : `, because ${reason}`}; there are no settings to print`;
}

/** A plan fails where nothing fits, or what it is about misses its objective or is overloaded. */
function exitCode(result: PlanResult): ExitCode {
  const asked = settled(result);
  const failed = !asked || asked.meetsObjective === false || asked.prediction.stable === false;
  return failed ? EXIT.violation : EXIT.done;
}
