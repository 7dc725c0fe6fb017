import { fileURLToPath } from 'node:url';

/** Mutation testing of one part of src against its own tests; see tools/mutation/mutation.mjs. */
const sources = process.env.WCALC_MUTATED ?? 'src/**/*.ts';
/** Commands are tested with threads and processes; all else in one process, in milliseconds a mutant instead of a second. */
const isPlain = !/^src\/(commands\/|\*\*)/.test(sources);
const isSampled = process.env.WCALC_MUTANT_SHARE !== undefined;

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));

export default {
  testRunner: isPlain ? 'in-process' : 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', beside('in-process-runner.mjs'), beside('sample.mjs')],
  checkers: isSampled ? ['sample'] : [],
  vitest: { configFile: 'tools/mutation/vitest.config.ts', related: false },
  mutate: [sources],
  // TypeScript 7 has no programming interface; a file that does not exist keeps Stryker from asking for one.
  tsconfigFile: 'none.json',
  concurrency: isPlain ? 1 : 2,
  coverageAnalysis: 'perTest',
  // The in-process runner tells what took too long by the work it did; a busy machine is no reason to count a mutant as found.
  timeoutMS: isPlain ? 120_000 : 10_000,
  // The tests of a large room, on a busy machine.
  dryRunTimeoutMinutes: 30,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 90, break: 85 },
  tempDirName: '.stryker-tmp',
};
