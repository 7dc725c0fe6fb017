// A checker for Stryker that lets a share of the mutants through, drawn by a hash of place, replacement and seed: a sample of
// a large folder that anybody can draw again. The others count as invalid, and so not at all.
import { createHash } from 'node:crypto';
import { relative } from 'node:path';

const [share = '1', seed = '1'] = (process.env.WCALC_MUTANT_SHARE ?? '').split(':');

/** A number in [0, 1) that is always the same for a mutant. */
function lot({ fileName, location: { start, end }, replacement }) {
  const place = [relative(process.cwd(), fileName), start.line, start.column, end.line, end.column];
  const hash = createHash('sha256')
    .update([seed, ...place, replacement].join('\0'))
    .digest();
  return hash.readUInt32BE() / 2 ** 32;
}

const drawn = { status: 'passed' };
const notDrawn = { status: 'compileError', reason: 'not in the sample' };

const createSample = () => ({
  init: async () => {},
  check: async (mutants) =>
    Object.fromEntries(mutants.map((mutant) => [mutant.id, lot(mutant) < Number(share) ? drawn : notDrawn])),
  group: async (mutants) => [mutants.map(({ id }) => id)],
});
createSample.inject = [];
export const strykerPlugins = [{ kind: 'Checker', name: 'sample', factory: createSample }];
