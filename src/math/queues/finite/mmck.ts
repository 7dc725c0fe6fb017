import { positive, whole } from '../../numeric/domain.js';
import { logAddExp } from '../../numeric/exponentials.js';
import { lnGeometricSum, truncatedGeometricMean } from '../../numeric/geometric.js';
import { durationsOf } from '../durations.js';
import { lnB } from '../erlang/erlang-b.js';
import type { MarkovQueue } from '../mmc/mmc.js';
import type { Durations, QueueResult } from '../result.js';
import { stagesTail } from './stages.js';
import { truncatedGeometricStages, withServiceStages } from './truncated-stages.js';

export interface FiniteQueue extends MarkovQueue {
  /** K: most customers in the system, in service or waiting; at least `servers`. */
  readonly capacity: number;
}

/**
 * M/M/c/K: an arrival that finds K in the system is refused. Waiting and sojourn times are those of accepted arrivals.
 * Exact and always stable, at any load. With K = c it is Erlang's loss system. Sums are in closed form, percentiles take
 * O(√K) steps; relative error about 1e-12, percentiles 1e-11.
 *
 * With p_c = 1 the states below c weigh (c/a)/B(c − 1, a), those from c on rʲ, r = a/c: positive sums only, of which
 * the largest is scaled to 1.
 *
 * @throws RangeError where an input is outside its range or the capacity is below the servers.
 * @see Gross & Harris 1998, section 2.4.
 */
export function mmck({ arrivalRate, serviceTime, servers, capacity }: FiniteQueue): QueueResult {
  positive('arrivalRate', arrivalRate);
  positive('serviceTime', serviceTime);
  whole('servers', servers);
  whole('capacity', capacity, servers);
  const load = arrivalRate * serviceTime;
  const room = capacity - servers;
  const lnRatio = Math.log1p((load - servers) / servers);
  // Logarithms of the weights of: a free server, all busy with room left, full; scaled by p_c or by p_K.
  const scale = lnRatio > 0 ? -room * lnRatio : 0;
  const free = Math.log(servers / load) - lnB(servers - 1, load) + scale;
  const busy = lnGeometricSum(-Math.abs(lnRatio), room) - Math.max(0, lnRatio);
  const full = lnRatio > 0 ? 0 : room * lnRatio;
  const accepted = logAddExp(free, busy);
  const all = logAddExp(accepted, full);
  const waiting = Math.exp(busy - accepted);
  const throughput = Math.min(arrivalRate * Math.exp(accepted - all), servers / serviceTime);
  const meanStages = room === 0 ? 0 : 1 + truncatedGeometricMean(lnRatio, room);
  const meanWait = (waiting * meanStages * serviceTime) / servers;
  const meanQueueLength = throughput * meanWait;
  return {
    stable: true,
    servers,
    offeredLoad: load,
    utilization: Math.min(1, (throughput * serviceTime) / servers),
    waitProbability: waiting,
    blockingProbability: Math.exp(full - all),
    throughput,
    meanQueueLength,
    meanInSystem: meanQueueLength + throughput * serviceTime,
    ...times(waiting, meanWait, lnRatio, room, { arrivalRate, serviceTime, servers }),
    exact: true,
    route: 'birth and death, closed form',
  };
}

function times(
  waiting: number,
  meanWait: number,
  lnRatio: number,
  room: number,
  queue: MarkovQueue,
): { readonly wait: Durations; readonly sojourn: Durations } {
  const { serviceTime, servers } = queue;
  const rate = servers / serviceTime;
  const stages = truncatedGeometricStages(waiting, lnRatio, room);
  const withService = withServiceStages(stages, queue);
  const waitTail = (t: number) => stagesTail(rate, t, stages.survivor);
  const sojournTail = (t: number) =>
    (1 - waiting) * Math.exp(-t / serviceTime) + stagesTail(rate, t, withService);
  return { wait: durationsOf(meanWait, waitTail), sojourn: durationsOf(meanWait + serviceTime, sojournTail) };
}
