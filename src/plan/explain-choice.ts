import { bindingResource } from './bound.js';
import type { Evaluated, Planning } from './candidate.js';
import type { Choice } from './choose.js';
import type { Bound } from './types.js';

export function explainGiven(planning: Planning, given: Evaluated): readonly [Bound, string] {
  return [given.fits === false ? 'memory' : bindingResource(planning, given.candidate), 'as given'];
}

export function explainChoice(
  planning: Planning,
  _unlimited: Planning,
  choice: Choice,
  _thorough: boolean,
): readonly [Bound, string] {
  if (choice.limitedBy) return [choice.limitedBy, 'memory holds no more'];
  if (choice.met === null) return [planning.profile.ioKnown ? 'cpu' : 'heuristic', 'rule'];
  return [bindingResource(planning, choice.best.candidate), 'least that meets the objective'];
}
