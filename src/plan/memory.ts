import type { MemoryBudget } from '../profile/types.js';

/**
 * Memory is counted in whole thousandths of a byte: sizes written in bytes, kB, Mi or MiB with three decimals are
 * then whole numbers, and sums and quotients exact, up to 8 TiB.
 */
const GRAINS_PER_MIB = 1000 * 1024 * 1024;
const MOST_WORKERS = 1_000_000;

const grains = (mebibytes: number): number => Math.round(mebibytes * GRAINS_PER_MIB);

/** Memory that one worker adds with `inFlight` busy threads or requests; at least something, so that the number of workers stays finite. */
const workerGrains = (budget: MemoryBudget, inFlight: number): number =>
  Math.max(1, grains(budget.perWorkerMiB ?? 0) + inFlight * grains(budget.perThreadMiB));

const fixedGrains = (budget: MemoryBudget): number =>
  grains(budget.masterMiB) + grains(budget.sharedMiB) + grains(budget.reserveMiB);

/**
 * Memory of a server in MiB: master + shared + workers × (per-worker + inFlight × per-thread) + reserve.
 * null where the memory of a worker is not known.
 */
export function memoryUsedMiB(budget: MemoryBudget, workers: number, inFlight: number): number | null {
  if (budget.perWorkerMiB === null) return null;
  return (fixedGrains(budget) + workers * workerGrains(budget, inFlight)) / GRAINS_PER_MIB;
}

/** Whether it all fits; null where the limit or the cost is not known. */
export function fitsMemory(budget: MemoryBudget, workers: number, inFlight: number): boolean | null {
  if (budget.memoryMiB === null || budget.perWorkerMiB === null) return null;
  return fixedGrains(budget) + workers * workerGrains(budget, inFlight) <= grains(budget.memoryMiB);
}

/** The most workers that memory holds, 0 where not even one fits; without a limit, more than anyone runs. */
export function workersThatFit(budget: MemoryBudget, inFlight: number): number {
  if (budget.memoryMiB === null || budget.perWorkerMiB === null) return MOST_WORKERS;
  const free = grains(budget.memoryMiB) - fixedGrains(budget);
  return Math.min(MOST_WORKERS, Math.max(0, Math.floor(free / workerGrains(budget, inFlight))));
}

/** The most requests in flight per worker that memory holds for `workers`; 0 where none does. */
export function inFlightThatFits(budget: MemoryBudget, workers: number, most: number): number {
  if (budget.memoryMiB === null || budget.perWorkerMiB === null) return most;
  const free = (grains(budget.memoryMiB) - fixedGrains(budget)) / workers - grains(budget.perWorkerMiB);
  const each = grains(budget.perThreadMiB);
  if (free < 0) return 0;
  return each === 0 ? most : Math.min(most, Math.floor(free / each));
}

export type MemoryState = 'fits' | 'full' | 'over' | 'unknown';

/** `full`: nothing is left; `over`: more than there is. */
export function memoryState(budget: MemoryBudget, workers: number, inFlight: number): MemoryState {
  if (budget.memoryMiB === null || budget.perWorkerMiB === null) return 'unknown';
  const left = grains(budget.memoryMiB) - fixedGrains(budget) - workers * workerGrains(budget, inFlight);
  if (left < 0) return 'over';
  return left === 0 ? 'full' : 'fits';
}

/** Least memory in MiB that holds one worker with one request in flight. */
export const leastMemoryMiB = (budget: MemoryBudget): number => memoryUsedMiB(budget, 1, 1) ?? 0;
