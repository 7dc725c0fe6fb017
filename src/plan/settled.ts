import { byDemandOnApplication } from './kinds.js';
import { type Evaluated, type Planning, startPlanning } from './search/candidate.js';
import { choiceAsked } from './search/choose.js';
import { givenConfiguration } from './search/given.js';
import { memoize } from './search/memoize.js';
import { recommend } from './search/recommend.js';

/**
 * What `plan` answers with: the given configuration, else the recommended one, without all that stands beside it and without
 * reasons. null where not even one worker fits.
 */
export function settled(asked: Planning): Evaluated | null {
  const { profile } = asked;
  const planning = startPlanning(profile, memoize(asked.predict));
  const { workers, threads, workerClass } = profile.fixed;
  const isFixed = workers !== null || threads !== null;
  if (isFixed && (workers === null || threads !== null || workerClass !== null))
    return givenConfiguration(planning);
  const best = recommended(planning);
  return isFixed ? givenConfiguration(planning, best?.candidate) : best;
}

function recommended(planning: Planning): Evaluated | null {
  const { profile } = planning;
  const choices = byDemandOnApplication(profile)
    .flat()
    .flatMap((kind) => choiceAsked(planning, kind) ?? []);
  return recommend(choices, profile.ioKnown)?.best ?? null;
}
