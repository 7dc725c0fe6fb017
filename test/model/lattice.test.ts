import { expect, test } from 'vitest';
import { latticeOf, plusGeometric, residualOf } from '../../src/model/lattice.js';
import { demandOf } from '../../src/model/limited-mean.js';
import { LAWS } from './questions.js';

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
