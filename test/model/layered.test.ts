import { expect, test } from 'vitest';
import { predict } from '../../src/model/predict.js';
import { quantileOf } from '../../tools/accuracy/model-grid/errors.js';
import { layeredCases, layeredQuestion } from './questions.js';

test('threads with a lock per process on shared cores: against an independent simulation', () => {
  const cases = layeredCases();
  expect(cases.length).toBeGreaterThan(50);
  const errors = { meanMs: [] as number[], p95Ms: [] as number[] };
  for (const c of cases) {
    const p = predict(...layeredQuestion(c));
    errors.meanMs.push(Math.abs(p.meanMs! / c.meanMs - 1));
    errors.p95Ms.push(Math.abs(p.p95Ms! / c.p95Ms - 1));
  }
  expect(quantileOf(errors.meanMs, 0.5)).toBeLessThan(0.02);
  expect(quantileOf(errors.meanMs, 0.95)).toBeLessThan(0.1);
  expect(quantileOf(errors.p95Ms, 0.5)).toBeLessThan(0.03);
  expect(quantileOf(errors.p95Ms, 0.95)).toBeLessThan(0.15);
});
