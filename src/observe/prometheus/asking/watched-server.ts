import { UsageError } from '../../../host/errors.js';
import { bucketsOf, endOf, joinedBuckets, scaledBucket, totalOf } from '../learning/buckets.js';
import { countOf } from '../learning/increases.js';
import { PROCESS_LABELS, processOf, type Series } from '../series.js';
import type { Counted, CountedDurations, Resident, Watched } from '../watched.js';
import type { GivenQueries } from './given-query.js';
import type { PrometheusServer } from './server.js';
import { basisOf, type Sources, sourcesOf, usedOf } from './sources.js';

/** How far back and how finely to ask. */
export interface AskedTime {
  readonly nowMs: number;
  readonly sinceMs: number;
  readonly stepMs: number;
}

/** Samples of one series that are asked for at most. */
const MOST_STEPS = 200_000;

const PROCESS = PROCESS_LABELS.join(', ');

/** What a Prometheus has seen of a service, by rates that it works out itself, since it knows of restarts. */
export async function watchedServer(
  server: PrometheusServer,
  queries: GivenQueries,
  time: AskedTime,
): Promise<Watched> {
  const { nowMs, sinceMs, stepMs } = time;
  if (sinceMs < stepMs || sinceMs / stepMs > MOST_STEPS)
    throw new UsageError(
      `--since: holds ${sinceMs < stepMs ? 'no step' : `more than ${MOST_STEPS} steps`} of --step; give a ${sinceMs < stepMs ? 'longer time or a shorter' : 'shorter time or a longer'} step`,
    );
  const toMs = Math.floor(nowMs / stepMs) * stepMs;
  const sources = await sourcesOf(server, queries, toMs);
  const { windowMs, scrapeMs } = await rateWindow(server, sources, toMs, stepMs);
  const over = (query: string) => server.range(query, toMs - sinceMs + stepMs, toMs, stepMs);
  const rate = (name: string, matchers: string) => `rate(${name}{${matchers}}[${windowMs / 1000}s])`;
  const asked: Asked = { over, rate, stepMs };
  const histogram = await histogramSeries(sources, asked);
  const requests = await requestsOf(sources, asked, histogram);
  const durations = await durationsOf(sources, asked, histogram);
  const cpu = await cpuOf(sources, asked);
  const memory = await memoryOf(sources, asked);
  return {
    source: server.address,
    used: usedOf(sources),
    basis: basisOf(sources),
    requests,
    durations: durations && withCount(durations, requests),
    cpuMs: cpu,
    memory,
    notes:
      windowMs > stepMs
        ? [
            `rates are means over ${windowMs / 1000} s, because samples lie about ${Math.round(scrapeMs / 1000)} s apart`,
          ]
        : [],
  };
}

/** A rate needs some samples within its window; four distances hold them even where one is missing. */
const DISTANCES = 4;
/** A short look tells the distance of a service that has just begun, a long one that of samples far apart. */
const LOOKS_SECONDS = [10, 60, 600, 3600];
const FEWEST_SAMPLES = 3;

/** The window of rates: a step, or longer where samples lie far apart. */
async function rateWindow(
  server: PrometheusServer,
  sources: Sources,
  atMs: number,
  stepMs: number,
): Promise<{ readonly windowMs: number; readonly scrapeMs: number }> {
  const source = [sources.durations, sources.requests, sources.cpu].find((one) => one?.kind === 'metric');
  if (source?.kind !== 'metric') return { windowMs: stepMs, scrapeMs: 0 };
  const suffix = source === sources.durations && sources.durationKind !== 'native' ? '_count' : '';
  let scrapeMs = stepMs;
  for (const seconds of LOOKS_SECONDS) {
    const samples = `count_over_time(${source.metric.name}${suffix}{${source.matchers}}[${seconds}s])`;
    const most = (await server.instant(`max(${samples})`, atMs))[0]?.values[0] ?? 0;
    if (most > 0) scrapeMs = (1000 * seconds) / most;
    if (most >= FEWEST_SAMPLES) break;
  }
  return { windowMs: Math.max(stepMs, Math.ceil((DISTANCES * scrapeMs) / 1000) * 1000), scrapeMs };
}

interface Asked {
  over(query: string): Promise<readonly Series[]>;
  rate(name: string, matchers: string): string;
  readonly stepMs: number;
}

/** What came in each step, from rates per second. */
const countedBy = (series: readonly Series[], scale: number, stepMs: number): Counted[] =>
  series.map(({ labels, times, values }) => ({
    process: processOf(labels),
    increases: times.map((toMs, n) => ({
      fromMs: toMs - stepMs,
      toMs,
      amount: (scale * Math.max(0, values[n]!) * stepMs) / 1000,
    })),
  }));

/** The rates of the buckets, or of the native histograms; none of a summary. */
async function histogramSeries(
  { durations, durationKind }: Sources,
  { over, rate }: Asked,
): Promise<readonly Series[]> {
  if (durations === null || durationKind === 'summary') return [];
  if (durations.kind === 'promql') return over(durations.text);
  const { metric, matchers } = durations;
  return durationKind === 'native'
    ? over(`sum(${rate(metric.name, matchers)})`)
    : over(`sum by (le) (${rate(`${metric.name}_bucket`, matchers)})`);
}

/** Requests by process: of their own counter, else as the durations count them. */
async function requestsOf(
  { requests, durations, durationKind }: Sources,
  { over, rate, stepMs }: Asked,
  histogram: readonly Series[],
): Promise<Counted[] | null> {
  const source = requests ?? durations;
  if (source === null) return null;
  if (source.kind === 'promql') {
    // Of a histogram that was asked for as a whole, all are below +Inf.
    const all = histogram.filter(({ labels, histograms }) => histograms || labels.get('le') === '+Inf');
    return countedBy(requests === null ? all : await over(source.text), 1, stepMs);
  }
  const { metric, matchers } = source;
  const byHistogram = requests === null;
  const rates =
    byHistogram && durationKind === 'native'
      ? `histogram_count(${rate(metric.name, matchers)})`
      : rate(byHistogram ? `${metric.name}_count` : metric.name, matchers);
  return countedBy(await over(`sum by (${PROCESS}) (${rates})`), 1, stepMs);
}

async function durationsOf(
  { durations, durationKind }: Sources,
  { over, rate, stepMs }: Asked,
  histogram: readonly Series[],
): Promise<CountedDurations | null> {
  if (durations === null) return null;
  if (durations.kind === 'promql') return histogramOf(histogram, SECOND_MS, stepMs, null);
  const { metric, matchers } = durations;
  if (durationKind === 'native') return histogramOf(histogram, metric.scale, stepMs, null);
  const sums = await over(`sum(${rate(`${metric.name}_sum`, matchers)})`);
  const sumMs = sums
    .flatMap(({ values }) => values)
    .reduce((sum, value) => sum + (metric.scale * value * stepMs) / 1000, 0);
  return histogramOf(histogram, metric.scale, stepMs, sumMs);
}

const SECOND_MS = 1000;

/** Rates of a histogram, classic by `le` or native, put together over all steps. */
function histogramOf(
  series: readonly Series[],
  scale: number,
  stepMs: number,
  sumMs: number | null,
): CountedDurations {
  const factor = stepMs / 1000;
  const classic = series.filter(({ histograms }) => !histograms);
  const native = series.flatMap(({ histograms }) => histograms ?? []);
  const cumulative = classic.flatMap(({ labels, values }) => {
    const end = endOf(labels);
    return end === null
      ? []
      : [{ le: scale * end, count: factor * values.reduce((sum, value) => sum + value, 0) }];
  });
  const buckets = joinedBuckets([
    ...bucketsOf(cumulative),
    ...native.flatMap((histogram) =>
      histogram.buckets.map((bucket) => ({
        ...scaledBucket(bucket, scale),
        count: factor * bucket.count,
      })),
    ),
  ]);
  const ofNative = native.length > 0 ? scale * factor * native.reduce((all, { sum }) => all + sum, 0) : null;
  return {
    buckets,
    sumMs: sumMs ?? ofNative,
    count: totalOf(buckets),
  };
}

/** A summary is counted by its requests. */
const withCount = (durations: CountedDurations, requests: readonly Counted[] | null): CountedDurations =>
  durations.buckets.length > 0 || !requests ? durations : { ...durations, count: countOf(requests) };

async function cpuOf({ cpu }: Sources, { over, rate, stepMs }: Asked): Promise<Counted[] | null> {
  if (cpu === null) return null;
  const query = cpu.kind === 'promql' ? cpu.text : `sum(${rate(cpu.metric.name, cpu.matchers)})`;
  return countedBy(await over(query), cpu.kind === 'promql' ? SECOND_MS : cpu.metric.scale, stepMs);
}

async function memoryOf({ memory }: Sources, { over }: Asked): Promise<Resident[] | null> {
  if (memory === null) return null;
  const query =
    memory.kind === 'promql'
      ? memory.text
      : `max by (${PROCESS}) (${memory.metric.name}{${memory.matchers}})`;
  const scale = memory.kind === 'promql' ? 1 / (1024 * 1024) : memory.metric.scale;
  return (await over(query)).map(({ labels, times, values }) => ({
    process: processOf(labels),
    times,
    memoryMiB: values.map((value) => scale * value),
  }));
}
