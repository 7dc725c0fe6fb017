import type { Facility } from '../discipline.js';
import { type Problem, problemOf } from '../problem.js';
import { ThreadPool } from '../threads/thread-pool.js';
import type { Workload } from '../types.js';
import { anyAlike, shorterOfTwo } from './shorter-of-two.js';

/** Rates per second of one replica. */
interface Rates {
  readonly ratePerSecond: number;
  /** Of the Poisson arrivals with the same mean wait. */
  readonly equivalent: number;
  readonly capacityPerSecond: number;
}

/**
 * By how much times spread less about their mean where requests join the shorter of two queues than with Poisson arrivals of
 * the same mean wait: the ratio of their standard deviations, at most 1. Such queues are hardly ever much longer than others.
 *
 * Who comes to n others waits for what n + 1 take beyond a request alone, (n + 1)/μ(n + 1) − 1/μ(1) by the response time law,
 * give or take √(that·service). In a finite fleet all queues can be long at once, for as long as one queue for all is:
 * with probability ρ²/2 for 1/(N(μ − λ)), whose mean is the correction of Gast and Van Houdt (2017).
 */
export function narrowerBy(
  facility: Facility,
  workload: Workload,
  { ratePerSecond, equivalent, capacityPerSecond }: Rates,
  replicas: number,
): number {
  const problem = problemOf(facility, { ...workload, ratePerSecond: null });
  const rates = ratesByNumber(problem);
  const most = rates.at(-1)!;
  const load = (rate: number): number => Math.min(MOST_LOAD, rate / capacityPerSecond);
  const present = load(ratePerSecond);
  const longMs = 1 / (most * replicas * (1 - present));
  const commonMs = (present ** 2 / 2) * longMs;
  const shares = shorterOfTwo(rates, present * most);
  if (shares === null) return 1;
  const two = shares.map((share) => share ** 2);
  const alike = anyAlike(rates, load(equivalent) * most);
  const common = { meanMs: commonMs, variance: commonMs * (2 * longMs - commonMs) };
  const ratio = varianceOf(problem, rates, two, common) / varianceOf(problem, rates, alike, NOTHING);
  return Math.min(1, Math.sqrt(ratio));
}

/** A load at which queues are long enough for anything to be seen. */
export const MOST_LOAD = 0.999;
/** Requests beyond which a replica answers no more of them, and a throughput that is nearly all. */
const MOST_REQUESTS = 200;
const NEARLY_ALL = 0.9999;

const NOTHING = { meanMs: 0, variance: 0 };

/** μ(n), per ms, by the number of requests at a replica, up to where it grows no more. */
function ratesByNumber({ pool }: Problem): readonly number[] {
  const threads = new ThreadPool(pool);
  const enough = NEARLY_ALL * threads.saturation;
  const rates = [0];
  while (rates.length <= Math.min(threads.slots, MOST_REQUESTS) && rates.at(-1)! < enough)
    rates.push(threads.throughput(rates.length));
  return rates;
}

/** Variance of times, ms², `finds[n]` being the probability of finding n or more, and `common` a wait of all alike. */
function varianceOf(
  { cpu, io }: Problem,
  rates: readonly number[],
  finds: readonly number[],
  common: typeof NOTHING,
): number {
  const last = rates.length - 1;
  const aloneMs = cpu.mean + io.mean;
  let [mean, square] = [0, 0];
  for (const [n, share] of finds.entries()) {
    const waitMs = Math.max(0, (n + 1) / rates[Math.min(n + 1, last)]! - aloneMs);
    const probability = share - (finds[n + 1] ?? 0);
    mean += probability * waitMs;
    square += probability * waitMs ** 2;
  }
  const own = cpu.scv * cpu.mean ** 2 + io.scv * io.mean ** 2;
  const served = (((mean + common.meanMs) / rates[last]!) * (1 + cpu.scv)) / 2;
  return own + served + square - mean ** 2 + common.variance;
}
