import { expect, test, vi } from 'vitest';
import { parseArguments } from '../../src/parse/arguments.js';
import { ASK } from './specs.js';

vi.mock('../../src/parse/diagnose.js', () => ({ diagnose: () => [] }));

test('yargs in strict mode refuses whatever the check before it might let through', () => {
  expect(() => parseArguments(ASK, ['--core', '4'])).toThrow(
    'Unknown argument: core; wcalc --help lists all options',
  );
  expect(() => parseArguments(ASK, ['--cores'])).toThrow(
    'Not enough arguments following: cores; wcalc --help lists all',
  );
});
