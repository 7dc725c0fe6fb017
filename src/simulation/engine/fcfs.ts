import { goOn, type RunLength } from '../run/run-length.js';
import { Tally } from '../run/run-totals.js';
import type { RequestSource } from './arrivals.js';
import { type EarliestFree, earliestFree } from './free-servers.js';
import type { Policy } from './policy.js';

/** Requests served between two looks at whether to go on. */
const BLOCK = 4096;

/**
 * Whether a server is plain first come first served over equal servers: one request per process, a core for each. Then
 * no event list is needed.
 */
export function isFcfs(policy: Policy): boolean {
  return (
    policy.slots === 1 &&
    policy.connections === 1 &&
    policy.accepts !== 'between-turns' &&
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
  { warmup, requests }: RunLength,
  tally: Tally,
  interrupted: () => boolean = goOn,
): void {
  const fcfs = new Fcfs(policy, source, ioCalls);
  const ignored = new Tally(policy.processes);
  if (fcfs.serve(warmup, ignored, interrupted)) fcfs.serve(requests, tally, interrupted);
  tally.servedBy.fill(tally.served / policy.processes);
}

class Fcfs {
  private readonly policy: Policy;
  private readonly source: RequestSource;
  private readonly ioCalls: number;
  private readonly servers: EarliestFree;
  /** Starts of the last `backlog` accepted requests, in a ring. */
  private readonly starts: Float64Array;
  private oldest = 0;
  /** First arrival of the present tally, ms. */
  private from = 0;

  constructor(policy: Policy, source: RequestSource, ioCalls: number) {
    this.policy = policy;
    this.source = source;
    this.ioCalls = ioCalls;
    this.servers = earliestFree(policy.processes);
    this.starts = new Float64Array(Math.max(1, policy.backlog)).fill(Number.NEGATIVE_INFINITY);
  }

  /** Serves the next `requests`; false where the source has ended or `interrupted` says to stop. */
  serve(requests: number, tally: Tally, interrupted: () => boolean): boolean {
    for (let left = requests; left > 0; left -= BLOCK) {
      if (!this.serveBlock(Math.min(BLOCK, left), tally) || interrupted()) return false;
    }
    return true;
  }

  /** Short enough to be called often, so that the compiler knows its types before it compiles it. */
  private serveBlock(requests: number, tally: Tally): boolean {
    const { source, servers, starts, ioCalls } = this;
    const { overheadMs, holdMs, killAfterMs, shedAfterMs, backlog } = this.policy;
    const { histogram, responses } = tally;
    let { waited, rejected, killed, served, sumMs, cpuBusyMs, slotBusyMs } = tally;
    let oldest = this.oldest;
    let n = 0;
    for (; n < requests && source.advance(); n++) {
      const arrival = source.atMs;
      if (n === 0 && tally.arrived === 0) this.from = arrival;
      const start = Math.max(servers.next, arrival);
      if (start > arrival) {
        if (backlog === 0 || starts[oldest]! > arrival) {
          rejected++;
          continue;
        }
        waited++;
      }
      starts[oldest] = start;
      oldest = oldest + 1 < backlog ? oldest + 1 : 0;
      if (start - arrival > shedAfterMs) {
        rejected++;
        continue;
      }
      const cpu = source.cpuMs + overheadMs;
      const wanted = ioCalls > 0 ? cpu + source.ioMs : cpu;
      const kill = wanted > killAfterMs;
      const service = kill ? killAfterMs : wanted;
      const held = kill ? service : service + holdMs;
      servers.occupy(start + held);
      cpuBusyMs += cpu;
      slotBusyMs += held;
      if (kill) {
        killed++;
        continue;
      }
      const response = start + service - arrival;
      served++;
      sumMs += response;
      histogram.add(response);
      if (responses !== null) responses.push(response);
    }
    this.oldest = oldest;
    const spanMs = source.atMs - this.from;
    Object.assign(tally, { waited, rejected, killed, served, sumMs, cpuBusyMs, slotBusyMs, spanMs });
    return n === requests;
  }
}
