import type { LearntLaws } from '../../../input/learnt.js';
import { type Moments, noMoments } from '../../../math/statistics/moments.js';
import type { ObservedValue } from '../../values.js';
import { listed } from '../counting/processes.js';
import type { Durations } from '../counting/tally.js';
import { cellSeconds, storedCells } from '../counting/time-grid.js';
import type { ReadLogs } from '../reading/read-logs.js';
import {
  type FitProfile,
  PROFILE_KIND,
  PROFILE_VERSION,
  type Runs,
  type StoredDurations,
} from './fit-profile.js';

/** What was counted, as plain data that can be merged. */
export function profileOf(
  { tally, format, files, bytes, notes }: ReadLogs,
  observed: readonly ObservedValue[],
  laws: LearntLaws,
): FitProfile {
  const timed = tally.lastMs >= tally.firstMs;
  return {
    kind: PROFILE_KIND,
    schemaVersion: PROFILE_VERSION,
    values: Object.fromEntries(observed.map(({ name, text, where }) => [name, { value: text, where }])),
    laws: Object.fromEntries(Object.entries(laws).map(([name, { quantiles }]) => [name, quantiles])),
    format,
    files,
    bytes,
    notes,
    lines: tally.lines,
    brokenLines: tally.broken,
    otherLines: tally.other,
    requests: tally.requests,
    withoutDuration: tally.withoutDuration,
    statuses: [...tally.statuses],
    durations: storedDurations(tally.durations),
    logDurations: storedMoments(tally.logDurations),
    cpu: storedDurations(tally.cpu),
    io: storedDurations(tally.io),
    time: {
      firstMs: timed ? tally.firstMs : null,
      lastMs: timed ? tally.lastMs : null,
      fractions: tally.fractions,
      backwards: tally.backwards,
      cellSeconds: cellSeconds(tally.grid),
      cells: storedCells(tally.grid),
    },
    routes: [...tally.routes.byName].map(([route, { count, totalMs, largestMs, histogram }]) => ({
      route,
      requests: count,
      totalMs,
      largestMs,
      bins: histogram ? runsOf(histogram.counts) : [],
    })),
    processes: listed(tally.processes).map(({ machine, pid, count, totalMs }) => ({
      host: machine,
      pid,
      requests: count,
      totalMs,
    })),
  };
}

const storedDurations = ({ moments, histogram }: Durations): StoredDurations => ({
  ...storedMoments(moments),
  bins: runsOf(histogram.counts),
});

/** The extremes of nothing are infinite, which JSON cannot tell. */
const storedMoments = (moments: Moments): Moments =>
  moments.count > 0 ? { ...moments } : { ...noMoments(), smallest: 0, largest: 0 };

/** Zeros that a run may bridge: a new run costs about as much. */
const BRIDGED = 3;

function runsOf(counts: Float64Array): Runs {
  const runs: number[][] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < counts.length; at++) {
    if (counts[at] === 0) continue;
    if (at - last > BRIDGED) runs.push([at]);
    else for (let zero = last + 1; zero < at; zero++) runs.at(-1)!.push(0);
    runs.at(-1)!.push(counts[at]!);
    last = at;
  }
  return runs;
}
