import type { MemoryBudget } from '../profile/types.js';

/** How the memory of a worker grows, with requests or with time. */
type MemoryGrowth = NonNullable<MemoryBudget['growth']>;

/**
 * How many requests a worker serves until all workers together have grown to the limit, each from its own size:
 * (limit − used)/workers over what it grows by per request. Growth with time is turned into requests by the mean rate of a
 * worker. null where growth, limit or, for growth with time, the rate is not known; 0 where nothing is free.
 */
export function requestsUntilFull(
  { growth, memoryMiB: limitMiB }: Pick<MemoryBudget, 'growth' | 'memoryMiB'>,
  usedMiB: number | null,
  workers: number,
  ratePerSecond: number | null,
): number | null {
  if (growth === undefined || limitMiB === null || usedMiB === null) return null;
  const perRequestMiB = growthPerRequest(growth, workers, ratePerSecond);
  return perRequestMiB === null ? null : Math.max(0, (limitMiB - usedMiB) / workers / perRequestMiB);
}

function growthPerRequest(
  { per, memoryMiB }: MemoryGrowth,
  workers: number,
  ratePerSecond: number | null,
): number | null {
  if (per === 'request') return memoryMiB;
  return ratePerSecond === null ? null : (memoryMiB * workers) / (3600 * ratePerSecond);
}
