import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evenly, predict } from '../../../src/model/predict.js';
import { acceptShares, shareWhileFull } from '../../../src/model/threads/accept-shares.js';
import { facilityOf } from '../../../src/servers/gunicorn/discipline.js';
import { simulate } from '../../../src/simulation/index.js';

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

test('of two processes on one CPU, one without a free thread takes more than its share, and the more the idler the CPU', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 0.8, noNaN: true }), (load) => {
      const full = shareWhileFull(2, 1, load)!;
      expect(full).toBeGreaterThan(acceptShares(2, 1, load)[0]!);
      expect(full).toBeGreaterThanOrEqual(shareWhileFull(2, 1, load + 0.1)!);
    }),
  );
  expect(shareWhileFull(3, 1, 0.3)).toBeNull();
  expect(shareWhileFull(2, 2, 0.3)).toBeNull();
});

/** Two gthread processes of four threads on one CPU, requests of 2 ms CPU, 1 of the server's and 60 of waiting. */
const two = facilityOf({
  ...{ workerClass: 'gthread', gunicorn: 26, gil: true, timeoutMs: 0, backlog: 2048 },
  ...{ workers: 2, threads: 4, workerConnections: 1000, cores: 1 },
});
const at = (ratePerSecond: number) => ({
  cpu: { kind: 'exponential', mean: 2 } as const,
  io: { kind: 'exponential', mean: 60 } as const,
  ioCalls: 1,
  overheadMs: 1,
  ratePerSecond,
});

test('a queue that draws more into it is predicted about as it is simulated', () => {
  for (const rate of [50, 65, 72]) {
    const { meanMs, p95Ms } = simulate(two, at(rate), { requests: 200_000 }).prediction;
    const found = predict(two, at(rate));
    expect(Math.abs(found.meanMs! / meanMs! - 1)).toBeLessThan(0.2);
    expect(Math.abs(found.p95Ms! / p95Ms! - 1)).toBeLessThan(0.2);
  }
});

test('two thirds of what even shares would carry overload the first of two processes that wait', () => {
  expect(predict(two, at(90)).stable).toBe(false);
  expect(predict(evenly(two), at(90)).meanMs).toBeLessThan(100);
});
