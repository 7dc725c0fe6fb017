import {
  gapBetween,
  type Interleaving,
  lineRelaxation,
  linkedWaits,
  sparedWaits,
  stillThere,
} from '../response/time-slices.js';
import { visitGrowth } from '../response/visit-growth.js';
import { repeatedMeetings, type Visit } from '../response/visits.js';
import { unlocked } from '../threads/busy-cores.js';
import { Circulation } from '../threads/circulation.js';
import { departureVariability, type Outcome, overloaded, type Requests } from '../threads/shared-queue.js';
import { type Pool, ThreadPool } from '../threads/thread-pool.js';
import { sharedPopulation } from './shared-population.js';
import { MOST_PROCESSES } from './spare-processes.js';
import { type Course, throughLoops } from './through-loops.js';

/**
 * Event loops: a burst runs to its next wait, and everything else in its process waits in line. A request goes to a process
 * that is idle where there is one, and waits for the first to take it otherwise; its later bursts run in its own process.
 */
export function eventLoops(
  pool: Pool,
  requests: Requests,
  visiting: readonly Visit[],
  cores: Interleaving,
  { takes, answersLeave }: Pick<Course, 'takes' | 'answersLeave'>,
): Outcome {
  const { ratePerMs, cpu, io, cpuParts } = requests;
  const cpus = Math.min(pool.processes, pool.cores);
  const saturation = cpus / cpu.mean;
  const utilization = ratePerMs / saturation;
  if (!(utilization < 1)) return overloaded(saturation);
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
    answersLeave,
    scv: (1 + cpu.scv) * (1 - sparedWaits(repeatedMeetings(visiting), pool.regularity, linked, cpu.scv)) - 1,
    coresScv: cores.burstScv(utilization),
    inTurns: cores.inTurns,
    linked: stays,
    ...visitGrowth(visiting, utilization, linked, true),
  });
}

/** Whether so many requests can be in the loops at once that a limit on their connections matters. */
export function limitMayBind(
  pool: Pool,
  { ratePerMs, cpu, io }: Pick<Requests, 'ratePerMs' | 'cpu' | 'io'>,
): boolean {
  const utilization = (ratePerMs * cpu.mean) / Math.min(pool.processes, pool.cores);
  const waits = ratePerMs * io.mean;
  const inLines = 4 * pool.processes + Math.min(400, 40 / (1 - Math.min(1, utilization)));
  return pool.processes * pool.threads < waits + 20 * Math.sqrt(waits) + inLines;
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
    answersLeave: 'at-once',
    scv: departureVariability(all, requests),
    coresScv: 2 * all.variability(requests.ratePerMs) - 1,
    inTurns,
    linked: 0,
    apart: 1,
    again: 1,
  });
}
