import { methodOf } from '../model/method-of.js';
import { METHODS } from '../model/methods.js';
import { SIMULATED_ERRORS } from '../model/simulated-errors.js';
import type { Profile } from '../profile/types.js';
import { serverNamed } from '../servers/index.js';
import { kindNamed } from './kinds.js';
import { facilityFor } from './search/candidate.js';
import type { Configuration, ModelNote } from './types.js';

/** The models behind the predictions of some configurations, each once, with what they assume and how far off they were. */
export function modelsOf(
  profile: Profile,
  configurations: readonly (Configuration | null)[],
): readonly ModelNote[] {
  const notes = new Map<string, ModelNote>();
  for (const configuration of configurations) {
    if (!configuration) continue;
    const kind = kindNamed(configuration);
    const id = methodOf(facilityFor(profile, { ...configuration, kind }));
    const { label, assumptions } = METHODS[id];
    notes.set(`${id} ${kind.label}`, {
      model: label,
      topic: `model-${id}`,
      workerClass: kind.label,
      assumptions,
      errors: {
        simulated: SIMULATED_ERRORS[id],
        measured: serverNamed(kind.server).measuredErrors[kind.name] ?? null,
      },
    });
  }
  return [...notes.values()];
}
