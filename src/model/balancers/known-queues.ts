import { erlangC } from '../../math/queues/erlang/erlang-c.js';
import { shortestLine } from '../threads/shortest-line.js';
import { shorterOfTwo } from './shorter-of-two.js';

/** How requests are spread over replicas. */
export type Balancer = 'round-robin' | 'random' | 'least-connections' | 'power-of-two';

/** Mean wait in M/M/c, in service times; `utilization` below 1. */
const pooledWait = (servers: number, utilization: number): number =>
  erlangC(servers, servers * utilization) / (servers * (1 - utilization));

/**
 * Mean wait at replicas of `servers` servers each, every request joining the one with the fewest requests, over the wait with
 * a random choice. One queue for all, times what it costs that a replica can run dry beside others with a queue.
 */
export function leastConnectionsRatio(replicas: number, servers: number, utilization: number): number {
  const wait = pooledWait(replicas * servers, utilization) * runningDry(replicas, utilization);
  return Math.min(1, wait / pooledWait(servers, utilization));
}

/** Replicas up to which their chain is solved; beyond, what is seen at half and all of them is carried on. */
const MOST_SOLVED = 128;

/**
 * Mean wait in the shortest of so many queues of one server each, over that in one queue for all. Where the replicas are many
 * and (1 − ρ)√N stays the same, the number waiting tends to grow with √N (Eschenfeldt & Gamarnik 2018), from below by 1/√N.
 */
function runningDry(replicas: number, utilization: number): number {
  if (replicas <= MOST_SOLVED) return shortestLine(replicas, replicas * utilization);
  const slack = (1 - utilization) * Math.sqrt(replicas);
  const waitingAt = (n: number): number => {
    const load = 1 - slack / Math.sqrt(n);
    return load > 0 ? pooledWait(n, load) * shortestLine(n, n * load) * load * Math.sqrt(n) : 0;
  };
  const [half, all] = [waitingAt(MOST_SOLVED / 2), waitingAt(MOST_SOLVED)];
  const steps = [2 / MOST_SOLVED, 1 / MOST_SOLVED, 1 / replicas].map(Math.sqrt);
  const waiting = all + ((all - half) * (steps[1]! - steps[2]!)) / (steps[0]! - steps[1]!);
  const pooled = pooledWait(replicas, utilization) * utilization * Math.sqrt(replicas);
  return pooled > 0 ? Math.max(1, waiting / pooled) : 1;
}

/**
 * The same for the shorter of two queues chosen at random: that of a fleet without end ({@link shorterOfTwo}); a finite one
 * waits longer by ρ²/(2(1 − ρ)) services over its servers (Gast & Van Houdt 2017, "A refined mean
 * field approximation"). Never less than with all queues known.
 */
export function powerOfTwoRatio(replicas: number, servers: number, utilization: number): number {
  const least = leastConnectionsRatio(replicas, servers, utilization);
  if (replicas <= 2) return least;
  const waiting = meanFieldWaiting(servers, utilization);
  const finite = utilization ** 2 / (2 * (1 - utilization) * replicas * servers);
  const wait = waiting / (servers * utilization) + finite;
  return Math.min(1, Math.max(least, wait / pooledWait(servers, utilization)));
}

/** Mean number waiting at a replica of so many servers, services taking 1. */
function meanFieldWaiting(servers: number, utilization: number): number {
  const rates = Array.from({ length: servers + 1 }, (_, n) => n);
  const shares = shorterOfTwo(rates, servers * utilization);
  return shares?.slice(servers + 1).reduce((sum, share) => sum + share, 0) ?? 0;
}
