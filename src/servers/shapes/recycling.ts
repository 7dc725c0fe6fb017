import type { Configuration, Wanted } from '../server.js';

const RECYCLE_AFTER = 10_000;
const RECYCLE_AFTER_SECONDS = 3600;

const FEWEST = 10;

/**
 * Requests after which a worker is replaced: an hour's worth at the given rate, in whole thousands, and never few; or as many
 * fewer as its memory can grow by, jitter included, in tens.
 */
export function recycleAfter(
  { ratePerSecond, requestsUntilFull }: Pick<Wanted, 'ratePerSecond' | 'requestsUntilFull'>,
  { workers }: Pick<Configuration, 'workers'>,
): number {
  const hourly = ((ratePerSecond ?? 0) * RECYCLE_AFTER_SECONDS) / workers;
  const usual = Math.max(RECYCLE_AFTER, 1000 * Math.ceil(hourly / 1000));
  if (requestsUntilFull === null) return usual;
  return Math.max(FEWEST, Math.min(usual, inTens(withoutJitter(requestsUntilFull))));
}

/** A worker serves up to a tenth more than the limit, the jitter. */
const withoutJitter = (requests: number): number => (10 * requests) / 11;

/** Rounded down to two digits, or to a ten where there are fewer. */
function inTens(requests: number): number {
  const step = 10 ** Math.max(1, Math.floor(Math.log10(Math.max(1, requests))) - 1);
  return step * Math.floor(requests / step);
}

/** Why a worker is replaced after so many requests. */
export const whyRecycled = ({ requestsUntilFull }: Pick<Wanted, 'requestsUntilFull'>): string =>
  requestsUntilFull === null
    ? 'a worker is replaced after so many requests, which bounds slow growth of its memory'
    : 'a worker is replaced after so many requests, before its memory grows beyond what is free';
