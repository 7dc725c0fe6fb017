import { nonNegative, openShare, whole } from '../../numeric/domain.js';
import { findRoot, leastWhole } from '../../numeric/roots.js';
import { lnB } from './erlang-b.js';
import { lnC } from './erlang-c.js';

/**
 * Fewest servers (a whole number ≥ 0) with Erlang B at most `blocking`, by doubling strides from a first guess and
 * bisection: about 2 log₂ √a evaluations.
 *
 * @param offeredLoad a ≥ 0 erlangs. @param blocking 0 < B < 1.
 * @throws RangeError outside these ranges.
 */
export function serversForBlocking(offeredLoad: number, blocking: number): number {
  nonNegative('offeredLoad', offeredLoad);
  const target = Math.log(openShare('blocking', blocking));
  return leastWhole((servers) => lnB(servers, offeredLoad) <= target, 0, offeredLoad * (1 - blocking));
}

/**
 * Fewest servers (a whole number > a) with Erlang C at most `waiting`.
 *
 * @param offeredLoad a ≥ 0 erlangs. @param waiting 0 < C < 1.
 * @throws RangeError outside these ranges.
 */
export function serversForWaiting(offeredLoad: number, waiting: number): number {
  nonNegative('offeredLoad', offeredLoad);
  const target = Math.log(openShare('waiting', waiting));
  const least = Math.floor(offeredLoad) + 1;
  return leastWhole((servers) => lnC(servers, offeredLoad) <= target, least, least + Math.sqrt(offeredLoad));
}

/**
 * Greatest load in erlangs at which Erlang B is at most `blocking`; relative error about 1e-14, more where B hardly
 * depends on the load.
 *
 * @param servers c ≥ 1, whole. @param blocking 0 < B < 1.
 * @throws RangeError outside these ranges.
 */
export function loadForBlocking(servers: number, blocking: number): number {
  whole('servers', servers);
  const target = Math.log(openShare('blocking', blocking));
  // B ≥ 1 − c/a bounds the load from above.
  return rootFromAbove((load) => lnB(servers, load) - target, servers / (1 - blocking));
}

/**
 * Greatest load in erlangs, below `servers`, at which Erlang C is at most `waiting`.
 *
 * @param servers c ≥ 1, whole. @param waiting 0 < C < 1.
 * @throws RangeError outside these ranges.
 */
export function loadForWaiting(servers: number, waiting: number): number {
  whole('servers', servers);
  const target = Math.log(openShare('waiting', waiting));
  return rootFromAbove((load) => lnC(servers, load) - target, servers);
}

/** Root of an increasing function below `high`, where it is positive, or 0 but for rounding. */
function rootFromAbove(f: (x: number) => number, high: number): number {
  if (f(high) <= 0) return high;
  let low = high / 2;
  let upper = high;
  while (f(low) > 0) [low, upper] = [low / 2, low];
  return findRoot(f, low, upper);
}
