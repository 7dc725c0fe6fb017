import type { Invocation } from '../../input/command.js';
import { predict } from '../../model/predict.js';
import { plan } from '../../plan/plan.js';
import { drawingOf } from '../../plan/search/curve.js';
import type { UserStrategy } from '../../plan/strategies.js';
import type { PlanResult } from '../../plan/types.js';
import { resolveProfile } from '../../profile/resolve.js';
import type { Profile } from '../../profile/types.js';
import { shellWord } from '../../text/quote/shell.js';
import { measureNext } from './measure-next.js';

/** Values of the user's own formulas, which need a library that nothing else does. */
export type EvaluateFormulas = (profile: Profile) => Promise<readonly UserStrategy[]>;

/** What `wcalc plan` answers; `argv` is what was typed, for those who read a drawing. */
export async function answer(
  { values, origins, learnt }: Invocation,
  argv: readonly string[],
  evaluate: EvaluateFormulas,
): Promise<PlanResult> {
  const profile = resolveProfile(values, origins, learnt);
  const formulas = profile.formulas.length === 0 ? [] : await evaluate(profile);
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
        drawing: drawingOf(profile, drawn, predict, ['wcalc', ...argv].map(shellWord).join(' ')),
      }
    : result;
}

/** Charts need the response times at other rates too, which no other format pays for. */
const isDrawn = ({ chart, format, output = [] }: Invocation['values']): boolean =>
  chart === true || [format, ...output].some((name) => name !== undefined && /^(svg|html)/.test(name));
