import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { METHODS, type MethodId } from '../../src/model/methods.js';
import { SIMULATED_ERRORS } from '../../src/model/simulated-errors.js';
import { errorsOf, type Simulated } from '../../tools/accuracy/model-grid/errors.js';
import { publishedErrors } from '../../tools/accuracy/model-grid/published.js';

/** Random systems, simulated by `node tools/accuracy/model-grid.mjs --count 40 --seed 91 --out fixtures/model/simulated.json --publish`. */
const rows = JSON.parse(readFileSync('fixtures/model/simulated.json', 'utf8')) as Simulated[];

test('over the whole grid the mean is within 3 % in the median, p95 within 5 %, both within 15 % for 95 %', () => {
  const all = errorsOf(rows);
  expect(all.meanMedian).toBeLessThan(0.03);
  expect(all.mean95).toBeLessThan(0.15);
  expect(all.p95Median).toBeLessThan(0.05);
  expect(all.p9595).toBeLessThan(0.15);
});

describe('the error that explain prints of a method is that against the simulated systems', () => {
  test.each(Object.keys(METHODS) as MethodId[])('%s', (id) => {
    const { cases, ...found } = publishedErrors(id, rows);
    expect(cases).toBeGreaterThan(8);
    for (const key of ['meanMedian', 'mean95', 'p95Median', 'p9595'] as const)
      expect(SIMULATED_ERRORS[id][key], key).toBeCloseTo(found[key], 2);
  });
});
