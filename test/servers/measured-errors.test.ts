import { expect, test } from 'vitest';
import { SERVERS } from '../../src/servers/index.js';
import { counts, found } from '../../tools/accuracy/validate/compare.js';
import { kindOf, readCases, serverOf } from '../../tools/accuracy/validate/measured.js';
import { summarize } from '../../tools/accuracy/validate/summary.js';

const DIRECTORY = 'fixtures/measured';
const CASES = readCases(DIRECTORY).filter((measured) => counts({ measured }));

test.each(SERVERS)(
  'the errors that --explain prints of $title are those against the measured cases',
  async (server) => {
    const comparisons = [];
    for (const measured of CASES)
      if (serverOf(measured) === server) comparisons.push(await found(DIRECTORY, measured));
    const counted = summarize(comparisons, (measured) => kindOf(measured).name).filter(
      ({ name }) => name !== 'all',
    );
    expect(Object.keys(server.measuredErrors).sort()).toEqual(counted.map(({ name }) => name).sort());
    for (const { name, cases: number, analytic } of counted) {
      const published = server.measuredErrors[name]!;
      expect(published.cases, name).toBe(number);
      expect(published.meanMedian, name).toBeCloseTo(analytic.mean!.median, 2);
      expect(published.meanWorst, name).toBeCloseTo(analytic.mean!.worst, 2);
      expect(published.p95Median, name).toBeCloseTo(analytic.p95!.median, 2);
      expect(published.p95Worst, name).toBeCloseTo(analytic.p95!.worst, 2);
    }
  },
  180_000,
);
