import { EXIT, type ExitCode } from '../../host/exit.js';
import type { Host } from '../../host/host.js';
import { runBatch } from '../../input/batch.js';
import type { Invocation } from '../../input/command.js';
import { predict } from '../../model/predict.js';
import { prepareDelivery } from '../../output/deliver.js';
import { plan } from '../../plan/plan.js';
import { drawingOf } from '../../plan/search/curve.js';
import type { PlanResult } from '../../plan/types.js';
import { resolveProfile } from '../../profile/resolve.js';
import { notice } from '../../text/notice.js';
import { shellWord } from '../../text/quote/shell.js';
import { isSettings, PLAN_FORMATS } from './formats/formats.js';
import { impossible } from './formats/impossible.js';
import { settled } from './formats/settled.js';
import { measureNext } from './measure-next.js';

/** Formats whose text holds the warnings itself; beside the others they go to stderr. */
const CARRIES_WARNINGS: ReadonlySet<string> = new Set(['json', 'yaml', 'markdown']);

/** `wcalc plan`. */
export async function run(invocation: Invocation, host: Host): Promise<ExitCode> {
  if (invocation.values.batch !== undefined)
    return runBatch(invocation, host, (question) => answer(question, host));
  const delivery = prepareDelivery(PLAN_FORMATS, invocation.values, host);
  const result = await answer(invocation, host);
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

function nothingFits(result: PlanResult): string {
  const reason = impossible(result);
  return `no configuration fits${reason === null ? '' : `, because ${reason}`}; there are no settings to print`;
}

async function answer({ values, origins, learnt }: Invocation, host: Host): Promise<PlanResult> {
  const profile = resolveProfile(values, origins, learnt);
  const formulas =
    profile.formulas.length === 0
      ? []
      : (await import('../../plan/formulas/strategies.js')).userStrategies(profile);
  const planned = plan(profile, predict, { formulas });
  const replan = (other: Invocation['values']): PlanResult =>
    plan(resolveProfile(other, origins, learnt), predict);
  const result =
    values.explain && planned.recommendation
      ? { ...planned, measureNext: measureNext(planned, { values }, replan) }
      : planned;
  const drawn = result.given ?? result.recommendation;
  return drawn && isDrawn(values)
    ? {
        ...result,
        drawing: drawingOf(profile, drawn, predict, ['wcalc', ...host.argv].map(shellWord).join(' ')),
      }
    : result;
}

/** Charts need the response times at other rates too, which no other format pays for. */
const isDrawn = ({ chart, format, output = [] }: Invocation['values']): boolean =>
  chart === true || [format, ...output].some((name) => name !== undefined && /^(svg|html)/.test(name));

/** A plan fails where nothing fits, or what it is about misses its objective or is overloaded. */
function exitCode(result: PlanResult): ExitCode {
  const asked = settled(result);
  const failed = !asked || asked.meetsObjective === false || asked.prediction.stable === false;
  return failed ? EXIT.violation : EXIT.done;
}
