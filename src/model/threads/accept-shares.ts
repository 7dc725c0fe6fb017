import { BY_CPUS, LOADS, type SharesOf, WHILE_FULL } from './accept-shares-data.js';

/**
 * Shares of the arrivals of processes that accept eagerly and are woken together, largest first; they sum to 1. The busier the
 * CPUs (`load` from 0 to 1, of those that the processes can use), the more even: a process that computes is woken, but comes
 * late. Beyond 16 processes the rest get next to nothing.
 */
export function acceptShares(processes: number, cores: number, load: number): readonly number[] {
  if (processes === 1) return [1];
  // A quota changes how long the CPUs run, not how many there are.
  const cpus = Math.min(Math.ceil(cores), processes);
  const [low, high, part] = around(BY_CPUS, (table) => table.cpus, cpus);
  const of = ({ byProcesses }: typeof low): readonly number[] => amongProcesses(byProcesses, processes, load);
  const shares = between(of(low), of(high), part, processes);
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

/**
 * What the first of two processes on one CPU takes of the arrivals while all its threads are busy; null where that changes
 * nothing. It answers no faster then, so that its main thread is at its poll and finds the interpreter's lock free, while the
 * other's threads compute: a queue at the first draws more into it. On a CPU that is never idle it would take half.
 */
export function shareWhileFull(processes: number, cores: number, load: number): number | null {
  if (processes !== 2 || cores > 1) return null;
  const share = atLoad({ shares: WHILE_FULL }, load)[0]! / 100;
  const last = LOADS.at(-1)!;
  return load > last ? share + ((0.5 - share) * (load - last)) / (1 - last) : share;
}

function amongProcesses(tables: readonly SharesOf[], processes: number, load: number): readonly number[] {
  const [low, high, part] = around(tables, (table) => table.processes, processes);
  return between(atLoad(low, load), atLoad(high, load), part, processes);
}

/** The entries that were simulated below and above `wanted`, and which part of the way it is in the logarithm; outside, the nearest. */
function around<T>(
  entries: readonly T[],
  key: (entry: T) => number,
  wanted: number,
): readonly [low: T, high: T, part: number] {
  const above = entries.findIndex((entry) => key(entry) >= wanted);
  const high = entries[above] ?? entries.at(-1)!;
  const low = above > 0 && key(high) > wanted ? entries[above - 1]! : high;
  return [low, high, low === high ? 0 : Math.log(wanted / key(low)) / Math.log(key(high) / key(low))];
}

const between = (
  low: readonly number[],
  high: readonly number[],
  part: number,
  length: number,
): readonly number[] => Array.from({ length }, (_, n) => (1 - part) * (low[n] ?? 0) + part * (high[n] ?? 0));

/** Between the loads that were simulated, linearly; outside, as at the nearest. */
function atLoad({ shares }: Pick<SharesOf, 'shares'>, load: number): readonly number[] {
  const above = LOADS.findIndex((other) => other >= load);
  if (above === 0) return shares[0]!;
  if (above < 0) return shares.at(-1)!;
  const part = (load - LOADS[above - 1]!) / (LOADS[above]! - LOADS[above - 1]!);
  return shares[above]!.map((share, n) => (1 - part) * shares[above - 1]![n]! + part * share);
}
