import { LOADS, ON_ONE_CPU, ON_SEVERAL_CPUS, type SharesOf } from './accept-shares-data.js';

/**
 * Shares of the arrivals of processes that accept eagerly and are woken together, largest first; they sum to 1. The busier the
 * CPUs (`load` from 0 to 1), the more even: a process that computes is woken, but comes late. Beyond 16 processes the rest get
 * next to nothing.
 */
export function acceptShares(processes: number, cores: number, load: number): readonly number[] {
  if (processes === 1) return [1];
  const tables = cores < 2 ? ON_ONE_CPU : ON_SEVERAL_CPUS;
  const above = tables.findIndex((table) => table.processes >= processes);
  const high = tables[above] ?? tables.at(-1)!;
  const low = high.processes > processes ? tables[above - 1]! : high;
  const part =
    low === high ? 0 : Math.log(processes / low.processes) / Math.log(high.processes / low.processes);
  const [few, many] = [atLoad(low, load), atLoad(high, load)];
  const shares = Array.from(
    { length: processes },
    (_, n) => (1 - part) * (few[n] ?? 0) + part * (many[n] ?? 0),
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

/** Between the loads that were simulated, linearly; outside, as at the nearest. */
function atLoad({ shares }: SharesOf, load: number): readonly number[] {
  const above = LOADS.findIndex((other) => other >= load);
  if (above === 0) return shares[0]!;
  if (above < 0) return shares.at(-1)!;
  const part = (load - LOADS[above - 1]!) / (LOADS[above]! - LOADS[above - 1]!);
  return shares[above]!.map((share, n) => (1 - part) * shares[above - 1]![n]! + part * share);
}
