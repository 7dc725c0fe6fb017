import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acceptShares } from '../../../src/model/threads/accept-shares.js';

test('shares of processes that are woken together sum to 1, largest first, and are the more even the busier the CPUs', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.constantFrom(0.5, 1, 2, 8),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (processes, cores, load) => {
        const shares = acceptShares(processes, cores, load);
        expect(shares).toHaveLength(processes);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        for (let n = 1; n < processes; n++) expect(shares[n]!).toBeLessThanOrEqual(shares[n - 1]! + 1e-9);
        expect(shares[0]!).toBeGreaterThanOrEqual(
          acceptShares(processes, cores, Math.min(1, load + 0.2))[0]! - 1e-2,
        );
      },
    ),
    { seed: 3, numRuns: 300 },
  );
});

test('a CPU for each process, or a quota on as many, shares as more CPUs do', () => {
  for (const processes of [2, 4, 8])
    for (const load of [0.2, 0.6]) {
      const shares = acceptShares(processes, processes, load);
      expect(acceptShares(processes, 4 * processes, load)).toEqual(shares);
      expect(acceptShares(processes, processes - 0.5, load)).toEqual(shares);
    }
});

test('the more CPUs there are for the processes, the more evenly they share', () => {
  for (const load of [0.3, 0.5, 0.7]) {
    const largest = [1, 2, 4, 8].map((cores) => acceptShares(8, cores, load)[0]!);
    expect(largest).toEqual(largest.toSorted((a, b) => b - a));
  }
});

test('four processes on one CPU share as was measured: 40/29/20/10 and 38/30/20/12 % (FACTS, Gunicorn 26)', () => {
  const shares = acceptShares(4, 1, 0.4);
  for (const [n, measured] of [0.39, 0.295, 0.2, 0.11].entries())
    expect(Math.abs(shares[n]! - measured)).toBeLessThan(0.035);
});
