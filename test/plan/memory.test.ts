import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fitsMemory,
  inFlightThatFits,
  leastMemoryMiB,
  memoryState,
  memoryUsedMiB,
  workersThatFit,
} from '../../src/plan/memory.js';
import type { MemoryBudget } from '../../src/profile/types.js';

const budget = (given: Partial<MemoryBudget> = {}): MemoryBudget => ({
  memoryMiB: 1024,
  perWorkerMiB: 256,
  sharedMiB: 0,
  perThreadMiB: 0,
  masterMiB: 0,
  reserveMiB: 0,
  ...given,
});

describe('memory', () => {
  test('is master + shared + workers × (per-worker + in flight × per-thread) + reserve', () => {
    const all = budget({ sharedMiB: 40, perThreadMiB: 3, masterMiB: 20, reserveMiB: 100 });
    expect(memoryUsedMiB(all, 2, 5)).toBe(20 + 40 + 2 * (256 + 5 * 3) + 100);
  });

  test('holds exactly four workers of 256 MiB in 1024 MiB and is then full', () => {
    expect(workersThatFit(budget(), 1)).toBe(4);
    expect(memoryState(budget(), 4, 1)).toBe('full');
    expect(memoryState(budget(), 3, 1)).toBe('fits');
    expect(memoryState(budget(), 5, 1)).toBe('over');
    expect(fitsMemory(budget(), 4, 1)).toBe(true);
    expect(fitsMemory(budget(), 5, 1)).toBe(false);
  });

  test('is full, over or not with its fixed parts', () => {
    const fixed = budget({ memoryMiB: 612, masterMiB: 20, sharedMiB: 30, reserveMiB: 50 });
    expect(memoryState(fixed, 2, 1)).toBe('full');
    expect(memoryState({ ...fixed, masterMiB: 19 }, 2, 1)).toBe('fits');
    expect(memoryState({ ...fixed, reserveMiB: 51 }, 2, 1)).toBe('over');
  });

  test('counts sizes that binary fractions cannot hold exactly', () => {
    // 0.3 / 0.1 is 2.9999999999999996 in binary floating point.
    const tenths = budget({ memoryMiB: 0.3, perWorkerMiB: 0.1 });
    expect(workersThatFit(tenths, 1)).toBe(3);
    const decimal = budget({ memoryMiB: 1.5e9 / 2 ** 20, perWorkerMiB: 500e6 / 2 ** 20 });
    expect(workersThatFit(decimal, 1)).toBe(3);
    expect(memoryState(decimal, 3, 1)).toBe('full');
    expect(
      workersThatFit(budget({ memoryMiB: (1.5e9 - 1) / 2 ** 20, perWorkerMiB: 500e6 / 2 ** 20 }), 1),
    ).toBe(2);
  });

  test('holds nobody where the fixed parts take it all', () => {
    expect(workersThatFit(budget({ reserveMiB: 1024 }), 1)).toBe(0);
    expect(workersThatFit(budget({ masterMiB: 2000 }), 1)).toBe(0);
    expect(inFlightThatFits(budget({ masterMiB: 2000 }), 1, 10)).toBe(0);
    expect(leastMemoryMiB(budget({ masterMiB: 2000, perThreadMiB: 4 }))).toBe(2260);
  });

  test('is unknown without a limit or a cost per worker', () => {
    const noLimit = budget({ memoryMiB: null });
    const noCost = budget({ perWorkerMiB: null });
    for (const unknown of [noLimit, noCost]) {
      expect(fitsMemory(unknown, 4, 1)).toBeNull();
      expect(memoryState(unknown, 4, 1)).toBe('unknown');
      expect(workersThatFit(unknown, 1)).toBe(1_000_000);
      expect(inFlightThatFits(unknown, 3, 40)).toBe(40);
    }
    expect(memoryUsedMiB(noLimit, 4, 1)).toBe(1024);
    expect(memoryUsedMiB(noCost, 4, 1)).toBeNull();
    expect(leastMemoryMiB(noCost)).toBe(0);
  });

  test('leaves room for threads', () => {
    const threaded = budget({ perThreadMiB: 16 });
    expect(inFlightThatFits(threaded, 2, 100)).toBe(16);
    expect(inFlightThatFits(threaded, 2, 8)).toBe(8);
    expect(inFlightThatFits(budget(), 2, 100)).toBe(100);
    expect(inFlightThatFits(threaded, 5, 100)).toBe(0);
  });

  test('stays finite where a worker costs nothing', () => {
    expect(workersThatFit(budget({ perWorkerMiB: 1e-12 }), 1)).toBe(1_000_000);
  });

  const size = fc.double({ min: 0, max: 4096, noNaN: true });
  const budgets = fc.record({
    memoryMiB: fc.double({ min: 1, max: 1e6, noNaN: true }),
    perWorkerMiB: fc.double({ min: 0.001, max: 4096, noNaN: true }),
    sharedMiB: size,
    perThreadMiB: size,
    masterMiB: size,
    reserveMiB: size,
  });

  test('what fits fits, and one more does not', () => {
    fc.assert(
      fc.property(budgets, fc.integer({ min: 1, max: 50 }), (any, inFlight) => {
        const workers = workersThatFit(any, inFlight);
        if (workers > 0) expect(fitsMemory(any, workers, inFlight)).toBe(true);
        if (workers < 1_000_000) expect(fitsMemory(any, workers + 1, inFlight)).toBe(false);
        if (workers > 0) {
          const threads = inFlightThatFits(any, workers, 1000);
          expect(threads).toBeGreaterThanOrEqual(Math.min(1000, inFlight));
          expect(fitsMemory(any, workers, threads)).toBe(true);
          if (threads < 1000) expect(fitsMemory(any, workers, threads + 1)).toBe(false);
        }
      }),
      { seed: 1, numRuns: 2000 },
    );
  });
});
