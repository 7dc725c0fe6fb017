import { expect, test, vi } from 'vitest';
import { parseArguments } from '../../../src/input/arguments/arguments.js';
import { ASK } from '../specs.js';

vi.mock('../../../src/input/arguments/diagnose.js', () => ({ diagnose: () => [] }));

test('what the check before might let through is refused all the same', () => {
  expect(() => parseArguments(ASK, ['--core', '4'])).toThrow(
    'unknown option --core; wcalc --help lists all options',
  );
  expect(() => parseArguments(ASK, ['--cores'])).toThrow(
    'Not enough arguments following: cores; wcalc --help lists all options',
  );
});
