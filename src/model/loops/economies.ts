import type { Circulation } from '../threads/circulation.js';
import type { Pool } from '../threads/thread-pool.js';
import { sharedPopulation } from './shared-population.js';
import { lifted, throughputs } from './throughputs.js';

/** What many processes have of what a few in proportion have, as shares of it. */
export interface Economies {
  readonly waiting: number;
  readonly mustWait: number;
  readonly stretched: number;
}

/** Processes beyond which more change nothing that can be seen. */
const MOST_SERVERS = 4096;

/** One queue before a few processes. */
interface Queue {
  readonly throughput: Float64Array;
  readonly arrivals: number;
  readonly lift: number;
}

/** What waits, who must wait and what is lost at the cores for all processes, each as a share of that for a few in proportion. */
export function economies({ processes, cores }: Pool, { cpuMs, ioMs }: Circulation, few: Queue): Economies {
  const servers = Math.min(processes, MOST_SERVERS);
  const share = (few.throughput.length - 1) / servers;
  if (share >= 1) return { waiting: 1, mustWait: 1, stretched: 1 };
  const throughput = lifted(throughputs(cpuMs, ioMs, (cores * servers) / processes, servers), few.lift);
  const all = sharedPopulation(throughput, few.arrivals / share);
  const part = sharedPopulation(few.throughput, few.arrivals);
  const demandMs = cpuMs + ioMs;
  const ratio = (a: number, b: number): number => (b > 0 ? Math.min(1, Math.max(1e-12, a / b)) : 1);
  return {
    waiting: ratio(all.waiting * share, part.waiting),
    mustWait: ratio(all.mustWait, part.mustWait),
    stretched: ratio((all.busy * share) / few.arrivals - demandMs, part.busy / few.arrivals - demandMs),
  };
}
