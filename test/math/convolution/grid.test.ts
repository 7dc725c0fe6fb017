import { describe, expect, test } from 'vitest';
import { latticeOf, plus, plusAlike, plusGeometric, residualOf } from '../../../src/math/convolution/grid.js';
import { demandOf } from '../../../src/math/laws/limited-mean.js';
import { LAWS } from '../../model/questions.js';

const meanOf = (masses: Float64Array): number => masses.reduce((sum, mass, j) => sum + mass * j, 0);

test('residuals keep their mean, be they shorter than a step or longer', () => {
  for (const law of LAWS)
    for (const steps of [0.01, 0.3, 0.99, 1.5, 4, 20]) {
      const demand = demandOf(law);
      const factor = steps / ((demand.mean * (1 + demand.scv)) / 2);
      const masses = residualOf(demand, factor, 1, 8192);
      expect(Math.abs(meanOf(masses) / steps - 1), `${law.kind}, ${steps} steps`).toBeLessThan(0.06);
    }
});

test('a long wait of many short residuals is not lost: P(busy) near 1 at the same mean', () => {
  const demand = demandOf({ kind: 'exponential', mean: 40 });
  const service = latticeOf(demand, 10, 4096);
  for (const busy of [0.5, 0.9, 0.99, 0.995]) {
    const waitSteps = 60;
    const part = residualOf(demand, (waitSteps * 10 * (1 - busy)) / busy / 40, 10, 4096);
    const all = plusGeometric(service, [{ part, busy, visits: 1, weight: 1 }]);
    expect(Math.abs(meanOf(all) / (4 + waitSteps) - 1), `busy ${busy}`).toBeLessThan(0.02);
  }
});

describe('two waits as long as each other', () => {
  test('keep the mean of their sum, and vary more than independent ones', () => {
    const law = (mean: number): Float64Array => latticeOf(demandOf({ kind: 'exponential', mean }), 1, 512);
    const moment = (masses: Float64Array, power: number): number =>
      masses.reduce((sum, p, j) => sum + p * j ** power, 0);
    const [a, b] = [law(10), law(25)];
    const alike = plusAlike(a, b);
    expect(moment(alike, 0)).toBeCloseTo(1, 6);
    expect(moment(alike, 1)).toBeCloseTo(35, 2);
    // Of exponentials, the one is 2.5 times the other: the sum is exponential again.
    expect(moment(alike, 2)).toBeGreaterThan(0.99 * 2 * 35 ** 2);
    expect(moment(plus(a, b), 2)).toBeLessThan(0.85 * 2 * 35 ** 2);
  });
});
