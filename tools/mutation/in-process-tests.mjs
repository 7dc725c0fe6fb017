// What tests need of vitest, so that they can be called one by one in the same process.
import { readFileSync } from 'node:fs';
import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
export const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect);
expect.extend(expect, {
  toMatchFileSnapshot: (received, path) => ({
    pass: received === readFileSync(path, 'utf8'),
    message: () => `not as in ${path}`,
  }),
});

/** A suite with what is to be done before its tests: once, and before and after each. */
const suite = (name, outer) => ({ name, outer, once: [], before: [], after: [] });
const outermost = suite('', null);
let current = outermost;
/** Tests in the order in which they were declared since the last call of `takeTests`. */
let tests = [];

export function takeTests() {
  const taken = tests;
  tests = [];
  return taken;
}

export const beforeAll = (act) => void current.once.push(act);
export const beforeEach = (act) => void current.before.push(act);
export const afterEach = (act) => void current.after.push(act);
/** What is left behind goes with the process. */
export const afterAll = () => {};

/** The suites around a test, the outermost first. */
const around = (inner) => (inner ? [...around(inner.outer), inner] : []);

/** A test that waits for nothing is called without a promise, so that it can be stopped. */
function withHooks(suites, body) {
  if (suites.every(({ once, before, after }) => once.length + before.length + after.length === 0))
    return body;
  return async () => {
    for (const one of suites) for (const act of one.once.splice(0)) await act();
    for (const one of suites) for (const act of one.before) await act();
    try {
      await body();
    } finally {
      for (const one of suites) for (const act of one.after) await act();
    }
  };
}

/** The function among a test's options, function and time limit. */
const bodyOf = (rest) => rest.find((one) => typeof one === 'function');

function declareTest(name, ...rest) {
  const suites = around(current);
  const path = [...suites.map((one) => one.name), String(name)].filter((part) => part !== '').join(' ');
  const body = bodyOf(rest);
  // Hooks may be declared behind a test.
  tests.push({ id: `${tests.length} ${path}`, name: path, run: () => withHooks(suites, body)() });
}

export function describe(name, ...rest) {
  current = suite(String(name), current);
  bodyOf(rest)();
  current = current.outer;
}

const each =
  (declare) =>
  (cases) =>
  (name, ...rest) => {
    const body = bodyOf(rest);
    for (const given of cases) declare(name, () => body(...(Array.isArray(given) ? given : [given])));
  };
const nothing = Object.assign(() => {}, { each: () => () => {} });
for (const declare of [declareTest, describe])
  Object.assign(declare, {
    each: each(declare),
    runIf: (condition) => (condition ? declare : nothing),
    skipIf: (condition) => (condition ? nothing : declare),
  });

export { declareTest as it, declareTest as test };
