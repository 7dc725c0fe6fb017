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
/** Tests that would begin after so long are left out; a mutant that only they would find counts as survived. */
const LONGEST_MS = 5000;

const outfile = (name) => resolve(`.pure-tests-${process.env.STRYKER_MUTATOR_WORKER ?? 0}-${name}.mjs`);
/** Times and counts of the run without a mutant, kept for a process that is started anew. */
const PLAIN_RUN = '.pure-tests-plain-run.json';
const callTest = new Script('globalThis.runPureTest()');

/** CPU time of this process, which a busy machine does not stretch. */
function cpuMs(since) {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** What the mutated code looks at: the number of the mutant that is switched on, and how often each place was met. */
const state = { mutant: -1, hits: 0, mostHits: Infinity, met: new Float64Array(1 << 16) };
globalThis.pureMutants = {
  state,
  hit() {
    state.hits += 1;
    if (state.hits > state.mostHits) throw new Error('an endless loop');
    return true;
  },
};

/** How often each mutant was met since the last call. */
function takeMet() {
  const met = {};
  state.met.forEach((count, mutant) => {
    if (count > 0) met[mutant] = count;
  });
  state.met.fill(0);
  return met;
}

class PureRunner {
  #tests = [];
  #plainMs = new Map();
  #met = {};
  #imports = 0;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    await bundle('counting', true);
    await bundle('plain', false);
    try {
      const plain = JSON.parse(readFileSync(PLAIN_RUN, 'utf8'));
      this.#plainMs = new Map(plain.milliseconds);
      this.#met = plain.met;
    } catch {
      // before the first run
    }
  }

  async dryRun() {
    takeMet();
    const tests = await this.#load('counting');
    const coverage = { static: takeMet(), perTest: {} };
    const results = tests.map((test) => {
      const start = process.cpuUsage();
      const failureMessage = failureOf(test, 600_000);
      const timeSpentMs = cpuMs(start);
      this.#plainMs.set(test.id, timeSpentMs);
      coverage.perTest[test.id] = takeMet();
      const { id, name } = test;
      return {
        id,
        name,
        timeSpentMs,
        ...(failureMessage === null ? { status: 0 } : { status: 1, failureMessage }),
      };
    });
    this.#met = coverage.perTest;
    writeFileSync(PLAIN_RUN, JSON.stringify({ milliseconds: [...this.#plainMs], met: this.#met }));
    return { status: 'complete', tests: results, mutantCoverage: coverage };
  }

  async mutantRun({ activeMutant, testFilter, mutantActivation }) {
    const anew = mutantActivation === 'static';
    const mutant = Number(activeMutant.id);
    try {
      if (anew || this.#tests.length === 0) {
        [state.mutant, state.hits, state.mostHits] = [anew ? mutant : -1, 0, Infinity];
        try {
          this.#tests = await this.#load('plain');
        } catch (error) {
          return killed('loading the tests', String(error), 0);
        }
      }
      state.mutant = mutant;
      return this.#runAll(mutant, testFilter);
    } finally {
      state.mutant = -1;
      if (anew) this.#tests = [];
    }
  }

  /** Runs the tests that meet the mutant, the quick ones first, until one fails. */
  #runAll(mutant, filter) {
    const wanted = filter && new Set(filter);
    const chosen = this.#tests
      .filter(({ id }) => !wanted || wanted.has(id))
      .sort((a, b) => this.#plainMs.get(a.id) - this.#plainMs.get(b.id));
    let spentMs = 0;
    for (const [n, test] of chosen.entries()) {
      if (spentMs > LONGEST_MS) return { status: 'survived', nrOfTests: n };
      spentMs += this.#plainMs.get(test.id);
      state.hits = 0;
      state.mostHits = 1000 + MOST_TIMES_MET * (this.#met[test.id]?.[mutant] ?? 1e6);
      const limit = LEAST_LIMIT_MS + MOST_TIMES_AS_LONG * this.#plainMs.get(test.id);
      const message = failureOf(test, limit);
      if (state.hits > state.mostHits || message === TOO_LONG)
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

/** Runs a test; null where it passes. The limit is one of work, not of waiting for a busy machine. */
function failureOf(test, limitMs) {
  let awaited = false;
  globalThis.runPureTest = () => {
    awaited = test.run() instanceof Promise;
  };
  const before = process.cpuUsage();
  try {
    callTest.runInThisContext({ timeout: Math.ceil(limitMs) });
  } catch (error) {
    if (error?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') return String(error?.message ?? error);
    return cpuMs(before) < limitMs / 2 ? failureOf(test, 3 * limitMs) : TOO_LONG;
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
  const shim = resolve('tools/mutation/pure-tests.mjs');
  await build({
    stdin: {
      contents: [
        ...imports.map((file) => `import './${file}';`),
        `export { takeTests } from './tools/mutation/pure-tests.mjs';`,
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
            return { loader: 'ts', contents: switched(text, counting) };
          });
        },
      },
    ],
  });
}

/** Stryker's calls, which cost much in inner loops, as comparisons of numbers; its counting of coverage only where asked. */
function switched(text, counting) {
  const body = text
    .replaceAll(/stryMutAct_9fa48\("(\d+)"\)/g, '(pureState.mutant === $1 && pureHit())')
    .replaceAll(/stryCov_9fa48\(("[^)]*")\)/g, (_, ids) =>
      counting ? `(${ids.replaceAll(/"(\d+)"/g, 'pureState.met[$1]++')})` : '0',
    );
  return `const { state: pureState, hit: pureHit } = globalThis.pureMutants;\n${body}`;
}

const createPureRunner = () => new PureRunner();
createPureRunner.inject = [];
export const strykerPlugins = [{ kind: 'TestRunner', name: 'pure', factory: createPureRunner }];
