import type { Resident } from '../watched.js';

/** A process from one start to the next, or as long as it was seen. */
export interface Life {
  readonly process: string;
  readonly times: readonly number[];
  readonly memoryMiB: readonly number[];
}

/** A fall by more than this share is a process that began anew at the same address. */
const RESTART = 0.25;
/** A gap of so many usual distances between samples parts two lives. */
const LONG_GAP = 10;

/** Cuts what was seen at one address into lives. */
export function livesOf({ process, times, memoryMiB }: Resident): Life[] {
  const gaps = times.slice(1).map((time, n) => time - times[n]!);
  const usual = median(gaps);
  const cuts = [0];
  for (let n = 1; n < times.length; n++) {
    const fell = memoryMiB[n]! < (1 - RESTART) * memoryMiB[n - 1]!;
    if (fell || gaps[n - 1]! > LONG_GAP * usual) cuts.push(n);
  }
  return cuts.map((from, n) => ({
    process,
    times: times.slice(from, cuts[n + 1]),
    memoryMiB: memoryMiB.slice(from, cuts[n + 1]),
  }));
}

/** The middle value; 0 of none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).sort();
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
