import { power, product } from './series.js';

/** What N requests over several equal processes with queues of their own look like, for every N up to a limit. */
export interface Spread {
  /** E[requests in service | N]. */
  readonly inService: Float64Array;
  /** Standard deviation of the same. */
  readonly deviation: Float64Array;
  /** P(a given process has no free thread | N). */
  readonly full: Float64Array;
}

/**
 * N requests over `processes` equal processes, each with occupancy weights f(n) = Π_{j≤n} 1/X(min(j, threads)): the
 * product form of independent queues fed alike, which neither the rate nor a slowdown common to all of them changes.
 * `throughput(n)` of one process, which takes no more than `connections`; what is more than all of them take waits behind.
 */
export function spreadOver(
  processes: number,
  threads: number,
  connections: number,
  throughput: (held: number) => number,
  most: number,
): Spread {
  const one = occupancies(threads, throughput, most).fill(0, Math.min(most, connections) + 1);
  const others = power(one, processes - 1, scaledProduct);
  const inService = new Float64Array(most + 1);
  const deviation = new Float64Array(most + 1);
  const full = new Float64Array(most + 1);
  for (let total = 0; total <= most; total++) {
    let mass = 0;
    let served = 0;
    let squared = 0;
    let waitingSquared = 0;
    let atFull = 0;
    for (let n = 0; n <= total; n++) {
      const p = one[n]! * others[total - n]!;
      mass += p;
      const busy = Math.min(n, threads);
      served += p * busy;
      squared += p * busy * busy;
      waitingSquared += p * (n - busy) ** 2;
      if (n >= threads) atFull += p;
    }
    inService[total] = mass > 0 ? (processes * served) / mass : Math.min(total, processes * threads);
    // The total being given, the processes' shares are negatively correlated, so that both sums of variances bound that of
    // the requests in service, which is the total less those waiting.
    const each = mass > 0 ? served / mass : 0;
    const drawn = Math.max(0, total - 1) / (total + processes - 2 || 1);
    const ofServed = mass > 0 ? Math.max(0, squared / mass - each ** 2) * drawn : 0;
    const ofWaiting = mass > 0 ? Math.max(0, waitingSquared / mass - (total / processes - each) ** 2) : 0;
    deviation[total] = Math.sqrt(processes * Math.min(ofServed, ofWaiting));
    full[total] = mass > 0 ? atFull / mass : 1;
  }
  return { inService, deviation, full };
}

/** Occupancy weights up to a factor, in units of the throughput of all threads, which a geometric series would leave the range of numbers in. */
function occupancies(threads: number, throughput: (held: number) => number, most: number): Float64Array {
  const full = Math.log(throughput(threads));
  const logs = new Float64Array(most + 1);
  let largest = 0;
  for (let n = 1; n <= most; n++) {
    logs[n] = n < threads ? logs[n - 1]! + full - Math.log(throughput(n)) : logs[n - 1]!;
    if (logs[n]! > largest) largest = logs[n]!;
  }
  return logs.map((log) => Math.exp(log - largest));
}

/** The product scaled to stay in range. */
function scaledProduct(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const found = product(a, b);
  let largest = 0;
  for (const v of found) if (v > largest) largest = v;
  if (largest > 0) for (let i = 0; i < found.length; i++) found[i]! /= largest;
  return found;
}
