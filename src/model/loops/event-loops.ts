import {
  gapBetween,
  type Interleaving,
  lineRelaxation,
  linkedWaits,
  sparedWaits,
  stillThere,
} from '../response/time-slices.js';
import { unlocked } from '../threads/busy-cores.js';
import { Circulation } from '../threads/circulation.js';
import { coreSlowdown } from '../threads/core-slowdown.js';
import {
  departureVariability,
  type Outcome,
  overloaded,
  type Requests,
  sharedQueue,
  stretches,
} from '../threads/shared-queue.js';
import { type Pool, ThreadPool } from '../threads/thread-pool.js';
import { loopState } from './chain.js';
import type { Loops, Takes } from './loops.js';
import { MOST_PROCESSES, spareOf, standInFor } from './spare-processes.js';
import { lifted, throughputs } from './throughputs.js';
import { repeatedMeetings, type Visits, visitGrowth } from './visits.js';
import { loopWaits } from './waits.js';

/** Load up to which chains are solved; beyond, waits grow as load/(1 − load), and who need not wait falls as 1 − load. */
const MOST_LOAD = 0.97;

/**
 * Event loops: a burst runs to its next wait, and everything else in its process waits in line. A request goes to a process
 * that is idle where there is one, and waits for the first to take it otherwise; its later bursts run in its own process.
 */
export function eventLoops(
  pool: Pool,
  requests: Requests,
  visiting: Visits,
  cores: Interleaving,
  takes: Takes,
  backlog: number,
): Outcome {
  const { ratePerMs, cpu, io, cpuParts } = requests;
  const cpus = Math.min(pool.processes, pool.cores);
  const saturation = cpus / cpu.mean;
  const utilization = ratePerMs / saturation;
  if (!(utilization < 1)) return overloaded(saturation);
  // A limit on connections that can bind makes them slots like threads.
  const waits = ratePerMs * io.mean;
  const inLines = 4 * pool.processes + Math.min(400, 40 / (1 - utilization));
  if (pool.processes * pool.threads < waits + 20 * Math.sqrt(waits) + inLines)
    return sharedQueue(pool, requests, backlog);
  const gapMs = gapBetween(io.mean, cpuParts);
  const linked = cpuParts > 1 ? linkedWaits(gapMs, cpu.mean / cpuParts, cpus, utilization) : 0;
  const stays = cpuParts > 1 ? stillThere(gapMs, lineRelaxation(cpu.mean, cpu.scv, cpus, utilization)) : 0;
  // Bursts that come back before those that they met have left are one visit.
  const visits = 1 + (cpuParts - 1) * (1 - stillThere(gapMs, sojournMs(pool, ratePerMs)));
  const circulation = (share: number): Circulation =>
    new Circulation(cpu.mean / visits, 0, unlocked(pool.cores * share));
  return throughLoops(pool, requests, {
    saturation,
    circulation,
    visits,
    turns: cpuParts / visits,
    takes,
    scv: (1 + cpu.scv) * (1 - sparedWaits(repeatedMeetings(visiting), pool.regularity, linked, cpu.scv)) - 1,
    coresScv: cores.burstScv(utilization),
    inTurns: cores.inTurns,
    linked: stays,
    ...visitGrowth(visiting, utilization, linked),
  });
}

/** Mean time at the CPUs were there one queue for all: about what it takes until all in a line are others. */
function sojournMs({ processes, cores, cpuMs }: Pool, ratePerMs: number): number {
  const servers = Math.min(processes, MOST_PROCESSES);
  const offered = (ratePerMs * servers) / processes;
  const available = unlocked((cores * servers) / processes);
  const throughput = Array.from({ length: servers + 1 }, (_, n) => available(n) / cpuMs);
  const inSystem = sharedPopulation(throughput, offered);
  return (inSystem.busy + inSystem.waiting) / offered;
}

/**
 * Loops that a request blocks from its start to its end, waits included: an idle process serves an arrival at once; the
 * first to come free takes all that wait, and others may run dry beside it.
 */
export function blockedLoops(pool: Pool, requests: Requests): Outcome {
  const { cpu, io, inTurns } = requests;
  const all = new ThreadPool(pool);
  if (!(requests.ratePerMs < all.saturation)) return overloaded(all.saturation);
  return throughLoops(pool, requests, {
    saturation: all.saturation,
    circulation: (share) => new Circulation(cpu.mean, io.mean, unlocked(pool.cores * share)),
    visits: 1,
    turns: 1,
    takes: 'when-dry',
    scv: departureVariability(all, requests),
    coresScv: 2 * all.variability(requests.ratePerMs) - 1,
    inTurns,
    linked: 0,
    apart: 1,
    again: 1,
  });
}

interface Turning {
  readonly saturation: number;
  /** What the busy processes get through, of this share of all. */
  circulation(share: number): Circulation;
  /** Times that a request needs its process. */
  readonly visits: number;
  /** Turns of the loop per visit, at each of which it may take from the backlog. */
  readonly turns: number;
  readonly takes: Takes;
  /** Squared variability of what a visit takes, and as the cores feel it. */
  readonly scv: number;
  readonly coresScv: number;
  readonly inTurns: number;
  /** Correlation between the waits of a request's visits. */
  readonly linked: number;
  /** What waits grow by for the parts that visits come in, and for that correlation. */
  readonly apart: number;
  readonly again: number;
}

function throughLoops(pool: Pool, requests: Requests, turning: Turning): Outcome {
  const { ratePerMs, cpu, io, cpuParts } = requests;
  const { saturation, visits } = turning;
  const { processes, share, crowding } = standInFor(pool.processes, pool.cores, turning.takes === 'when-dry');
  const circulation = turning.circulation(share);
  const exponential = throughputs(circulation.cpuMs, circulation.ioMs, pool.cores * share, processes);
  const lift = (saturation * visits * share) / exponential[processes]! - 1;
  const throughput = lifted(exponential, lift);
  const most = throughput[processes]!;
  const offered = Math.min(ratePerMs * visits * share, most * (1 - 1e-12));
  const bursts = Math.min(offered, MOST_LOAD * most);
  const idle = (most - offered) / (most - bursts);
  const loops: Loops = {
    processes,
    arrivals: bursts / visits,
    returns: (bursts * (visits - 1)) / visits,
    takes: turning.takes,
    turns: turning.turns,
    completions: (busy) => throughput[busy]!,
  };
  const state = loopState(loops);
  const waiting = state.meanInLines + state.meanInBacklog;
  // That lines are uneven is the arrivals' doing, whatever the services are like; what all processes have to do is not.
  const shared = Math.min(waiting, sharedPopulation(throughput, bursts).waiting);
  const varied = ((1 + turning.scv) / 2) * turning.again;
  const grown =
    turning.apart * (offered / bursts / idle) * (waiting > 0 ? 1 + (varied - 1) * (shared / waiting) : 1);
  const economy = economies({ ...pool, processes: processes / share }, circulation, {
    throughput,
    arrivals: offered,
    lift,
  });
  const solved = state.busy[processes]!;
  const more = idle < 1 ? (1 - (1 - solved) * idle) / solved : 1;
  const spare = spareOf({ processes, share, crowding }, pool, circulation.cpuMs, offered);
  const whole = {
    ...economy,
    mustWait: economy.mustWait * more * spare.mustWait,
    waiting: economy.waiting * spare.mustWait,
  };
  const { first: firstOfFew, laterMs, laterBusy: busyOfFew } = loopWaits(loops, state, grown);
  const laterBusy = (1 - (1 - busyOfFew) * idle) * crowding;
  const first =
    whole.mustWait > 0
      ? firstOfFew.map(({ probability, meanMs }) => ({
          probability: probability * whole.mustWait,
          meanMs: (meanMs * whole.waiting) / whole.mustWait,
        }))
      : [];
  const saved = firstOfFew.reduce((sum, { probability, meanMs }) => sum + probability * meanMs, 0);
  const later = visits > 1 ? ((grown * waiting * visits) / bursts - saved) * crowding : 0;
  const waitMs = later + saved * whole.waiting;
  const inOrder = 1 + (turning.apart * turning.again - 1) * (1 - turning.inTurns);
  const stretchedMs =
    visits *
    (crowding *
      Math.max(0, state.meanBusy / bursts - circulation.cpuMs - circulation.ioMs) *
      whole.stretched +
      (1 - crowding) * spare.stretchedMs) *
    ((1 + turning.coresScv) / 2) *
    inOrder;
  const mustWait = solved * whole.mustWait;
  const meanWaitMs = first.reduce((sum, { probability, meanMs }) => sum + probability * meanMs, 0);
  // One process has a single line for all bursts.
  const alone = processes === 1;
  const lineMs = alone ? waitMs : (visits - 1) * laterMs * crowding;
  const joined = alone ? cpuParts : cpuParts - 1;
  const alike = !alone && joined > 0;
  return {
    stable: true,
    saturation,
    waitProbability: mustWait,
    rejectProbability: 0,
    meanMs: cpu.mean + io.mean + stretchedMs + waitMs,
    meanWaitMs,
    parts: () => {
      // In M/G/1 processor sharing the number present forgets in a mean residual/(1 − ρ) of own computing.
      const residualMs = ((cpu.mean / visits) * (1 + cpu.scv)) / 2;
      const slowdown = coreSlowdown(
        spare.busy(state.busy),
        processes,
        circulation,
        residualMs / (1 - ratePerMs / saturation),
      );
      return {
        wait: alone ? [] : first,
        cpu,
        io,
        cpuParts,
        inTurns: turning.inTurns,
        linked: turning.linked,
        slowdown,
        stretch: stretches(1 + stretchedMs / cpu.mean, alone ? 0 : mustWait, slowdown.meanWhenFull),
        lines:
          joined > 0
            ? [
                {
                  busy: laterBusy,
                  meanMs: lineMs / joined,
                  visits: joined,
                  linked: alike ? 0 : turning.linked,
                },
              ]
            : [],
        ...(alike
          ? {
              alike: {
                probability: turning.linked,
                lines: [
                  { busy: mustWait, meanMs: meanWaitMs, visits: 1, linked: 0 },
                  { busy: laterBusy, meanMs: lineMs, visits: 1, linked: 0 },
                ],
              },
            }
          : {}),
      };
    },
  };
}

/** Processes beyond which more change nothing that can be seen. */
const MOST_SERVERS = 4096;

interface Queue {
  readonly throughput: Float64Array;
  readonly arrivals: number;
  readonly lift: number;
}

/** What waits, who must wait and what is lost at the cores for all processes, each as a share of that for a few in proportion. */
function economies(
  { processes, cores }: Pool,
  { cpuMs, ioMs }: Circulation,
  few: Queue,
): { waiting: number; mustWait: number; stretched: number } {
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

/** P(all busy), E[busy] and E[waiting] where one queue stands before all servers, `throughput[n]` being what n of them get through. */
function sharedPopulation(
  throughput: ArrayLike<number>,
  arrivals: number,
): { mustWait: number; busy: number; waiting: number } {
  const servers = throughput.length - 1;
  let p = 1;
  let total = 1;
  let busy = 0;
  for (let n = 1; n <= servers; n++) {
    p *= arrivals / throughput[n]!;
    total += p;
    busy += n * p;
    if (p > 1e200) {
      p *= 1e-200;
      total *= 1e-200;
      busy *= 1e-200;
    }
  }
  const ratio = arrivals / throughput[servers]!;
  const tail = (p * ratio) / (1 - ratio);
  total += tail;
  return {
    mustWait: (p + tail) / total,
    busy: (busy + tail * servers) / total,
    waiting: tail / (1 - ratio) / total,
  };
}
