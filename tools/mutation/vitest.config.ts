import { defineConfig } from 'vitest/config';

/** The tests that `tools/mutation/mutation.mjs` runs against each mutant. */
export default defineConfig({
  test: {
    include: (process.env.WCALC_MUTATED_TESTS ?? 'test/**/*.test.ts').split(','),
    setupFiles: ['test/support/brief-properties.ts'],
    testTimeout: 60_000,
    // A mutant is dead once one test fails.
    bail: 1,
  },
});
