import type { Demand } from '../../math/laws/limited-mean.js';
import { erlangC } from '../../math/queues/erlang/erlang-c.js';
import { connectionWaits } from '../connections/of-threads.js';
import { type ConnectionWaits, NO_LINE } from '../connections/waits.js';
import { slowdownIn } from '../response/contention.js';
import type { ResponseParts, Wait } from '../response/response-parts.js';
import { gapBetween, growth, lineRelaxation, linkedWaits, stillThere } from '../response/time-slices.js';
import { type GoingOn, type InsideThePool, insideThePool, NOT_GOING_ON } from './main-thread.js';
import { type LineEnd, type Population, population } from './population.js';
import { shortestLine } from './shortest-line.js';
import { type Pool, ThreadPool } from './thread-pool.js';

/** What a group of processes does with a rate of requests. Times in ms, rates per ms. */
export interface Outcome {
  readonly stable: boolean;
  /** Largest throughput, per ms. */
  readonly saturation: number;
  readonly waitProbability: number;
  readonly rejectProbability: number;
  readonly meanMs: number;
  readonly meanWaitMs: number;
  /** Mean rate of arrivals, per ms, where it depends on what is there. */
  readonly arrivals?: number;
  readonly connections?: ConnectionWaits | undefined;
  /** What response times are made of, for percentiles: made when asked, as it takes as long as the means. Null of an unstable group. */
  readonly parts: (() => ResponseParts) | null;
}

export interface Requests {
  readonly ratePerMs: number;
  /** While every slot is taken; `ratePerMs` when left out. */
  readonly whenFullPerMs?: number | undefined;
  readonly cpu: Demand;
  readonly io: Demand;
  readonly cpuParts: number;
  /** The equal parts that the CPU waits like where it is done in turns; `cpuParts` when left out. */
  readonly bursts?: number;
  /** Share of the CPU work that is done in turns with others; the rest is first come first served. */
  readonly inTurns: number;
  /** Whether a real server is asked about, whose parts are seldom equal. */
  readonly real: boolean;
}

export const overloaded = (saturation: number): Outcome => ({
  stable: false,
  saturation,
  waitProbability: 1,
  rejectProbability: 0,
  meanMs: 0,
  meanWaitMs: 0,
  parts: null,
});

/** One first-come-first-served queue in front of all threads (Chandy–Herzog–Woo flow-equivalent server). */
export function sharedQueue(
  full: Pool,
  requests: Requests,
  waitingPlaces: number,
  shedAfterMs = Number.POSITIVE_INFINITY,
): Outcome {
  const { cpu, io, cpuParts, bursts = cpuParts, inTurns } = requests;
  const chain = chainOf(full, requests, { places: waitingPlaces, shedAfterMs });
  const { pool, threads, wholeScv, people } = chain;
  const { saturation, waitProbability, rejectProbability, arrivals } = people;
  if (!people.stable) return { ...overloaded(saturation), rejectProbability };
  const accepted = arrivals * (1 - rejectProbability);
  const gapMs = gapBetween(io.mean, cpuParts);
  const linked = threads.linked(accepted);
  const connections = connectionWaits(threads, people, {
    visits: cpuParts - 1,
    cpuMs: pool.cpuMs,
    ioMs: pool.ioMs,
  });
  const { meanMs: connectionMs, foundMs } = connections ?? NO_LINE;
  const served: Served = { full, requests, chain, accepted, linked, gapMs };
  const evenMs = servedEvenlyMs(served, foundMs);
  const meanServedMs = feltAgainMs(served, inUnevenLinesMs(served, evenMs));
  const meanWaitMs = (people.meanWaiting / accepted) * ((1 + wholeScv) / 2);
  const meanStretch = Math.max(1, (meanServedMs - io.mean) / cpu.mean);
  const mostMs = Math.min(waitingPlaces / saturation, shedAfterMs);
  const wait: Wait =
    waitProbability > 0
      ? [{ probability: waitProbability, meanMs: meanWaitMs / waitProbability, mostMs }]
      : [];
  return {
    stable: true,
    arrivals,
    saturation,
    // Who is shed has waited.
    waitProbability: Number.isFinite(shedAfterMs)
      ? waitProbability + (1 - waitProbability) * rejectProbability
      : waitProbability,
    rejectProbability,
    meanMs: meanServedMs + connectionMs + meanWaitMs,
    meanWaitMs,
    connections,
    parts: () => {
      const slowdown = slowdownIn(threads, people, { parts: bursts, gapMs, scv: cpu.scv, wholeScv });
      const stretch = stretches(meanStretch, waitProbability, slowdown.meanWhenFull);
      return { wait, cpu, io, cpuParts, bursts, inTurns, linked, slowdown, stretch, connections };
    },
  };
}

/** What the time in service is worked out from, step by step. */
interface Served {
  readonly full: Pool;
  readonly requests: Requests;
  readonly chain: Chain;
  /** Rate of the requests that are let in, per ms. */
  readonly accepted: number;
  /** How far the lines at the CPUs are still as a request left them when it comes back. */
  readonly linked: number;
  readonly gapMs: number;
}

/** Time beyond the demands that the chain says of requests in service (Little), with what a main thread takes outside of it. */
function servedEvenlyMs({ full, requests, chain, accepted }: Served, foundMs: number): number {
  const { cpu, io } = requests;
  const { inside, pool, people } = chain;
  const inServiceMs = people.meanInService / accepted + full.ioMs - pool.ioMs - foundMs;
  const outsideMs = inside ? inside.outsideMs(inServiceMs - io.mean) : 0;
  return Math.max(0, inServiceMs + outsideMs - (cpu.mean + io.mean));
}

/** Processes with threads of their own are not filled evenly: one runs dry while another has two, the more so the more requests compute. */
function inUnevenLinesMs({ full, requests, chain, accepted }: Served, evenMs: number): number {
  const demandMs = requests.cpu.mean + requests.io.mean;
  const computing = (full.cpuMs / (full.cpuMs + full.ioMs)) ** 2;
  const lines = chain.threads.separate && full.threads > 1 && full.processes > 1 && computing > 0.01;
  const chained = Math.min(full.processes, MOST_PROCESSES);
  const shortest = lines
    ? shortestLine(chained, Math.min(1 - 1e-9, (accepted * full.cpuMs) / full.processes) * chained)
    : 1;
  return demandMs + evenMs * (1 + (shortest - 1) * computing);
}

/**
 * Time in service where a request that comes back from a wait meets those that it left. Turns keep a request's parts apart, and
 * what is lost to uneven lines has no memory: only the rest is felt at every visit.
 */
function feltAgainMs({ requests, chain, accepted, linked, gapMs }: Served, servedMs: number): number {
  const { cpu, io, cpuParts, inTurns, real } = requests;
  const { inside, threads, people } = chain;
  const demandMs = cpu.mean + io.mean;
  const { cpus } = threads;
  const busy = (accepted * cpu.mean) / cpus;
  const common =
    linked > 0 && servedMs > demandMs
      ? (erlangC(cpus, busy * cpus) * cpu.mean * threads.variability(accepted)) / cpus / (1 - busy)
      : 0;
  const stays = cpuParts > 1 ? stillThere(gapMs, lineRelaxation(cpu.mean, cpu.scv, cpus, busy)) : 0;
  const again = inside
    ? 0
    : ((threads.again(accepted) ?? growth(cpuParts, real ? Math.max(linked, stays) : linked)) - 1) *
      (1 - inTurns) *
      (1 - people.waitProbability);
  return servedMs + Math.min(servedMs - demandMs, common) * again;
}

/** The requests in a pool, and what of it a main thread leaves. */
interface Chain {
  readonly inside: InsideThePool | null;
  readonly pool: Pool;
  readonly threads: ThreadPool;
  readonly wholeScv: number;
  readonly people: Population;
}

function chainOf(full: Pool, requests: Requests, end: LineEnd): Chain {
  const chain = chainWith(full, requests, end, NOT_GOING_ON);
  const { inside, people } = chain;
  if (!inside || !people.stable) return chain;
  const atCpuMs = people.meanInService / people.arrivals - full.ioMs;
  const goingOn = inside.goingOn(atCpuMs, people.waitProbability);
  return goingOn.share > SELDOM ? chainWith(full, requests, end, goingOn) : chain;
}

/** Share of the requests that nothing is seen of. */
const SELDOM = 1e-3;

function chainWith(full: Pool, requests: Requests, end: LineEnd, goingOn: GoingOn): Chain {
  const { ratePerMs } = requests;
  const inside = insideOf(full, requests, goingOn);
  const asked = inside ? { ...full, cpuMs: inside.cpuMs, waitFactor: inside.factor, visits: null } : full;
  const pool = manageable(asked);
  const threads = new ThreadPool(pool, ratePerMs);
  const wholeScv = departureVariability(threads, requests);
  // Lines are as much longer than those of exponential services as waits are, so that they fill as many more places.
  const longer = (1 + wholeScv) / 2;
  const longEnd = { places: end.places / longer, shedAfterMs: end.shedAfterMs / longer };
  const people = population(threads, ratePerMs, longEnd, requests.whenFullPerMs);
  return { inside, pool, threads, wholeScv, people };
}

/** Where a main thread takes the connections of one process, what there is in its pool and outside; else null. */
function insideOf(
  { mainThread, processes, ioMs }: Pool,
  { ratePerMs, cpu, cpuParts }: Requests,
  goingOn: GoingOn,
): InsideThePool | null {
  if (!mainThread || (processes > 1 && mainThread.before > 0)) return null;
  const eachPerMs = ratePerMs / processes;
  const utilization = Math.min(1, eachPerMs * cpu.mean);
  const gapMs = gapBetween(ioMs, cpuParts);
  const linked = cpuParts > 1 ? linkedWaits(gapMs, cpu.mean / cpuParts, 1, utilization) : 0;
  return insideThePool(mainThread, cpu, eachPerMs, linked, goingOn);
}

/** Mean stretches of those that need not, and of those that must wait and so begin when every slot is taken. */
export function stretches(
  mean: number,
  waitProbability: number,
  whenFull: number,
): { free: number; waited: number } {
  const waited = Math.max(
    mean,
    Math.min(whenFull, waitProbability > 0 ? 1 + (mean - 1) / waitProbability : 1),
  );
  const free =
    waitProbability < 1 ? Math.max(1, (mean - waitProbability * waited) / (1 - waitProbability)) : mean;
  return { free, waited };
}

/** Processes beyond which a chain of this many stands for all. */
const MOST_PROCESSES = 16;

/** Slots up to which populations are followed one by one. */
const MOST_SLOTS = 20_000;

/**
 * A pool with too many slots to follow, with fewer slots and waits as much shorter: the same loads of CPUs and slots, with
 * fluctuations that are negligible either way.
 */
function manageable(pool: Pool): Pool {
  const slots = pool.processes * pool.threads;
  if (slots <= MOST_SLOTS) return pool;
  const processes = Math.min(pool.processes, Math.max(MOST_SLOTS, Math.ceil(pool.cores)));
  const threads = Math.max(1, Math.floor(MOST_SLOTS / processes));
  const factor = (threads * processes) / slots;
  return { ...pool, processes, threads, ioMs: Math.max(0, (pool.cpuMs + pool.ioMs) * factor - pool.cpuMs) };
}

/**
 * Squared variability of the departures of a full pool. Over a long time, demands that happen to be larger slow the
 * departures down as the throughput depends on them, so that each counts with the square of its elasticity: a pool bound
 * by its CPUs departs as variably as the CPU demand, one bound by its slots as whole requests.
 */
export function departureVariability(threads: ThreadPool, requests: Requests): number {
  const { cpu, io } = requests;
  const full = threads.separate ? threads.pool.threads : threads.slots;
  const elasticity = full > 20_000 ? 1 : threads.circulation(threads.slots).cpuElasticity(full);
  return elasticity ** 2 * cpu.scv + (1 - elasticity) ** 2 * io.scv;
}
