import { bindingResource } from '../search/bound.js';
import type { Evaluated, Planning } from '../search/candidate.js';
import type { Choice } from '../search/choose.js';
import type { Bound } from '../types.js';
import { explainGivenRate } from './given.js';
import { whyWithRate } from './met.js';
import { whyMissed } from './missed.js';
import { whyWithoutRate } from './without-rate.js';

/** What binds, and the sentence that says why and what would have to change to do better. */
export type Explanation = readonly [boundBy: Bound, why: string];

export function explainChoice(
  planning: Planning,
  unlimited: Planning,
  choice: Choice,
  thorough: boolean,
): Explanation {
  if (choice.met === null) return whyWithoutRate(planning, choice);
  return choice.met ? whyWithRate(planning, choice) : whyMissed(planning, unlimited, choice, thorough);
}

export function explainGiven(planning: Planning, given: Evaluated): Explanation {
  const resource = given.fits === false ? 'memory' : bindingResource(planning, given.candidate);
  return [resource, explainGivenRate(planning, given, resource)];
}
