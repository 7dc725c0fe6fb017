import { earliestFree } from './earliest-free.js';
import type { RunLength } from './engine.js';
import type { Policy } from './policy.js';
import type { RequestSource } from './source.js';
import type { Tally } from './tally.js';

const PULSE = 2 ** 16 - 1;

/**
 * Whether a server is plain first come first served over equal servers: one request per process, a core for each. Then
 * no event list is needed.
 */
export function isFcfs(policy: Policy): boolean {
  return (
    policy.slots === 1 &&
    policy.connections === 1 &&
    policy.takes === 'on-arrival' &&
    policy.cores >= policy.processes &&
    policy.quota === null
  );
}

/**
 * G/G/c first come first served by the recursion of Kiefer & Wolfowitz (1955): a request starts at its arrival or when
 * the earliest server is free, whichever is later. Requests start in order, so the backlog is full exactly when the one
 * that came `backlog` accepted requests before has not started yet.
 */
export function serveFcfs(
  policy: Policy,
  source: RequestSource,
  ioCalls: number,
  length: RunLength,
  tally: Tally,
  interrupted: () => boolean = () => false,
): void {
  const { overheadMs, holdMs, timeoutMs, backlog, processes } = policy;
  const servers = earliestFree(processes);
  const starts = new Float64Array(Math.max(1, backlog)).fill(Number.NEGATIVE_INFINITY);
  const last = length.warmup + length.requests;
  let oldest = 0;
  let from = 0;
  let until = 0;
  for (let n = 0; n < last && source.advance(); n++) {
    const arrival = source.atMs;
    const counted = n >= length.warmup;
    if (n === length.warmup) from = arrival;
    const free = servers.next;
    const start = Math.max(free, arrival);
    if (start > arrival && (backlog === 0 || starts[oldest]! > arrival)) {
      if (counted) tally.rejected++;
      continue;
    }
    starts[oldest] = start;
    oldest = oldest + 1 < backlog ? oldest + 1 : 0;
    const wanted = source.cpuMs + overheadMs + (ioCalls > 0 ? source.ioMs : 0);
    const killed = wanted > timeoutMs;
    const service = killed ? timeoutMs : wanted;
    const end = start + service;
    const held = killed ? service : service + holdMs;
    servers.occupy(start + held);
    if (end > until) until = end;
    if (counted) {
      if (start > arrival) tally.waited++;
      tally.cpuBusyMs += source.cpuMs + overheadMs;
      tally.slotBusyMs += held;
      if (killed) tally.killed++;
      else tally.respond(end - arrival);
    }
    if ((n & PULSE) === PULSE && interrupted()) break;
  }
  tally.spanMs = until - from;
  tally.servedBy.fill(tally.served / processes);
}
