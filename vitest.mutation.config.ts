import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { defineConfig } from 'vitest/config';

/** The folder of the tests of a folder of src: the one of the same name, or the nearest above it that has tests. */
function testFolder(folder: string): string {
  return existsSync(`test/${folder}`) ? folder : testFolder(dirname(folder));
}

/** The tests that `scripts/mutation.mjs` runs against each mutant: those of the mutated folder. */
export default defineConfig({
  test: {
    include: [`test/${testFolder(process.env.WCALC_MUTATED_FOLDER ?? '.')}/**/*.test.ts`],
    setupFiles: ['test/support/no-shrinking.ts'],
    testTimeout: 60_000,
    // A mutant is dead once one test fails.
    bail: 1,
  },
});
