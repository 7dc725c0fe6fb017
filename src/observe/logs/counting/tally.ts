import { type Counted, Histogram, MEDIUM, noCounts } from '../../../math/statistics/histogram.js';
import { addMoments, addValue, type Moments, noMoments } from '../../../math/statistics/moments.js';
import type { Row } from '../reading/row.js';
import { addProcesses, addToProcess, type ProcessTable } from './processes.js';
import { addRoutes, addToRoute, emptyRoutes, type RouteTable, routeOf } from './routes.js';
import { addArrival, addGrid, addInterval, emptyGrid, type TimeGrid } from './time-grid.js';

/** Durations of one kind: their moments and their distribution. */
export interface Durations<H extends Counted = Histogram> {
  readonly moments: Moments;
  readonly histogram: H;
}

/**
 * Everything that is kept of logs: its size does not depend on theirs. Sent by another thread, its histograms are no more
 * than what they have {@link Counted}.
 */
export interface LogTotals<H extends Counted = Histogram> {
  lines: number;
  /** Lines that do not have the format, or tell impossible values. */
  broken: number;
  /** Lines of another kind, such as messages of the application. */
  other: number;
  /** Requests that are counted. */
  requests: number;
  /** Requests without a duration (`-`), such as those that a proxy answered itself. */
  withoutDuration: number;
  readonly durations: Durations<H>;
  /** Moments of the logarithms of the durations above 0. */
  readonly logDurations: Moments;
  readonly cpu: Durations<H>;
  readonly io: Durations<H>;
  readonly grid: TimeGrid;
  firstMs: number;
  lastMs: number;
  /** Whether any time stamp has a fraction of a second. */
  fractions: boolean;
  /** Whether a line's time stamp is more than a second before an earlier line's. */
  backwards: boolean;
  readonly routes: RouteTable<H>;
  readonly processes: ProcessTable;
  /** Requests by the first digit of their status. */
  readonly statuses: Float64Array;
}

const noDurations = (): Durations => ({
  moments: noMoments(),
  histogram: new Histogram(noCounts(MEDIUM)),
});

export const emptyTally = (): LogTotals => ({
  lines: 0,
  broken: 0,
  other: 0,
  requests: 0,
  withoutDuration: 0,
  durations: noDurations(),
  logDurations: noMoments(),
  cpu: noDurations(),
  io: noDurations(),
  grid: emptyGrid(),
  firstMs: Number.POSITIVE_INFINITY,
  lastMs: Number.NEGATIVE_INFINITY,
  fractions: false,
  backwards: false,
  routes: emptyRoutes(),
  processes: new Map(),
  statuses: new Float64Array(10),
});

/** A request that took longer than this is a broken line. */
const LONGEST_MS = 86_400_000;
/** Time stamps outside of the years 0 to 9999 are not times. */
const LATEST_MS = 253_402_300_800_000;

/** Why a line that has the format does not count; null where it does. */
export function impossible(row: Row, wantsTime: boolean): string | null {
  if (wantsTime && !(Math.abs(row.timeMs) <= LATEST_MS)) return 'no time stamp';
  const { durationMs } = row;
  if (durationMs === Number.POSITIVE_INFINITY) return 'a duration that is not a number';
  if (durationMs < 0) return 'a negative duration';
  if (durationMs > LONGEST_MS || row.cpuMs > LONGEST_MS || row.ioMs > LONGEST_MS)
    return 'a duration of more than a day';
  return null;
}

/** What the format says of a row's meaning. */
export interface Meaning {
  /** The time stamp marks the request's end. */
  readonly stampsEnd: boolean;
  /** Durations are told; a request without one was not served by a worker. */
  readonly durations: boolean;
  /** The host that wrote the log. */
  readonly host: string;
}

/** Counts a line that has the format and is not impossible. */
export function addRow(tally: LogTotals, row: Row, { stampsEnd, durations, host }: Meaning): void {
  if (row.status >= 100 && row.status < 1000) tally.statuses[Math.floor(row.status / 100)]!++;
  const durationMs = durations ? durationOf(tally, row) : Number.NaN;
  if (durations && Number.isNaN(durationMs)) {
    tally.withoutDuration++;
    return;
  }
  tally.requests++;
  if (durations) {
    addDuration(tally.durations, durationMs);
    if (durationMs > 0) addValue(tally.logDurations, Math.log(durationMs));
  }
  addTime(tally, row.timeMs, durationMs, stampsEnd);
  if (row.path !== '') addToRoute(routeOf(tally.routes, row.method, row.path), durationMs);
  if (!Number.isNaN(row.pid)) addToProcess(tally.processes, host, row.pid, 1, durations ? durationMs : 0);
}

/** Counts a line that has not the format, or is impossible. */
export function addBroken(tally: LogTotals): void {
  tally.lines++;
  tally.broken++;
}

function addDuration({ moments, histogram }: Durations, value: number): void {
  addValue(moments, value);
  histogram.add(value);
}

/** The duration of a row. CPU and waiting are counted where they are told; both together tell the duration too. */
function durationOf(tally: LogTotals, { durationMs, cpuMs, ioMs }: Row): number {
  if (!(cpuMs >= 0)) return durationMs;
  addDuration(tally.cpu, cpuMs);
  const io = ioMs >= 0 ? ioMs : durationMs - cpuMs;
  if (io >= 0) addDuration(tally.io, io);
  return Number.isNaN(durationMs) ? cpuMs + io : durationMs;
}

function addTime(tally: LogTotals, timeMs: number, durationMs: number, stampsEnd: boolean): void {
  if (Number.isNaN(timeMs)) return;
  if (timeMs < tally.lastMs - 1000) tally.backwards = true;
  if (timeMs < tally.firstMs) tally.firstMs = timeMs;
  if (timeMs > tally.lastMs) tally.lastMs = timeMs;
  if (timeMs % 1000 !== 0) tally.fractions = true;
  if (Number.isNaN(durationMs)) {
    addArrival(tally.grid, timeMs / 1000);
    return;
  }
  const start = stampsEnd ? timeMs - durationMs : timeMs;
  addInterval(tally.grid, start / 1000, (start + durationMs) / 1000);
}

/** Adds what was counted apart, as if all lines had been counted together. */
export function addTally(to: LogTotals, from: LogTotals<Counted>): void {
  to.lines += from.lines;
  to.broken += from.broken;
  to.other += from.other;
  to.requests += from.requests;
  to.withoutDuration += from.withoutDuration;
  addMoments(to.logDurations, from.logDurations);
  for (const kind of ['durations', 'cpu', 'io'] as const) {
    addMoments(to[kind].moments, from[kind].moments);
    to[kind].histogram.merge(from[kind].histogram);
  }
  addGrid(to.grid, from.grid);
  to.firstMs = Math.min(to.firstMs, from.firstMs);
  to.lastMs = Math.max(to.lastMs, from.lastMs);
  to.fractions ||= from.fractions;
  to.backwards ||= from.backwards;
  addRoutes(to.routes, from.routes);
  addProcesses(to.processes, from.processes);
  from.statuses.forEach((count, n) => {
    to.statuses[n]! += count;
  });
}
