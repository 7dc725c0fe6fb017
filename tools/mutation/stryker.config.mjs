/** Mutation testing of one part of src against its own tests; see tools/mutation/mutation.mjs. */
const sources = process.env.WCALC_MUTATED ?? 'src/**/*.ts';
/** Mathematics is tested by calling functions: milliseconds a mutant instead of a second. */
const pure = sources.startsWith('src/math/');

export default {
  testRunner: pure ? 'pure' : 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './pure-runner.mjs'],
  vitest: { configFile: 'tools/mutation/vitest.config.ts', related: false },
  mutate: [sources],
  // TypeScript 7 has no programming interface; a file that does not exist keeps Stryker from asking for one.
  tsconfigFile: 'none.json',
  concurrency: pure ? 1 : 2,
  coverageAnalysis: 'perTest',
  timeoutMS: 10_000,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 85 },
  tempDirName: '.stryker-tmp',
};
