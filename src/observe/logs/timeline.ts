import type { LogTotals } from './counting/tally.js';
import { cellSeconds, cells } from './counting/time-grid.js';

/** Arrivals over time. */
export interface Arrivals {
  readonly spanSeconds: number;
  /** null of a single request, which has no rate. */
  readonly meanPerSecond: number | null;
  readonly busiestMinute: Peak | null;
  readonly busiestHour: Peak | null;
  /** Rate of the busiest minute over the mean rate. */
  readonly peakToMean: number | null;
  /** Variance of the counts in windows of a length over their mean: 1 for Poisson arrivals. */
  readonly indexOfDispersion: readonly { readonly windowSeconds: number; readonly value: number }[];
}

interface Peak {
  readonly perSecond: number;
  /** Start, ms since 1970. */
  readonly atMs: number;
}

/** Requests in service at once, averaged over each cell. */
export interface Concurrency {
  readonly cellSeconds: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface Timeline {
  readonly arrivals: Arrivals;
  readonly concurrency: Concurrency | null;
  /** Share of the time in which at least this many were in service. */
  shareAbove(busy: number): number;
  /** Longest time without any request, seconds. */
  readonly longestGapSeconds: number;
}

const MINUTE = 60;
const HOUR = 3600;

/** What the grid says of the time from the first to the last time stamp; null where there are no time stamps. */
export function timelineOf(tally: LogTotals): Timeline | null {
  const { grid, requests, firstMs, lastMs } = tally;
  const wholeSeconds = !tally.fractions;
  const hasDurations = tally.durations.moments.count > 0;
  if (!(lastMs >= firstMs)) return null;
  // Stamps in whole seconds stand for all of their second.
  const spanSeconds = (lastMs - firstMs) / 1000 + (wholeSeconds ? 1 : 0);
  const width = cellSeconds(grid);
  const firstCell = Math.floor(firstMs / 1000 / width);
  const lastCell = Math.floor(lastMs / 1000 / width);
  const minute = slidingPeak(MINUTE, width);
  const hour = slidingPeak(HOUR, width);
  const windows = [width, MINUTE].filter((window, n) => n === 0 || window > width);
  const counts = windows.map(() => new Map<number, number>());
  const busy: number[] = [];
  let gap = 0;
  let previous = firstCell;
  for (const cell of cells(grid)) {
    const index = Math.round(cell.start / width);
    if (cell.arrivals > 0) {
      minute.add(index, cell.arrivals);
      hour.add(index, cell.arrivals);
      for (const [n, window] of windows.entries())
        add(counts[n]!, Math.floor(cell.start / window), cell.arrivals);
      gap = Math.max(gap, (index - previous) * width);
      previous = index;
    }
    if (index >= firstCell && index <= lastCell) busy.push(cell.busy);
  }
  const sorted = Float64Array.from(busy).sort();
  // Stretches without any request are not in the grid.
  const busyCells: BusyCells = {
    sorted,
    idle: Math.max(0, lastCell - firstCell + 1 - sorted.length),
    width,
  };
  const meanPerSecond = spanSeconds > 0 && requests > 1 ? requests / spanSeconds : null;
  const busiestMinute = spanSeconds >= MINUTE ? minute.peak() : null;
  return {
    arrivals: {
      spanSeconds,
      meanPerSecond,
      busiestMinute,
      busiestHour: spanSeconds >= HOUR ? hour.peak() : null,
      peakToMean: busiestMinute && meanPerSecond ? busiestMinute.perSecond / meanPerSecond : null,
      indexOfDispersion: windows.flatMap((windowSeconds, n) => {
        const value = dispersion(counts[n]!, firstMs / 1000 / windowSeconds, lastMs / 1000 / windowSeconds);
        return value === null ? [] : [{ windowSeconds, value }];
      }),
    },
    concurrency: hasDurations ? concurrencyOf(busyCells) : null,
    shareAbove: (level) => shareAbove(busyCells, level),
    longestGapSeconds: gap,
  };
}

const add = (counts: Map<number, number>, key: number, more: number) =>
  counts.set(key, (counts.get(key) ?? 0) + more);

/** The busiest window of a length, wherever it begins; none where the cells are wider than it. */
function slidingPeak(seconds: number, width: number) {
  const span = seconds / width;
  const indices: number[] = [];
  const counts: number[] = [];
  let oldest = 0;
  let within = 0;
  let most = 0;
  let at = 0;
  return {
    add(index: number, count: number): void {
      indices.push(index);
      counts.push(count);
      within += count;
      while (indices[oldest]! <= index - span) within -= counts[oldest++]!;
      if (within <= most) return;
      most = within;
      at = indices[oldest]!;
    },
    peak: (): Peak | null =>
      span < 1 || most === 0 ? null : { perSecond: most / seconds, atMs: at * width * 1000 },
  };
}

const FEWEST_WINDOWS = 10;

/** Over the windows that lie wholly within the log; those without any request are in it as zeros. */
function dispersion(counts: ReadonlyMap<number, number>, first: number, last: number): number | null {
  const from = Math.floor(first) + 1;
  const to = Math.floor(last) - 1;
  const windows = to - from + 1;
  if (windows < FEWEST_WINDOWS) return null;
  let sum = 0;
  let squares = 0;
  for (const [window, count] of counts) {
    if (window < from || window > to) continue;
    sum += count;
    squares += count * count;
  }
  const mean = sum / windows;
  return mean > 0 ? ((squares / windows - mean * mean) * windows) / (windows - 1) / mean : null;
}

/** The cells of a log by how many requests were in service in them, and the cells without any. */
interface BusyCells {
  readonly sorted: Float64Array;
  readonly idle: number;
  readonly width: number;
}

function concurrencyOf({ sorted, idle, width }: BusyCells): Concurrency | null {
  if (sorted.length === 0) return null;
  const at = (p: number) => {
    const rank = Math.ceil(p * (sorted.length + idle)) - 1 - idle;
    return rank < 0 ? 0 : sorted[rank]!;
  };
  return {
    cellSeconds: width,
    mean: sorted.reduce((sum, value) => sum + value, 0) / (sorted.length + idle),
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: sorted.at(-1)!,
  };
}

function shareAbove({ sorted, idle }: BusyCells, level: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < level) low = middle + 1;
    else high = middle;
  }
  return sorted.length === 0 ? 0 : (sorted.length - low) / (sorted.length + idle);
}
