import { erlangC } from '../math/queues/erlang/erlang-c.js';
import { shortestLine } from '../model/threads/shortest-line.js';

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
  const wait = pooledWait(replicas * servers, utilization) * shortestLine(replicas, replicas * utilization);
  return Math.min(1, wait / pooledWait(servers, utilization));
}

/**
 * The same for the shorter of two queues chosen at random: in a fleet without end the number at a replica is a birth-death
 * chain whose arrival rate at n is λ(sₙ + sₙ₊₁), sₙ the share of replicas with n or more (Mitzenmacher 2001; Vvedenskaya et
 * al. 1996); a finite one waits longer by ρ²/(2(1 − ρ)) services over its servers (Gast & Van Houdt 2017, "A refined mean
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

const MOST_WAITING = 400;
const ROUNDS = 500;

/** Mean number waiting at a replica, services taking 1, by iterating the shares sₙ to their fixed point. */
function meanFieldWaiting(servers: number, utilization: number): number {
  const rate = servers * utilization;
  const most = servers + MOST_WAITING;
  let atLeast: Float64Array = Float64Array.from({ length: most + 2 }, (_, n) => utilization ** n);
  for (let round = 0; round < ROUNDS; round++) {
    const next = chainOf(atLeast, rate, servers);
    let change = 0;
    for (let n = 0; n < next.length; n++) {
      change = Math.max(change, Math.abs(next[n]! - atLeast[n]!));
      next[n] = (next[n]! + atLeast[n]!) / 2;
    }
    atLeast = next;
    if (change < 1e-12) break;
  }
  let waiting = 0;
  for (let n = servers + 1; n <= most; n++) waiting += atLeast[n]!;
  return waiting;
}

/** Shares of replicas with n or more, where arrivals see the shares `before`. */
function chainOf(before: Float64Array, rate: number, servers: number): Float64Array {
  const size = before.length;
  const logs = new Float64Array(size);
  for (let n = 1; n < size; n++) {
    const up = rate * (before[n - 1]! + before[n]!);
    logs[n] = up > 0 ? logs[n - 1]! + Math.log(up / Math.min(n, servers)) : Number.NEGATIVE_INFINITY;
  }
  const top = logs.reduce((most, log) => Math.max(most, log), 0);
  const shares = logs.map((log) => Math.exp(log - top));
  const total = shares.reduce((sum, share) => sum + share, 0);
  let above = 0;
  for (let n = size - 1; n >= 0; n--) {
    above += shares[n]! / total;
    shares[n] = above;
  }
  return shares;
}
