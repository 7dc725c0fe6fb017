import { positive } from '../../numeric/domain.js';
import { leastWhole } from '../../numeric/roots.js';
import { type MarkovQueue, type MmcResult, mmc } from './mmc.js';

/**
 * Fewest servers with which M/M/c meets an objective, such as `({ wait }) => wait.percentile(0.95) <= 0.05`. Starts near
 * a + √a/2 and takes about 2 log₂ √a looks, each in constant time.
 *
 * @param meets asked of stable systems only; once true it must stay true as servers are added.
 * @throws RangeError where an input is not positive, or nothing up to a + 1e9 servers meets the objective.
 */
export function serversForMmc(
  { arrivalRate, serviceTime }: Omit<MarkovQueue, 'servers'>,
  meets: (result: Stable) => boolean,
): number {
  const load = positive('arrivalRate', arrivalRate) * positive('serviceTime', serviceTime);
  const least = Math.floor(load) + 1;
  return leastWhole(
    (servers) => meets(mmc({ arrivalRate, serviceTime, servers }) as Stable),
    least,
    least + Math.sqrt(load) / 2,
    least + 1e9,
  );
}

/** A result of which nothing is null. */
type Stable = { readonly [K in keyof MmcResult]: NonNullable<MmcResult[K]> };
