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
    policy.closeMs === 0 &&
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
  const { histogram } = tally;
  let oldest = 0;
  let from = 0;
  let until = 0;
  let [waited, rejected, killed, served] = [0, 0, 0, 0];
  let [sumMs, cpuBusyMs, slotBusyMs] = [0, 0, 0];
  for (let n = 0; n < last && source.advance(); n++) {
    const arrival = source.atMs;
    const counted = n >= length.warmup;
    if (n === length.warmup) from = arrival;
    const start = Math.max(servers.next, arrival);
    if (start > arrival && (backlog === 0 || starts[oldest]! > arrival)) {
      if (counted) rejected++;
      continue;
    }
    starts[oldest] = start;
    oldest = oldest + 1 < backlog ? oldest + 1 : 0;
    const cpu = source.cpuMs + overheadMs;
    const wanted = ioCalls > 0 ? cpu + source.ioMs : cpu;
    const kill = wanted > timeoutMs;
    const service = kill ? timeoutMs : wanted;
    const held = kill ? service : service + holdMs;
    const end = start + service;
    servers.occupy(start + held);
    if (counted) {
      until = arrival;
      if (start > arrival) waited++;
      cpuBusyMs += cpu;
      slotBusyMs += held;
      if (kill) killed++;
      else {
        served++;
        sumMs += end - arrival;
        histogram.add(end - arrival);
        if (tally.responses !== null) tally.responses.push(end - arrival);
      }
    }
    if ((n & PULSE) === PULSE && interrupted()) break;
  }
  const spanMs = until - from;
  Object.assign(tally, { waited, rejected, killed, served, sumMs, cpuBusyMs, slotBusyMs, spanMs });
  tally.servedBy.fill(served / processes);
}
