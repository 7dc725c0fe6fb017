import { expect, test } from 'vitest';
import { ERROR_SHARES, errorShareOf } from '../../src/model/error-shares.js';
import { METHODS } from '../../src/model/methods.js';
import { system } from './questions.js';

test('every model has a published error of the mean and of each percentile, and says where it comes from', () => {
  expect(Object.keys(ERROR_SHARES).sort()).toEqual(Object.keys(METHODS).sort());
  for (const { from, cases, ...shares } of Object.values(ERROR_SHARES)) {
    expect(['measured', 'simulated']).toContain(from);
    expect(cases).toBeGreaterThanOrEqual(5);
    expect(Object.keys(shares)).toEqual(['meanMs', 'p50Ms', 'p90Ms', 'p95Ms', 'p99Ms']);
    for (const share of Object.values(shares)) {
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThan(0.5);
    }
  }
});

test('the error of a facility is that of the model that predicts it', () => {
  expect(errorShareOf(system({ workers: 4, cores: 2 }))).toBe(ERROR_SHARES['servers-sharing-cores']);
  expect(errorShareOf(system({ workerClass: 'asgi' }))).toBe(ERROR_SHARES['event-loops']);
});
