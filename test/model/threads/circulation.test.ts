import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unlocked } from '../../../src/model/threads/busy-cores.js';
import { Circulation } from '../../../src/model/threads/circulation.js';

/** p(A|N) of the product form, from 0 up. */
function productForm(held: number, cpuMs: number, ioMs: number, cores: number): number[] {
  const logs = [0];
  for (let a = 0; a < held; a++)
    logs.push(logs[a]! + Math.log(((held - a) * cpuMs) / (ioMs * Math.min(a + 1, cores))));
  const most = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - most));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

test('how many want a core is as the product form says, wherever the likeliest number lies', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 }),
      fc.double({ min: -4, max: 4, noNaN: true }),
      fc.double({ min: 0.1, max: 64, noNaN: true }),
      (held, decades, cores) => {
        const [cpuMs, ioMs] = [1, 10 ** decades];
        const { first, shares } = new Circulation(cpuMs, ioMs, unlocked(cores)).active(held);
        productForm(held, cpuMs, ioMs, cores).forEach((want, active) => {
          expect(Math.abs((shares[active - first] ?? 0) - want)).toBeLessThan(1e-11);
        });
      },
    ),
    { seed: 3, numRuns: 200 },
  );
});

test('all want a core where nobody waits for anything else', () => {
  expect(new Circulation(1, 0, unlocked(4)).active(1000)).toEqual({
    first: 1000,
    shares: Float64Array.of(1),
  });
});

test('a million that are held take no more than the numbers that are likely', () => {
  const { first, shares } = new Circulation(1, 100, unlocked(1e6)).active(1e6);
  expect(shares.length).toBeLessThan(2000);
  const mean = shares.reduce((sum, p, i) => sum + p * (first + i), 0);
  expect(mean / (1e6 / 101)).toBeCloseTo(1, 6);
});

test('the throughput is the mean of busy cores over what a request computes, with arrivals too where bursts are exponential', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.double({ min: -4, max: 4, noNaN: true }),
      fc.double({ min: 0.1, max: 64, noNaN: true }),
      fc.double({ min: 0.01, max: 2, noNaN: true }),
      (held, decades, cores, arrivals) => {
        const ioMs = 10 ** decades;
        const circulation = new Circulation(1, ioMs, unlocked(cores));
        const want = productForm(held, 1, ioMs, cores).reduce((sum, p, a) => sum + p * Math.min(a, cores), 0);
        expect(circulation.throughput(held) / want).toBeCloseTo(1, 10);
        expect(circulation.openThroughput(held, arrivals, 1) / want).toBeCloseTo(1, 6);
      },
    ),
    { seed: 4, numRuns: 200 },
  );
});
