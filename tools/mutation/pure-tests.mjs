// What tests of pure functions need of vitest, so that they can be called one by one in the same process.
import { chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
export const expect = Object.assign((value, message) => chai.expect(value, message), chai.expect);

const suites = [];
/** Tests in the order in which they were declared since the last call of `takeTests`. */
let tests = [];

export function takeTests() {
  const taken = tests;
  tests = [];
  return taken;
}

function declareTest(name, run) {
  const path = [...suites, String(name)].join(' ');
  tests.push({ id: `${tests.length} ${path}`, name: path, run });
}

export function describe(name, declare) {
  suites.push(String(name));
  declare();
  suites.pop();
}

const each = (declare) => (cases) => (name, run) => {
  for (const given of cases) declare(name, () => run(...(Array.isArray(given) ? given : [given])));
};
declareTest.each = each(declareTest);
describe.each = each(describe);

export { declareTest as it, declareTest as test };
