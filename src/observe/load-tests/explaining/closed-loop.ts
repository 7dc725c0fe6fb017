import type { Facility } from '../../../model/discipline.js';
import { problemOf } from '../../../model/problem.js';
import { ThreadPool } from '../../../model/threads/thread-pool.js';
import type { Workload } from '../../../model/types.js';

/** What a server does for users who each wait for an answer before they send again. */
export interface ClosedLoop {
  readonly throughputPerSecond: number;
  /** Mean time from request to answer, ms. */
  readonly meanMs: number;
}

/**
 * `users` ≥ 1 who think for `thinkMs` ≥ 0 on average between answer and next request: the server as a flow-equivalent station
 * whose rate with n requests present is that of its threads with min(n, slots) in service, p(n) ∝ Π_{j<n} (N − j)/(Z·μ(j + 1)).
 * Without thinking all N are always present and X = μ(N). The rate of the workload is not asked for. Exact in the product
 * form (exponential bursts shared equally); no percentiles.
 *
 * @see Chandy, Herzog & Woo 1975 (flow equivalence); Denning & Buzen 1978 (response time law, R = N/X − Z).
 */
export function closedLoop(
  facility: Facility,
  workload: Workload,
  users: number,
  thinkMs: number,
): ClosedLoop {
  const pool = new ThreadPool(problemOf(facility, { ...workload, ratePerSecond: null }).pool);
  const most = Math.max(1, Math.round(users));
  const rateOf = (present: number): number => pool.throughput(Math.min(present, pool.slots));
  const perMs = thinkMs > LEAST_THINKING_MS ? thinking(most, thinkMs, rateOf) : rateOf(most);
  return { throughputPerSecond: 1000 * perMs, meanMs: Math.max(0, most / perMs - thinkMs) };
}

/** Less is none, and would only divide by nothing. */
const LEAST_THINKING_MS = 1e-6;

/** Mean rate over the numbers present, with weights kept within the range of numbers. */
function thinking(users: number, thinkMs: number, rateOf: (present: number) => number): number {
  let [weight, sum, rate] = [1, 1, 0];
  for (let n = 1; n <= users; n++) {
    const served = rateOf(n);
    weight *= (users - n + 1) / (thinkMs * served);
    sum += weight;
    rate += weight * served;
    if (weight > 1e200) {
      weight *= 1e-200;
      sum *= 1e-200;
      rate *= 1e-200;
    } else if (weight < sum * 1e-15 && n > 1) break;
  }
  return rate / sum;
}
