import { expect, test } from 'vitest';
import { limitRate } from '../../src/plan/limit-rate.js';
import { slo } from '../support/slo.js';
import { planningOf, prediction } from './made-up.js';

const { objective } = planningOf({
  cores: 1,
  mem: 100,
  perWorker: 1,
  rate: 1,
  slo: slo('p95<100ms'),
}).profile;

/** A p95 that grows with the rate by a millisecond each, of a server that serves 200/s. */
const growing = (ratePerSecond: number) =>
  prediction({ p95Ms: ratePerSecond, stable: ratePerSecond < 200, capacityPerSecond: 200 });

test('the highest rate within an objective is known to a thousandth of the capacity, and keeps it', () => {
  const rate = limitRate(growing, objective)!;
  expect(rate).toBeLessThan(100);
  expect(rate).toBeGreaterThan(100 - 200 / 1000);
});

test('a ceiling on the load is no part of it, overload is', () => {
  expect(limitRate(growing, { ...objective, maxUtilization: 0.1 })).toBe(limitRate(growing, objective));
  const quick = (rate: number) => ({ ...growing(rate), p95Ms: 1 });
  expect(limitRate(quick, objective)).toBeGreaterThan(199);
  expect(limitRate(quick, objective)).toBeLessThan(200);
});

test('there is none where hardly any rate keeps it, or nothing is predicted', () => {
  expect(limitRate(() => prediction({ p95Ms: 100 }), objective)).toBeNull();
  expect(limitRate(() => null, objective)).toBeNull();
});
