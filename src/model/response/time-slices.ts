import type { Demand } from '../../math/laws/limited-mean.js';
import { normalTail } from '../../math/numeric/normal.js';
import { type Facility, slotsOf } from '../discipline.js';
import { linuxSliceMs, SWITCH_INTERVAL_MS } from '../linux.js';

/** Mean wait between two CPU parts of a request that waits `ioMs` in all, ms; 0 where its CPU comes in one. */
export const gapBetween = (ioMs: number, cpuParts: number): number =>
  cpuParts > 1 ? ioMs / (cpuParts - 1) : 0;

/** How the CPU work of requests is interleaved. */
export interface Interleaving {
  /** Share of the work that is done in turns with others: what bursts have left after their first turn. */
  readonly inTurns: number;
  /**
   * Squared variability, at a utilization of the CPUs from 0 to 1, that bursts in order of arrival would need to wait for as
   * long: their own where a turn outlasts them, 1 where turns are short, since processor sharing does not feel it.
   */
  burstScv(utilization: number): number;
}

export function interleaving(cpu: Demand, cpuParts: number, turnMs: number): Interleaving {
  if (cpu.mean <= 0) return { inTurns: 0, burstScv: () => 1 };
  if (!Number.isFinite(turnMs) || Math.abs(cpu.scv - 1) < 1e-9) {
    // Exponential bursts have as much left in every turn.
    const inTurns = Number.isFinite(turnMs) ? 1 - cpu.limitedMean(turnMs * cpuParts) / cpu.mean : 0;
    return { inTurns, burstScv: () => cpu.scv };
  }
  // In units of the whole demand, since all parts of a request are equal.
  const cut = turnMs * cpuParts;
  let factorAt: ((utilization: number) => number) | null = null;
  return {
    inTurns: Math.max(0, 1 - cpu.limitedMean(cut) / cpu.mean),
    burstScv: (utilization) => {
      factorAt ??= roundRobin(cpu, cut);
      return 2 * factorAt(utilization) - 1;
    },
  };
}

/** Turn length, ms: of the lock between threads, of the cores between processes; infinite where bursts run to their end. */
export function turnLength(facility: Facility): number {
  const { computes, processes, cores } = facility;
  const slots = slotsOf(facility);
  const crowded = computes === 'in-parallel' ? cores < processes * slots : cores < processes;
  if (crowded) return linuxSliceMs(cores);
  return computes === 'under-lock' && slots > 1 ? SWITCH_INTERVAL_MS : Number.POSITIVE_INFINITY;
}

/** Turns of a mean burst from which sums over turns are taken as integrals. */
const MANY_TURNS = 16;

/**
 * Mean wait of bursts that take turns of `cut`, as a multiple of that of exponential ones, by utilization. Before turn k a
 * burst waits for all that joined the line in its turn before and while it waited for that, W_k = ρ·(W_{k−1} + cut) (Coffman
 * and Kleinrock 1968); W_0 is what leaves as much work in line as there is in any order, Σ_k W_k·E[(X − k·cut)⁺] =
 * ρ·E[X²]/(2(1 − ρ)).
 */
function roundRobin(cpu: Demand, cut: number): (utilization: number) => number {
  const { mean, scv } = cpu;
  const half = ((1 + scv) * mean ** 2) / 2;
  if (mean > MANY_TURNS * cut) {
    const factor = (half * (2 * mean + cut)) / ((2 * half + mean * cut) * mean);
    return () => factor;
  }
  const width = 1e-6 * cut;
  const left: number[] = [];
  const alive: number[] = [];
  for (let k = 0; k < 64 * MANY_TURNS; k++) {
    const done = cpu.limitedMean(k * cut);
    left.push(mean - done);
    alive.push((cpu.limitedMean(k * cut + width) - done) / width);
    if (mean - done < 1e-3 * mean) break;
  }
  return (utilization) => {
    const cuts = (list: readonly number[]): { first: number; later: number } => {
      let [first, later, power] = [0, 0, 1];
      for (const value of list) {
        first += power * value;
        later += cut * (1 - power) * value;
        power *= utilization;
      }
      return { first, later };
    };
    const [work, waits] = [cuts(left), cuts(alive)];
    const first = Math.max(0, half - work.later) / work.first;
    return (first * waits.first + waits.later) / mean;
  };
}

/**
 * What each wait grows by where requests join a line `parts` times and find their own kind there again, `linked` being the
 * correlation between the waits of one request: where the line stays as it is from visit to visit, all of a request's parts
 * weigh on each other, and only 2/(parts + 1) of its work is in the line at a time. Parts that are not equal wait longer:
 * there, {@link stillThere} of the line is taken where it is more.
 */
export const growth = (parts: number, linked: number): number => 1 + (linked * (parts - 1)) / (parts + 1);

/**
 * Correlation between the waits of two visits `gapMs` apart to a line for `servers`, its bursts of mean `burstMs`: that of
 * regulated Brownian motion with the drift and variance of M/M/1 (Abate and Whitt 1988), as far as there is a line at all.
 */
export function linkedWaits(gapMs: number, burstMs: number, servers: number, utilization: number): number {
  if (!(utilization > 0)) return 0;
  const time = ((1 - utilization) ** 2 * gapMs * servers) / (2 * utilization * burstMs);
  if (time > 40) return 0;
  const root = Math.sqrt(time);
  const density = Math.exp(-time / 2) / Math.sqrt(2 * Math.PI);
  const covariance = 2 * (1 - 2 * time - time ** 2) * normalTail(root) + 2 * root * density * (1 + time);
  return utilization * Math.min(1, Math.max(0, covariance));
}

/**
 * Share of the waits that is spared because those that met once in line keep the distance of a burst from then on, and so do
 * not meet again at their later visits: all the `repeated` where neither bursts nor the waits between them vary, and the line
 * is short.
 */
export const sparedWaits = (repeated: number, regularity: number, linked: number, burstScv: number): number =>
  regularity * Math.max(0, 1 - burstScv) * (1 - linked) * repeated;

/** Two requests of p equal visits each can meet at each of 2p − 1 offsets; at p² pairs of visits if they do so again. */
export const repeatedInEqualParts = (parts: number): number => (1 - 1 / parts) ** 2;

/** Share of a line of others that is still as it was `gapMs` later, if it takes `relaxationMs` to change. */
export const stillThere = (gapMs: number, relaxationMs: number): number =>
  relaxationMs > 0 ? 1 / (1 + gapMs / relaxationMs) : 0;

/** Time in which a line of bursts forgets: that of M/M/1, (1 + ρ)/(1 − ρ)² services, with the services' variability. */
export function lineRelaxation(cpuMs: number, scv: number, servers: number, utilization: number): number {
  const idle = Math.max(1e-6, 1 - utilization);
  return ((cpuMs / servers) * ((1 + scv) / 2) * (1 + utilization)) / idle ** 2;
}
