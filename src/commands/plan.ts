import { EXIT, type ExitCode } from '../exit.js';
import type { Host } from '../host.js';
import { predict } from '../model/predict.js';
import { runBatch } from '../parse/batch.js';
import { plan } from '../plan/plan.js';
import type { PlanResult } from '../plan/types.js';
import { resolveProfile } from '../profile/resolve.js';
import { prepareDelivery } from '../render/deliver.js';
import { PLAN_FORMATS } from '../render/plan/formats.js';
import type { Invocation } from './command.js';

/** `wcalc plan`. */
export async function run(invocation: Invocation, host: Host): Promise<ExitCode> {
  if (invocation.values.batch !== undefined)
    return runBatch(invocation, host, (question) => answer(question));
  const delivery = prepareDelivery(PLAN_FORMATS, invocation.values, host);
  const result = await answer(invocation);
  await delivery.write(result);
  return exitCode(result);
}

async function answer({ values, origins }: Invocation): Promise<PlanResult> {
  const profile = resolveProfile(values, origins);
  return plan(profile, predict);
}

/** Nothing that fits, misses its objective or is overloaded passes for a plan. */
function exitCode({ recommendation, given }: PlanResult): ExitCode {
  if (recommendation === null) return given === null ? EXIT.violation : EXIT.done;
  const failed = recommendation.meetsObjective === false || recommendation.prediction.stable === false;
  return failed ? EXIT.violation : EXIT.done;
}
