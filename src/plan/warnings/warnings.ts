import { connectionsOf, type Evaluated, type Planning } from '../search/candidate.js';
import type { Choice } from '../search/choose.js';
import type { PlanWarning } from '../types.js';
import { CONFIGURATION_RULES } from './configuration.js';
import { PLAN_RULES } from './plan.js';

/** Everything that whoever runs the recommended or given configuration should know, each once. */
export function warningsOf(
  planning: Planning,
  best: Choice | null,
  given: Evaluated | null,
): readonly PlanWarning[] {
  const found: PlanWarning[] = PLAN_RULES.flatMap((rule) => rule(planning, best, given) ?? []);
  const subjects = [
    ...(best ? [{ evaluated: best.best, name: 'the recommended' }] : []),
    ...(given ? [{ evaluated: given, name: 'the given' }] : []),
  ];
  for (const { evaluated, name } of subjects) {
    const subject = {
      ...evaluated,
      name: `${name} ${evaluated.candidate.kind.label}`,
      given: evaluated === given,
      connections: connectionsOf(evaluated.candidate),
    };
    for (const rule of CONFIGURATION_RULES) {
      const warning = rule(planning, subject);
      if (warning && !found.some((other) => other.code === warning.code)) found.push(warning);
    }
  }
  return found;
}
