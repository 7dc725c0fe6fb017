import { afterEach, expect, test, vi } from 'vitest';
import { hasTool, isBuilt } from './require-tool.js';

afterEach(() => vi.unstubAllEnvs());

test.each([
  ['program', () => hasTool('no-such-program')],
  ['built file', () => isBuilt('dist/no-such-file.js')],
])('a missing %s fails the test in CI, and leaves it out elsewhere', (_, look) => {
  vi.stubEnv('CI', 'true');
  expect(look).toThrow(/no-such-/);
  vi.stubEnv('CI', '');
  expect(look()).toBe(false);
});

test('what is there is found', () => {
  vi.stubEnv('CI', 'true');
  expect(hasTool('sh')).toBe(true);
  expect(isBuilt('package.json')).toBe(true);
});
