import { expect, test } from 'vitest';
import type { Values } from '../../../src/input/options.js';
import { configurationOf } from '../../../src/plan/configuration.js';
import { drawingOf } from '../../../src/plan/search/curve.js';
import { slo } from '../../support/slo.js';
import { candidateOf, planningOf, prediction } from '../made-up.js';

const ASKED: Values = { cores: 4, mem: 1000, perWorker: 100, cpuTime: 10, ioTime: 90, rate: 50 };

function drawn(values: Values = {}) {
  const planning = planningOf({ ...ASKED, ...values }, { capacityPerSecond: 200 });
  const evaluated = planning.evaluate({ ...candidateOf('gthread', 2, 3), workerConnections: 3 });
  const configuration = configurationOf(planning, evaluated, 'slots', 'why');
  return drawingOf(
    planning.profile,
    configuration,
    (_, { ratePerSecond }) =>
      ratePerSecond! > 190
        ? prediction({ stable: false, meanMs: 1, p95Ms: 2 })
        : prediction({ meanMs: ratePerSecond, p95Ms: 2 * ratePerSecond! }),
    'wcalc …',
  );
}

test('the curve of a configuration goes from hardly any rate to near its capacity, and has a gap where it is overloaded', () => {
  const { curve } = drawn();
  const rates = curve.map(({ ratePerSecond }) => ratePerSecond);
  expect(rates).toEqual(rates.toSorted((a, b) => a - b));
  expect(rates[0]!).toBeCloseTo(4, 9);
  expect(rates.at(-1)!).toBeCloseTo(195, 9);
  for (const { ratePerSecond, meanMs, p95Ms } of curve)
    expect([meanMs, p95Ms]).toEqual(ratePerSecond > 190 ? [null, null] : [ratePerSecond, 2 * ratePerSecond]);
  // Denser where it bends.
  const steps = rates.slice(1).map((rate, n) => rate - rates[n]!);
  expect(steps.slice(1)).toEqual(steps.slice(1).toSorted((a, b) => b - a));
});

test('the drawing names the configuration, its command, and the lowest p95 that is asked for', () => {
  const drawing = drawn({ slo: slo('p95<900ms', 'p95<400ms', 'p99<100ms') });
  expect(drawing.p95LimitMs).toBe(400);
  expect(drawing.command).toBe('wcalc …');
  expect(drawing.candidate).toMatchObject({ workers: 2, threads: 3, workerConnections: 3 });
  expect(drawing.candidate.kind.name).toBe('gthread');
  expect(drawn({ slo: slo('p99<100ms') }).p95LimitMs).toBeNull();
});
