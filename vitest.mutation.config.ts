import { defineConfig } from 'vitest/config';

/** The tests that `scripts/mutation.mjs` runs against each mutant: those of the mutated folder. */
export default defineConfig({
  test: {
    include: [`test/${process.env.WCALC_MUTATED_FOLDER}/**/*.test.ts`],
    setupFiles: ['test/support/no-shrinking.ts'],
    testTimeout: 60_000,
    // A mutant is dead once one test fails.
    bail: 1,
  },
});
