import { expect, test } from 'vitest';
import { MEASURED_ERRORS } from '../../../src/servers/gunicorn/measured-errors.js';
import { compare } from '../../../tools/accuracy/validate/compare.js';
import { readCases } from '../../../tools/accuracy/validate/measured.js';
import { summarize } from '../../../tools/accuracy/validate/summary.js';

const DIRECTORY = 'fixtures/measured';

test('the errors that --explain prints of a worker class are those against the measured cases', async () => {
  const comparisons = [];
  const cases = readCases(DIRECTORY).filter(({ noisy, skewed }) => !noisy && !skewed);
  for (const measured of cases) comparisons.push(await compare(DIRECTORY, measured));
  const counted = summarize(comparisons).filter(({ name, cases }) => name !== 'all' && cases > 0);
  expect(Object.keys(MEASURED_ERRORS).sort()).toEqual(counted.map(({ name }) => name).sort());
  for (const { name, cases: number, analytic } of counted) {
    const published = MEASURED_ERRORS[name as keyof typeof MEASURED_ERRORS]!;
    expect(published.cases, name).toBe(number);
    expect(published.meanMedian, name).toBeCloseTo(analytic.mean!.median, 2);
    expect(published.meanWorst, name).toBeCloseTo(analytic.mean!.worst, 2);
    expect(published.p95Median, name).toBeCloseTo(analytic.p95!.median, 2);
    expect(published.p95Worst, name).toBeCloseTo(analytic.p95!.worst, 2);
  }
}, 180_000);
