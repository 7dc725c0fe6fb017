import { SourceError } from '../../../host/errors.js';
import { COARSE, Histogram, MEDIUM, noCounts } from '../../../math/statistics/histogram.js';
import { addMoments, noMoments } from '../../../math/statistics/moments.js';
import { type Data, isData } from '../../data.js';
import { addToProcess } from '../counting/processes.js';
import { routeNamed } from '../counting/routes.js';
import { addTally, type Durations, emptyTally, type LogTotals } from '../counting/tally.js';
import { gridOf } from '../counting/time-grid.js';
import type { ReadLogs } from '../reading/read-logs.js';
import { otherBasis, otherKind } from '../refusals.js';
import {
  type FitProfile,
  PROFILE_KIND,
  PROFILE_VERSION,
  type Runs,
  type StoredDurations,
  wrongPart,
} from './fit-profile.js';

/** Reads a profile. Throws a SourceError that names the file where it is none. */
export function parseProfile(file: string, text: string): FitProfile {
  const data = parsed(file, text);
  const { kind, schemaVersion } = data;
  if (kind !== PROFILE_KIND)
    throw new SourceError(
      `${file}: is not a profile that can be merged; accepted: files written by wcalc fit --format profile`,
    );
  if (schemaVersion !== PROFILE_VERSION)
    throw new SourceError(
      `${file}: has ${schemaVersion === undefined ? 'no schemaVersion' : `schemaVersion ${String(schemaVersion).slice(0, 20)}`}; accepted: ${PROFILE_VERSION}`,
    );
  const wrong = wrongPart(data);
  if (wrong !== undefined)
    throw new SourceError(`${file}: ${wrong} is not as wcalc fit --format profile writes it`);
  return data as Data & FitProfile;
}

function parsed(file: string, text: string): Data {
  try {
    const data: unknown = JSON.parse(text);
    return isData(data) ? data : {};
  } catch {
    throw new SourceError(`${file}: is not JSON; accepted: files written by wcalc fit --format profile`);
  }
}

/**
 * What reading all logs of these profiles at once would have given: counts and the bins of percentiles are exact, arrivals
 * add up in time, and processes of different machines are told apart. Throws a SourceError where they measure different things.
 */
export function mergeProfiles(
  profiles: readonly { readonly file: string; readonly profile: FitProfile }[],
): ReadLogs {
  const { format } = profiles[0]!.profile;
  const tally = emptyTally();
  for (const { file, profile } of profiles) {
    if (profile.format.tellsDurations !== format.tellsDurations) throw otherKind(file, profile.format);
    if (profile.format.basis !== format.basis) throw otherBasis(file, profile.format);
    addTally(tally, tallyOf(profile));
  }
  const all = profiles.map(({ profile }) => profile);
  const formats = [...new Set(all.map(({ format: { name } }) => name))];
  return {
    tally,
    format: {
      ...format,
      name: formats.length === 1 ? format.name : `${formats.length} formats`,
      resolutionMs: Math.max(...all.map((profile) => profile.format.resolutionMs)),
      certain: all.every((profile) => profile.format.certain),
    },
    files: [...new Set(all.flatMap(({ files }) => files))],
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
    examples: [],
    notes: [...new Set(all.flatMap(({ notes }) => notes))],
  };
}

function tallyOf(profile: FitProfile): LogTotals {
  const { time } = profile;
  const tally: LogTotals = {
    ...emptyTally(),
    lines: profile.lines,
    broken: profile.brokenLines,
    other: profile.otherLines,
    requests: profile.requests,
    withoutDuration: profile.withoutDuration,
    durations: durationsOf(profile.durations),
    cpu: durationsOf(profile.cpu),
    io: durationsOf(profile.io),
    grid: gridOf(time.cellSeconds, time.cells),
    firstMs: time.firstMs ?? Number.POSITIVE_INFINITY,
    lastMs: time.lastMs ?? Number.NEGATIVE_INFINITY,
    fractions: time.fractions,
    backwards: time.backwards,
  };
  addMoments(tally.logDurations, profile.logDurations);
  tally.statuses.set(profile.statuses);
  for (const { route, requests, totalMs, largestMs, bins } of profile.routes) {
    const mine = routeNamed(tally.routes, route);
    Object.assign(mine, { count: requests, totalMs, largestMs });
    if (bins.length > 0) mine.histogram = histogramOf(bins, COARSE);
  }
  for (const { host, pid, requests, totalMs } of profile.processes)
    addToProcess(tally.processes, host, pid, requests, totalMs);
  return tally;
}

function durationsOf({ bins, ...stored }: StoredDurations): Durations {
  const moments = noMoments();
  addMoments(moments, stored);
  return { moments, histogram: histogramOf(bins, MEDIUM) };
}

function histogramOf(runs: Runs, binsLog2: number): Histogram {
  const counts = noCounts(binsLog2);
  for (const [at, ...run] of runs) counts.set(run, at);
  return new Histogram(counts);
}
