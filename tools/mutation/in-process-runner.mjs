// A test runner for Stryker that calls the tests in its own process, each mutant switched on by a global: milliseconds a
// mutant instead of the second that a fresh vitest takes. For tests that leave nothing behind; tests that fail in it without
// a mutant, such as those that start threads, are left out.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
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

const outfile = (name) => resolve(`.in-process-${process.env.STRYKER_MUTATOR_WORKER ?? 0}-${name}.mjs`);
/** Times and counts of the run without a mutant, kept for a process that is started anew. */
const PLAIN_RUN = '.in-process-plain-run.json';
const callTest = new Script('globalThis.runOneTest()');

/** CPU time of this process, which a busy machine does not stretch. */
function cpuMs(since) {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** What the mutated code looks at: the number of the mutant that is switched on, and how often each place was met. */
const state = { mutant: -1, hits: 0, mostHits: Infinity, met: new Float64Array(1 << 16) };
globalThis.wcalcMutants = {
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

class InProcessRunner {
  #tests = [];
  #plainMs = new Map();
  #met = {};
  #leftOut = new Set();
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
      this.#leftOut = new Set(plain.leftOut);
    } catch {
      // before the first run
    }
  }

  async dryRun() {
    takeMet();
    const tests = await this.#load('counting');
    const coverage = { static: takeMet(), perTest: {} };
    const results = [];
    for (const test of tests) {
      const start = process.cpuUsage();
      const failure = await failureOf(test, 600_000);
      const timeSpentMs = cpuMs(start);
      const met = takeMet();
      const { id, name } = test;
      if (failure === null) {
        this.#plainMs.set(id, timeSpentMs);
        coverage.perTest[id] = met;
      } else {
        this.#leftOut.add(id);
        process.stderr.write(`left out: ${name}: ${failure.slice(0, 200)}\n`);
      }
      results.push({ id, name, timeSpentMs, status: failure === null ? PASSED : SKIPPED });
    }
    this.#met = coverage.perTest;
    const plain = { milliseconds: [...this.#plainMs], met: this.#met, leftOut: [...this.#leftOut] };
    writeFileSync(PLAIN_RUN, JSON.stringify(plain));
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
      return await this.#runAll(mutant, testFilter);
    } finally {
      state.mutant = -1;
      if (anew) this.#tests = [];
    }
  }

  /** Runs the tests that meet the mutant, the quick ones first, until one fails. */
  async #runAll(mutant, filter) {
    const wanted = filter && new Set(filter);
    const chosen = this.#tests
      .filter(({ id }) => !this.#leftOut.has(id) && (!wanted || wanted.has(id)))
      .sort((a, b) => this.#plainMs.get(a.id) - this.#plainMs.get(b.id));
    let spentMs = 0;
    for (const [n, test] of chosen.entries()) {
      if (spentMs > LONGEST_MS) return { status: 'survived', nrOfTests: n };
      spentMs += this.#plainMs.get(test.id);
      state.hits = 0;
      state.mostHits = 1000 + MOST_TIMES_MET * (this.#met[test.id]?.[mutant] ?? 1e6);
      const limit = LEAST_LIMIT_MS + MOST_TIMES_AS_LONG * this.#plainMs.get(test.id);
      const message = await failureOf(test, limit);
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

const PASSED = 0;
const SKIPPED = 2;

/** Runs a test; null where it passes. The limit is one of work, not of waiting for a busy machine. */
async function failureOf(test, limitMs) {
  let awaited;
  globalThis.runOneTest = () => {
    awaited = test.run();
  };
  const before = process.cpuUsage();
  try {
    callTest.runInThisContext({ timeout: Math.ceil(limitMs) });
  } catch (error) {
    if (error?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') return String(error?.message ?? error);
    return cpuMs(before) < limitMs / 2 ? failureOf(test, 3 * limitMs) : TOO_LONG;
  }
  return awaited instanceof Promise ? failureOfPromise(awaited, LONGEST_WAIT_MS + 10 * limitMs) : null;
}

/** A mutant may keep what a test waits for from ever coming. */
const LONGEST_WAIT_MS = 20_000;

async function failureOfPromise(promise, limitMs) {
  let timer;
  const late = new Promise((resolve) => {
    // Counted in ticks: while the whole process is stopped, none pass.
    let ticks = 0;
    timer = setInterval(() => {
      ticks += 1;
      if (ticks * TICK_MS > limitMs) resolve(TOO_LONG);
    }, TICK_MS);
  });
  const done = promise.then(
    () => null,
    (error) => String(error?.message ?? error),
  );
  const failure = await Promise.race([done, late]);
  clearInterval(timer);
  return failure;
}

const TICK_MS = 100;

/** Such tests need vitest itself. */
const REPLACES_MODULES = /\bvi\b.* from 'vitest'/;

/** Files of tests by a pattern: a folder with all below it, or those in it. */
function testsOf(pattern) {
  const [folder, below] = pattern.split(/\/\*(?=[*.])/);
  return readdirSync(folder, { recursive: below.startsWith('*') })
    .map((file) => `${folder}/${file}`)
    .filter((file) => file.endsWith('.test.ts') && !REPLACES_MODULES.test(readFileSync(file, 'utf8')))
    .sort();
}

/** All tests in one file, with or without the counting of what they cover. */
async function bundle(name, counting) {
  const files = process.env.WCALC_MUTATED_TESTS.split(',').flatMap(testsOf);
  const imports = ['test/support/brief-properties.ts', ...files];
  const shim = resolve('tools/mutation/in-process-tests.mjs');
  await build({
    stdin: {
      contents: [
        ...imports.map((file) => `import './${file}';`),
        `export { takeTests } from './tools/mutation/in-process-tests.mjs';`,
      ].join('\n'),
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile: outfile(name),
    alias: { vitest: shim },
    logLevel: 'error',
    plugins: [
      {
        name: 'sources',
        setup({ onLoad }) {
          onLoad({ filter: /\/(src|test)\/.*\.ts$/ }, ({ path }) => {
            const text = readFileSync(path, 'utf8')
              .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
              .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
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
    .replaceAll(/stryMutAct_9fa48\("(\d+)"\)/g, '(mutantState.mutant === $1 && mutantHit())')
    .replaceAll(/stryCov_9fa48\(("[^)]*")\)/g, (_, ids) =>
      counting ? `(${ids.replaceAll(/"(\d+)"/g, 'mutantState.met[$1]++')})` : '0',
    );
  return `const { state: mutantState, hit: mutantHit } = globalThis.wcalcMutants;\n${body}`;
}

const createInProcessRunner = () => new InProcessRunner();
createInProcessRunner.inject = [];
export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', factory: createInProcessRunner }];
