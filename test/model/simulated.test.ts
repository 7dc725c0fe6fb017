import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { METHODS, type MethodId } from '../../src/model/methods.js';
import { predict } from '../../src/model/predict.js';
import type { System, Workload } from '../../src/model/types.js';
import { quantileOf } from './questions.js';

/** Random systems simulated by `node scripts/model-grid.mjs --count 30 --seed 2 --out fixtures/model/simulated.json`. */
interface Row {
  readonly system: System;
  readonly workload: Workload;
  readonly simulated: { readonly meanMs: number; readonly p95Ms: number };
}

const rows = JSON.parse(readFileSync('fixtures/model/simulated.json', 'utf8')) as Row[];
const answers = rows.map(({ system, workload, simulated }) => {
  const { meanMs, p95Ms, method } = predict(system, workload);
  return {
    method,
    mean: Math.abs(meanMs! / simulated.meanMs - 1),
    p95: Math.abs(p95Ms! / simulated.p95Ms - 1),
  };
});

const errorsOf = (list: typeof answers) => ({
  meanMedian: quantileOf(
    list.map((a) => a.mean),
    0.5,
  ),
  mean95: quantileOf(
    list.map((a) => a.mean),
    0.95,
  ),
  p95Median: quantileOf(
    list.map((a) => a.p95),
    0.5,
  ),
  p9595: quantileOf(
    list.map((a) => a.p95),
    0.95,
  ),
});

test('over the whole grid the mean is within 3 % in the median, p95 within 5 %, both within 15 % for 95 %', () => {
  const all = errorsOf(answers);
  expect(all.meanMedian).toBeLessThan(0.03);
  expect(all.mean95).toBeLessThan(0.15);
  expect(all.p95Median).toBeLessThan(0.05);
  expect(all.p9595).toBeLessThan(0.15);
});

describe('the error that explain prints of a method is the measured one', () => {
  test.each(Object.keys(METHODS) as MethodId[])('%s', (id) => {
    const { label, error } = METHODS[id];
    const own = answers.filter((a) => a.method === label);
    expect(own.length).toBeGreaterThan(8);
    const measured = errorsOf(own);
    for (const key of ['meanMedian', 'mean95', 'p95Median', 'p9595'] as const)
      expect(Math.abs(measured[key] - error[key]), key).toBeLessThan(0.0051);
  });
});
