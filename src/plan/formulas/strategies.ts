import type { Profile } from '../../profile/types.js';
import type { UserStrategy } from '../strategies.js';
import { workersByFormula } from './evaluate.js';
import { variablesOf } from './variables.js';

/** The user's formulas, evaluated for a profile, as strategies beside wcalc's own. */
export function userStrategies(profile: Profile): readonly UserStrategy[] {
  const variables = variablesOf(profile);
  return profile.formulas.map((formula) => ({ ...formula, workers: workersByFormula(formula, variables) }));
}
