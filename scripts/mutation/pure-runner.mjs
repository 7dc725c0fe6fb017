// A test runner for Stryker that calls the tests of pure functions in its own process, each mutant switched on by a global:
// milliseconds a mutant instead of the second that a fresh vitest takes. For tests that await nothing and leave nothing
// behind, which those of the mathematics are.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { build } from 'esbuild';

/** A mutant that is met so many times as often as in the plain run is in an endless loop. */
const MOST_TIMES_MET = 30;
/** So is one that takes so many times as long. */
const MOST_TIMES_AS_LONG = 5;
const LEAST_LIMIT_MS = 1000;

const outfile = (name) => resolve(`.pure-tests-${process.env.STRYKER_MUTATOR_WORKER ?? 0}-${name}.mjs`);
const callTest = new Script('globalThis.runPureTest()');
const now = () => Number(process.hrtime.bigint()) / 1e6;

class PureRunner {
  /** What Stryker's mutated code looks at. */
  #stryker = {};
  #tests = [];
  #plainMs = new Map();
  #met = {};
  #imports = 0;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    globalThis.__stryker__ = this.#stryker;
    await bundle('counting', true);
    await bundle('plain', false);
    try {
      const plain = JSON.parse(readFileSync('.pure-tests-plain-run.json', 'utf8'));
      this.#plainMs = new Map(plain.milliseconds);
      this.#met = plain.met;
    } catch {
      // before the first run
    }
  }

  async dryRun() {
    this.#stryker.mutantCoverage = undefined;
    const tests = await this.#load('counting');
    const results = tests.map((test) => {
      this.#stryker.currentTestId = test.id;
      const start = now();
      const message = failureOf(test, 600_000);
      const timeSpentMs = now() - start;
      this.#plainMs.set(test.id, timeSpentMs);
      const { id, name } = test;
      return message === null
        ? { id, name, timeSpentMs, status: 0 }
        : { id, name, timeSpentMs, status: 1, failureMessage: message };
    });
    this.#stryker.currentTestId = undefined;
    const coverage = this.#stryker.mutantCoverage ?? { static: {}, perTest: {} };
    this.#met = coverage.perTest;
    writeFileSync(
      '.pure-tests-plain-run.json',
      JSON.stringify({ milliseconds: [...this.#plainMs], met: this.#met }),
    );
    this.#tests = [];
    return { status: 'complete', tests: results, mutantCoverage: coverage };
  }

  async mutantRun({ activeMutant, testFilter, mutantActivation }) {
    const wholly = mutantActivation === 'static';
    try {
      this.#stryker.hitCount = undefined;
      if (wholly || this.#tests.length === 0) {
        this.#stryker.activeMutant = wholly ? activeMutant.id : undefined;
        try {
          this.#tests = await this.#load('plain');
        } catch (error) {
          return killed('loading the tests', String(error), 0);
        }
      }
      this.#stryker.activeMutant = activeMutant.id;
      return this.#runAll(activeMutant.id, testFilter);
    } finally {
      this.#stryker.activeMutant = undefined;
      if (wholly) this.#tests = [];
    }
  }

  #runAll(mutant, filter) {
    const wanted = filter && new Set(filter);
    const chosen = this.#tests
      .filter(({ id }) => !wanted || wanted.has(id))
      .sort((a, b) => this.#plainMs.get(a.id) - this.#plainMs.get(b.id));
    for (const [n, test] of chosen.entries()) {
      this.#stryker.hitCount = 0;
      this.#stryker.hitLimit = 1000 + MOST_TIMES_MET * (this.#met[test.id]?.[mutant] ?? 1e6);
      const limit = LEAST_LIMIT_MS + MOST_TIMES_AS_LONG * (this.#plainMs.get(test.id) ?? 0);
      const message = failureOf(test, limit);
      if (this.#stryker.hitCount > this.#stryker.hitLimit || message === TOO_LONG)
        return { status: 'timeout', reason: test.name };
      if (message !== null) return killed(test.id, message, n + 1);
    }
    return { status: 'survived', nrOfTests: chosen.length };
  }

  /** The tests, from the bundle loaded anew. */
  async #load(name) {
    this.#imports += 1;
    const { takeTests } = await import(`${pathToFileURL(outfile(name))}?${this.#imports}`);
    return takeTests();
  }

  async dispose() {}
}

const killed = (test, failureMessage, nrOfTests) => ({
  status: 'killed',
  killedBy: [test],
  failureMessage,
  nrOfTests,
});

const TOO_LONG = 'took too long';

/** Runs a test; null where it passes. */
function failureOf(test, limitMs) {
  let awaited = false;
  globalThis.runPureTest = () => {
    awaited = test.run() instanceof Promise;
  };
  try {
    callTest.runInThisContext({ timeout: Math.ceil(limitMs) });
  } catch (error) {
    return error?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? TOO_LONG : String(error?.message ?? error);
  }
  if (awaited) throw new Error(`not a test of pure functions: ${test.name}`);
  return null;
}

/** All tests in one file, with or without the counting of what they cover. */
async function bundle(name, counting) {
  const [folder, below] = process.env.WCALC_MUTATED_TESTS.split(/\/\*(?=[*.])/);
  const files = readdirSync(folder, { recursive: below.startsWith('*') })
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
  const imports = ['test/support/brief-properties.ts', ...files.map((file) => `${folder}/${file}`)];
  const shim = resolve('scripts/mutation/pure-tests.mjs');
  await build({
    stdin: {
      contents: [
        ...imports.map((file) => `import './${file}';`),
        `export { takeTests } from './scripts/mutation/pure-tests.mjs';`,
      ].join('\n'),
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: outfile(name),
    alias: { vitest: shim },
    logLevel: 'error',
    plugins: [
      {
        name: 'sources',
        setup({ onLoad }) {
          onLoad({ filter: /\/(src|test)\/.*\.ts$/ }, ({ path }) => {
            const text = readFileSync(path, 'utf8').replaceAll(
              'import.meta.url',
              JSON.stringify(pathToFileURL(path).href),
            );
            return { loader: 'ts', contents: counting ? text : withoutCounting(text) };
          });
        },
      },
    ],
  });
}

/** Stryker's coverage counter, which costs much in inner loops, emptied. */
const withoutCounting = (text) =>
  text.replace(/function cover\(\) \{[\s\S]*?\n {2}\}\n/, 'function cover() {}\n');

const createPureRunner = () => new PureRunner();
createPureRunner.inject = [];
export const strykerPlugins = [{ kind: 'TestRunner', name: 'pure', factory: createPureRunner }];
