import { linuxSliceMs, SWITCH_INTERVAL_MS } from '../servers/scheduling.js';
import type { Demand } from './limited-mean.js';
import type { Turns } from './shape.js';

/** How the CPU work of requests is interleaved. */
export interface Interleaving {
  /** Share of the work that is done in turns with others: what bursts have left after their first turn. */
  readonly inTurns: number;
  /**
   * Squared variability of bursts as others feel it: 1 of what is done in turns, since processor sharing does not feel it,
   * that of the bursts, as far as one turn shows it, for the rest.
   */
  readonly burstScv: number;
}

export function interleaving(cpu: Demand, cpuParts: number, turnMs: number): Interleaving {
  if (cpu.mean <= 0) return { inTurns: 0, burstScv: 1 };
  if (!Number.isFinite(turnMs)) return { inTurns: 0, burstScv: cpu.scv };
  // In units of the whole demand, since all parts of a request are equal.
  const cut = turnMs * cpuParts;
  const first = cpu.limitedMean(cut);
  const inTurns = Math.max(0, 1 - first / cpu.mean);
  const firstScv = Math.max(0, truncatedSecondMoment(cpu, cut) / first ** 2 - 1);
  const shown = cpu.scv > 1 ? Math.min(1, firstScv / cpu.scv) : 1;
  return { inTurns, burstScv: 1 + (cpu.scv - 1) * (1 - inTurns) * shown };
}

/** Turn length, ms: of the lock between threads, of the cores between processes; infinite where bursts run to their end. */
export function turnLength(turns: Turns, processes: number, cores: number, slots: number): number {
  const crowded = turns === 'parallel' ? cores < processes * slots : cores < processes;
  if (crowded) return linuxSliceMs(cores);
  return turns === 'switching' && slots > 1 ? SWITCH_INTERVAL_MS : Number.POSITIVE_INFINITY;
}

/** E[min(X, cut)²] = 2·(cut·L(cut) − ∫₀^cut L), L(x) = E[min(X, x)], by Simpson's rule on a cubed grid. */
function truncatedSecondMoment(demand: Demand, cut: number): number {
  const steps = 24;
  let integral = 0;
  for (let i = 0; i <= steps; i++) {
    const u = i / steps;
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    integral += weight * demand.limitedMean(cut * u ** 3) * 3 * u ** 2;
  }
  integral *= cut / (3 * steps);
  return Math.max(0, 2 * (cut * demand.limitedMean(cut) - integral));
}

/**
 * Requests that join a line `parts` times find their own kind there again: where the line changes slowly compared with the
 * `gapMs` between visits, all of a request's parts weigh on each other, and only 2/(parts + 1) of its work is in the line
 * at a time. `linked` is the correlation between its waits, `factor` what each wait grows by.
 */
export function revisits(
  parts: number,
  gapMs: number,
  relaxationMs: number,
): { linked: number; factor: number } {
  if (parts <= 1) return { linked: 0, factor: 1 };
  const linked = relaxationMs > 0 ? 1 / (1 + gapMs / relaxationMs) : 0;
  return { linked, factor: 1 + (linked * (parts - 1)) / (parts + 1) };
}

/** Time in which a line of bursts forgets: that of M/M/1, (1 + ρ)/(1 − ρ)² services, with the services' variability. */
export function lineRelaxation(cpuMs: number, scv: number, servers: number, utilization: number): number {
  const idle = Math.max(1e-6, 1 - utilization);
  return ((cpuMs / servers) * ((1 + scv) / 2) * (1 + utilization)) / idle ** 2;
}
