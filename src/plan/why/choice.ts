import { bindingResource } from '../search/bound.js';
import type { Evaluated, Planning } from '../search/candidate.js';
import type { Choice } from '../search/choose.js';
import type { Bound } from '../types.js';
import { explainGivenRate } from './given.js';
import { whyWithRate } from './met.js';
import { whyMissed } from './missed.js';
import { otherClass } from './other-class.js';
import { whatGaveWay } from './room.js';
import { whyWithoutRate } from './without-rate.js';

/** What binds, and the sentences that say why and what would have to change to do better. */
export type Explanation = readonly [boundBy: Bound, why: string];

/** Why a class would run what it would; what would have to change is searched further where it is `thorough`. */
export function explainChoice(
  planning: Planning,
  unlimited: Planning,
  choice: Choice,
  thorough = false,
): Explanation {
  if (choice.met === null) return whyWithoutRate(planning, choice);
  return choice.met ? whyWithRate(planning, choice) : whyMissed(planning, unlimited, choice, thorough);
}

/** Why the recommendation is what it is, with what gave way for it and which other class would give more. */
export function explainRecommendation(
  planning: Planning,
  unlimited: Planning,
  choice: Choice,
  choices: readonly Choice[],
): Explanation {
  const [boundBy, why] = explainChoice(planning, unlimited, choice, true);
  return [
    boundBy,
    [why, ...whatGaveWay(planning, unlimited, choice), ...otherClass(planning, choice, choices)].join(' '),
  ];
}

export function explainGiven(planning: Planning, given: Evaluated): Explanation {
  const resource = given.fits === false ? 'memory' : bindingResource(planning, given.candidate);
  return [resource, explainGivenRate(planning, given, resource)];
}
