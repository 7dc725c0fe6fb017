import { expect, test } from 'vitest';
import { fitText } from '../../../src/commands/fit/formats/table.js';
import type { FittedLaw } from '../../../src/observe/logs/laws.js';

test('beside the best law stand the closest of other kinds, not the same kind with other parameters', () => {
  const laws: FittedLaw[] = [
    { law: { kind: 'lognormal', mean: 76, cv: 1.22 }, by: 'likelihood', distance: 0.017 },
    { law: { kind: 'lognormal', mean: 76, cv: 1.65 }, by: 'moments', distance: 0.05 },
    { law: { kind: 'exponential', mean: 76 }, by: 'moments', distance: 0.089 },
    { law: { kind: 'gamma', mean: 76, cv: 1.65 }, by: 'moments', distance: 0.17 },
  ];
  const [best, ...others] = laws;
  expect(fitText(best!, others)).toBe(
    'lognormal, CV 1.22, largest distance 0.017 (next: exponential 0.089, gamma 0.17)',
  );
});
