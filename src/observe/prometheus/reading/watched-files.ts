import { SourceError } from '../../../host/errors.js';
import type { Host } from '../../../host/host.js';
import { grouped } from '../../../text/lookup.js';
import { type ChosenMetrics, chooseMetrics, type GivenMetrics, wantedNames } from '../choose.js';
import { bucketsOf, endOf, joinedBuckets, scaledBucket, totalOf } from '../learning/buckets.js';
import { amountOf, increasesOf, nativeIncrease, resetsOf } from '../learning/increases.js';
import { type KnownMetric, ROLES, START_TIME } from '../metrics.js';
import { type Bucket, processOf, type Series } from '../series.js';
import type { Counted, CountedDurations, Resident, Watched } from '../watched.js';
import { type FileSeries, readSeries } from './read-files.js';

/** What files of metrics tell: looks at /metrics, each at a process of its own, or answers of query_range. */
export async function watchedFiles(
  host: Host,
  names: readonly string[],
  given: GivenMetrics,
): Promise<Watched> {
  const wanted = new Set([...wantedNames(given), START_TIME]);
  const files: FileSeries[] = [];
  for (const name of names) files.push(await readSeries(host, name, wanted));
  refuseSecondLooks(files);
  const all = files.flatMap(({ file, isOneLook, series }) =>
    series.map((one) => ({
      ...one,
      isOneLook,
      process: named(one, isOneLook && files.length > 1 ? file : ''),
    })),
  );
  const source = names.join(', ');
  const chosen = chooseMetrics(new Set(all.map(({ name }) => name)), given);
  if (Object.values(chosen).every((metric) => metric === null)) throw nothingKnown(source, all);
  const of = (name: string) => all.filter((one) => one.name === name);
  return {
    source,
    used: usedOf(chosen),
    basis: (chosen.durations ?? chosen.requests)?.basis ?? null,
    requests: requestsOf(chosen, of),
    durations: chosen.durations && durationsOf(chosen.durations, of),
    cpuMs: chosen.cpu && counted(of(chosen.cpu.name), chosen.cpu.scale),
    memory: chosen.memory && residentOf(of(chosen.memory.name), chosen.memory.scale),
    notes: resetNotes(chosen, of),
  };
}

interface Read extends Series {
  readonly isOneLook: boolean;
  readonly process: string;
}

type SeriesOf = (name: string) => readonly Read[];

const named = ({ labels }: Series, file: string): string =>
  [processOf(labels), file].filter((part) => part !== '').join(' ');

const usedOf = (chosen: ChosenMetrics): Watched['used'] =>
  ROLES.flatMap((role) => {
    const metric = chosen[role];
    return metric ? [{ role, name: metric.name, exporter: metric.exporter }] : [];
  });

/** Of two looks at one process only the difference would count, and neither tells when it was taken. */
function refuseSecondLooks(files: readonly FileSeries[]): void {
  const looks = new Map<string, string>();
  for (const { file, isOneLook, series } of files) {
    if (!isOneLook) continue;
    for (const { labels, values } of series.filter(({ name }) => name === START_TIME)) {
      const key = `${processOf(labels)} ${values[0]}`;
      const other = looks.get(key);
      if (other !== undefined)
        throw new SourceError(
          `${file}: is a second look at the process of ${other}, begun at the same ${START_TIME}, and neither tells its time; give one of them, or the address of the Prometheus that scrapes it`,
        );
      looks.set(key, file);
    }
  }
}

function nothingKnown(source: string, all: readonly Series[]): SourceError {
  const nameless = all.some(({ name }) => name === '');
  return new SourceError(
    nameless
      ? `${source}: has series without a name, as functions such as rate() leave them; ask query_range for the metrics themselves`
      : `${source}: has no metric of requests, CPU or memory under a name that is known; name one with --query durations=METRIC (or requests, cpu, memory)`,
  );
}

function requestsOf({ durations, requests }: ChosenMetrics, of: SeriesOf): Counted[] | null {
  if (requests) return counted(of(requests.name), 1);
  if (!durations) return null;
  if (durations.kind === 'native') return counted(of(durations.name), 1);
  const counts = of(`${durations.name}_count`);
  return counted(
    counts.length > 0
      ? counts
      : of(`${durations.name}_bucket`).filter(({ labels }) => labels.get('le') === '+Inf'),
    1,
  );
}

/** Increases by process, in units of ours. */
function counted(series: readonly Read[], scale: number): Counted[] {
  const byProcess = grouped(series, ({ process }) => process);
  return [...byProcess].map(([process, own]) => ({
    process,
    increases: own.flatMap((one) =>
      increasesOf(one, one.isOneLook).map((increase) => ({ ...increase, amount: scale * increase.amount })),
    ),
  }));
}

function durationsOf(metric: NonNullable<ChosenMetrics['durations']>, of: SeriesOf): CountedDurations {
  const { name, scale, kind } = metric;
  if (kind === 'native') return nativeDurations(of(name), scale);
  const total = (series: readonly Read[]): number =>
    series.reduce((sum, one) => sum + amountOf(increasesOf(one, one.isOneLook)), 0);
  const buckets = classicBuckets(of(`${name}_bucket`), scale);
  const counts = of(`${name}_count`);
  const sums = of(`${name}_sum`);
  return {
    buckets,
    sumMs: sums.length > 0 ? scale * total(sums) : null,
    count: kind === 'classic' ? totalOf(buckets) : total(counts),
  };
}

/** Buckets of every set of labels by itself, since instances may have other ends, then joined. */
function classicBuckets(series: readonly Read[], scale: number): Bucket[] {
  const histograms = grouped(series, ({ labels, process }) =>
    JSON.stringify([process, ...[...labels].filter(([name]) => name !== 'le').sort()]),
  );
  return joinedBuckets(
    [...histograms.values()].flatMap((own) =>
      bucketsOf(
        own.flatMap((one) => {
          const end = endOf(one.labels);
          return end === null ? [] : [{ le: scale * end, count: amountOf(increasesOf(one, one.isOneLook)) }];
        }),
      ),
    ),
  );
}

function nativeDurations(series: readonly Read[], scale: number): CountedDurations {
  const increases = series.map(nativeIncrease);
  const buckets = joinedBuckets(
    increases.flatMap((increase) => increase.buckets.map((bucket) => scaledBucket(bucket, scale))),
  );
  return {
    buckets,
    sumMs: scale * increases.reduce((sum, increase) => sum + increase.sum, 0),
    count: totalOf(buckets),
  };
}

const residentOf = (series: readonly Read[], scale: number): Resident[] =>
  series.map(({ process, times, values }) => ({
    process,
    times,
    memoryMiB: values.map((value) => scale * value),
  }));

/** A counter that falls at so many of its samples is of several workers that answer in turn. */
const MANY_RESETS = 0.2;

function resetNotes({ cpu, durations, requests }: ChosenMetrics, of: SeriesOf): string[] {
  const names: (KnownMetric | null)[] = [cpu, requests, durations];
  const series = names.flatMap((metric) =>
    metric ? [...of(metric.name), ...of(`${metric.name}_count`)] : [],
  );
  const steps = series.reduce((sum, { values }) => sum + Math.max(0, values.length - 1), 0);
  const resets = series.reduce((sum, one) => sum + resetsOf(one), 0);
  return steps > 0 && resets > MANY_RESETS * steps
    ? [
        'counters fall at every few samples: several workers answer for one address in turn, each with counters of its own, so that these numbers are wrong; use the multiprocess mode of prometheus-client, or an address for each worker',
      ]
    : [];
}
