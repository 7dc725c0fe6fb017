/** Mutation testing of one folder of src against its own tests; see scripts/mutation.mjs. */
const folder = process.env.WCALC_MUTATED_FOLDER;

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  mutate: [`src/${folder}/**/*.ts`],
  // TypeScript 7 has no programming interface; a file that does not exist keeps Stryker from asking for one.
  tsconfigFile: 'none.json',
  concurrency: 2,
  coverageAnalysis: 'perTest',
  timeoutMS: 10_000,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 85 },
  tempDirName: '.stryker-tmp',
};
