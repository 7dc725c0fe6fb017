import type { Configuration, Wanted } from '../server.js';

const RECYCLE_AFTER = 10_000;
const RECYCLE_AFTER_SECONDS = 3600;

/** Requests after which a worker is replaced: an hour's worth at the given rate, in whole thousands, and never few. */
export function recycleAfter(
  { ratePerSecond }: Pick<Wanted, 'ratePerSecond'>,
  { workers }: Pick<Configuration, 'workers'>,
): number {
  const hourly = ((ratePerSecond ?? 0) * RECYCLE_AFTER_SECONDS) / workers;
  return Math.max(RECYCLE_AFTER, 1000 * Math.ceil(hourly / 1000));
}
