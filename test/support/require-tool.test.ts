import { afterEach, expect, test, vi } from 'vitest';
import { hasTool, isBuilt } from './require-tool.js';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test.each([
  ['program', () => hasTool('no-such-program')],
  ['built file', () => isBuilt('dist/no-such-file.js')],
])('a missing %s fails the test in CI, and leaves it out elsewhere', (_, look) => {
  vi.stubEnv('CI', 'true');
  expect(look).toThrow(/no-such-/);
  vi.stubEnv('CI', '');
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  expect(look()).toBe(false);
  expect(said).toHaveBeenCalledWith(expect.stringMatching(/^skipped: .*no-such-/));
});

test('what is there is found', () => {
  vi.stubEnv('CI', 'true');
  expect(hasTool('sh')).toBe(true);
  expect(isBuilt('package.json')).toBe(true);
});
