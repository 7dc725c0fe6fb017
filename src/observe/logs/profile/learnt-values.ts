import { SourceError } from '../../../host/errors.js';
import type { LearntValues } from '../../../input/learnt.js';
import type { OptionName } from '../../../input/options.js';
import { readLaws } from '../../laws-section.js';
import { asTyped } from '../../values.js';
import { PROFILE_KIND } from './fit-profile.js';
import { parseProfile } from './read-profile.js';

/** Options that logs tell; a profile of somebody else's sets no other. */
const TOLD: readonly OptionName[] = [
  'rate',
  'serviceTime',
  'cv',
  'ioRatio',
  'cpuTime',
  'ioTime',
  'cpuCv',
  'ioCv',
  'slowest',
  'workerClass',
  'workers',
  'threads',
];

/** Whether a text is a profile as `fit --format profile` writes it, rather than one of options by name. */
export const isFitProfile = (text: string): boolean => text.slice(0, 200).includes(`"${PROFILE_KIND}"`);

/** The values and laws of a profile that can be merged. Throws a SourceError where it is not as `fit` writes it. */
export function learntFrom(file: string, text: string): LearntValues {
  const { values, laws } = parseProfile(file, text);
  const observed = Object.entries(values).map(([name, { value }]) => {
    const known = TOLD.find((one) => one === name);
    if (!known)
      throw new SourceError(
        `${file}: values.${name.slice(0, 40)} is nothing that wcalc fit writes; accepted: ${TOLD.join(', ')}`,
      );
    return { name: known, text: value, where: file };
  });
  return { ...asTyped(observed, 'profile'), laws: readLaws({ data: laws, where: () => file }) };
}
