import { addHistogram, countLog, emptyHistogram, type LogHistogram } from './log-histogram.js';
import { addMoments, addValue, type Moments, noMoments } from './moments.js';
import {
  addRoutes,
  addToRoute,
  emptyRoutes,
  type RouteTable,
  type RouteTally,
  routeOfBytes,
  routeOfText,
} from './routes.js';
import type { Row } from './row.js';
import { addGrid, addInterval, emptyGrid, type TimeGrid } from './time-grid.js';

/** Requests of one worker process. */
export interface PidTally {
  count: number;
  totalMs: number;
}

/** Everything that is kept of a log: its size does not depend on the log's. */
export interface Tally {
  lines: number;
  /** Lines that do not have the format, or tell impossible values. */
  broken: number;
  /** Requests without a duration (`-`), such as those that a proxy answered itself. */
  withoutDuration: number;
  readonly durations: Moments;
  readonly logDurations: Moments;
  readonly histogram: LogHistogram;
  readonly cpu: Moments;
  readonly cpuHistogram: LogHistogram;
  readonly io: Moments;
  readonly ioHistogram: LogHistogram;
  readonly grid: TimeGrid;
  firstMs: number;
  lastMs: number;
  /** Whether any time stamp has a fraction of a second. */
  fractions: boolean;
  /** Lines whose time stamp is more than a second before an earlier line's. */
  backwards: number;
  readonly routes: RouteTable;
  readonly pids: Map<number, PidTally>;
  /** Requests by the first digit of their status. */
  readonly statuses: Float64Array;
}

export const emptyTally = (): Tally => ({
  lines: 0,
  broken: 0,
  withoutDuration: 0,
  durations: noMoments(),
  logDurations: noMoments(),
  histogram: emptyHistogram(),
  cpu: noMoments(),
  cpuHistogram: emptyHistogram(),
  io: noMoments(),
  ioHistogram: emptyHistogram(),
  grid: emptyGrid(),
  firstMs: Number.POSITIVE_INFINITY,
  lastMs: Number.NEGATIVE_INFINITY,
  fractions: false,
  backwards: 0,
  routes: emptyRoutes(),
  pids: new Map(),
  statuses: new Float64Array(10),
});

/** A request that took longer than this is a broken line. */
const LONGEST_MS = 86_400_000;
/** Time stamps outside of the years 0 to 9999 are not times. */
const LATEST_MS = 253_402_300_800_000;
/** Processes that are told apart; a log in which more appear has no process ids. */
export const MOST_PIDS = 4096;

/** Why a line that has the format does not count; null where it does. */
export function impossible(row: Row, wantsTime: boolean): string | null {
  if (wantsTime && !(Math.abs(row.timeMs) <= LATEST_MS)) return 'no time stamp';
  if (row.durationMs === Number.POSITIVE_INFINITY) return 'a duration that is not a number';
  if (row.durationMs < 0) return 'a negative duration';
  if (row.durationMs > LONGEST_MS) return 'a duration of more than a day';
  return null;
}

/** Counts a line that has the format and is not impossible. `stampsEnd`: its time stamp marks the request's end. */
export function addRow(tally: Tally, row: Row, bytes: Uint8Array, stampsEnd: boolean): void {
  if (row.status >= 100 && row.status < 1000) tally.statuses[Math.floor(row.status / 100)]!++;
  addParts(tally, row);
  const durationMs = row.durationMs;
  if (Number.isNaN(durationMs)) {
    tally.withoutDuration++;
    return;
  }
  const log = Math.log(durationMs);
  addValue(tally.durations, durationMs);
  if (durationMs > 0) addValue(tally.logDurations, log);
  countLog(tally.histogram, log);
  addTime(tally, row.timeMs, durationMs, stampsEnd);
  if (row.path !== null) addToRoute(routeOfText(tally.routes, row.method ?? '', row.path), durationMs, log);
  else if (row.pathEnd > row.pathStart)
    addToRoute(
      routeOfBytes(tally.routes, bytes, row.methodStart, row.methodEnd, row.pathStart, row.pathEnd),
      durationMs,
      log,
    );
  if (!Number.isNaN(row.pid)) addPid(tally, row.pid, 1, durationMs);
}

/** CPU and waiting, where they are told; both together tell the duration too. */
function addParts(tally: Tally, row: Row): void {
  const { cpuMs, ioMs } = row;
  if (cpuMs >= 0) {
    addValue(tally.cpu, cpuMs);
    countLog(tally.cpuHistogram, Math.log(cpuMs));
    const io = ioMs >= 0 ? ioMs : row.durationMs - cpuMs;
    if (Number.isNaN(row.durationMs)) row.durationMs = cpuMs + io;
    if (io >= 0) {
      addValue(tally.io, io);
      countLog(tally.ioHistogram, Math.log(io));
    }
  }
}

function addTime(tally: Tally, timeMs: number, durationMs: number, stampsEnd: boolean): void {
  if (Number.isNaN(timeMs)) return;
  if (timeMs < tally.lastMs - 1000) tally.backwards++;
  if (timeMs < tally.firstMs) tally.firstMs = timeMs;
  if (timeMs > tally.lastMs) tally.lastMs = timeMs;
  if (timeMs % 1000 !== 0) tally.fractions = true;
  const start = stampsEnd ? timeMs - durationMs : timeMs;
  addInterval(tally.grid, start / 1000, (start + durationMs) / 1000);
}

function addPid(tally: Tally, pid: number, count: number, totalMs: number): void {
  const known = tally.pids.get(pid);
  if (known) {
    known.count += count;
    known.totalMs += totalMs;
  } else if (tally.pids.size < MOST_PIDS) tally.pids.set(pid, { count, totalMs });
}

/** Adds what another thread has counted. */
export function addTally(to: Tally, from: TallyMessage): void {
  to.lines += from.lines;
  to.broken += from.broken;
  to.withoutDuration += from.withoutDuration;
  addMoments(to.durations, from.durations);
  addMoments(to.logDurations, from.logDurations);
  addHistogram(to.histogram, from.histogram);
  addMoments(to.cpu, from.cpu);
  addHistogram(to.cpuHistogram, from.cpuHistogram);
  addMoments(to.io, from.io);
  addHistogram(to.ioHistogram, from.ioHistogram);
  addGrid(to.grid, from.grid);
  to.firstMs = Math.min(to.firstMs, from.firstMs);
  to.lastMs = Math.max(to.lastMs, from.lastMs);
  to.fractions ||= from.fractions;
  to.backwards += from.backwards;
  addRoutes(to.routes, from.routes);
  for (const [pid, { count, totalMs }] of from.pids) addPid(to, pid, count, totalMs);
  from.statuses.forEach((count, n) => {
    to.statuses[n]! += count;
  });
}

/** A tally as it is sent between threads: without the routes' hash table. */
export type TallyMessage = Omit<Tally, 'routes'> & { readonly routes: ReadonlyMap<string, RouteTally> };

export const tallyMessage = (tally: Tally): TallyMessage => ({ ...tally, routes: tally.routes.byName });
