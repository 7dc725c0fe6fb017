import { SourceError } from '../../../host/errors.js';
import { type Data, isData } from '../../data.js';
import { totalOf } from '../learning/buckets.js';
import type { Bucket, Labels, NativeHistogram, Series } from '../series.js';
import { numberOf } from './exposition.js';
import type { DocumentFormat } from './format.js';

/** Answers of `/api/v1/query_range` and `/api/v1/query`, and what `promtool query range -o json` prints. */
export const queryRange: DocumentFormat = {
  recognises: (head) => /^\s*(\[|\{\s*"(status|resultType|data|result|metric)")/.test(head),
  read(data, file) {
    const result = resultOf(data, file);
    return result.map((one) => seriesOf(one, file));
  },
};

/** More than Prometheus itself gives of one series, several answers put together. */
const MOST_SAMPLES = 5_000_000;

function resultOf(data: unknown, file: string): readonly unknown[] {
  if (Array.isArray(data)) return data;
  const outer: Data = isData(data) ? data : {};
  if (outer.status === 'error')
    throw new SourceError(
      `${file}: is an answer that the query failed (${String(outer.error).slice(0, 200)}); accepted: an answer with "status":"success"`,
    );
  const inner: Data = isData(outer.data) ? outer.data : outer;
  if (Array.isArray(inner.result)) return inner.result;
  throw wrong(file, 'has no list "result"');
}

function seriesOf(data: unknown, file: string): Series {
  if (!isData(data) || !isData(data.metric)) throw wrong(file, 'has a result without "metric"');
  const labels = new Map<string, string>();
  for (const [name, value] of Object.entries(data.metric))
    if (typeof value === 'string') labels.set(name, value);
  const name = labels.get('__name__') ?? '';
  labels.delete('__name__');
  if (data.histograms !== undefined || data.histogram !== undefined)
    return nativeSeries(name, labels, data.histograms ?? [data.histogram], file);
  const samples = data.values ?? (data.value === undefined ? [] : [data.value]);
  if (!Array.isArray(samples) || samples.length > MOST_SAMPLES)
    throw wrong(file, 'has "values" that are no list of samples');
  const times: number[] = [];
  const values: number[] = [];
  for (const sample of samples) {
    const value = Array.isArray(sample) ? numberIn(sample[1]) : null;
    if (value === null || !isTime(sample[0])) throw wrong(file, 'has a sample that is not [time, "value"]');
    // A stale marker, or a division by nothing.
    if (!Number.isFinite(value)) continue;
    times.push(sample[0] * 1000);
    values.push(value);
  }
  return { name, labels, times, values };
}

function nativeSeries(name: string, labels: Labels, samples: unknown, file: string): Series {
  if (!Array.isArray(samples)) throw wrong(file, 'has "histograms" that are no list');
  const histograms = samples.map((sample) => {
    if (!Array.isArray(sample) || !isTime(sample[0]) || !isData(sample[1]))
      throw wrong(file, 'has a histogram that is not [time, {…}]');
    return nativeHistogram(sample[1], file);
  });
  const times = samples.map((sample) => sample[0] * 1000);
  return { name, labels, times, values: histograms.map(({ buckets }) => totalOf(buckets)), histograms };
}

/** `buckets` holds [which ends belong to it, low, high, count]; a bucket about or below 0 counts as durations of 0. */
function nativeHistogram(data: Data, file: string): NativeHistogram {
  const sum = numberIn(data.sum);
  const listed = data.buckets ?? [];
  if (sum === null || !Number.isFinite(sum) || !Array.isArray(listed))
    throw wrong(file, 'has a histogram without "sum" or "buckets"');
  const buckets = listed.map((bucket): Bucket => {
    const [low, high, count] = Array.isArray(bucket) ? bucket.slice(1, 4).map(numberIn) : [];
    if (low == null || high == null || count == null || !(low <= high) || !isCount(count))
      throw wrong(file, 'has a bucket that is not [ends, "low", "high", "count"]');
    return { low: Math.max(0, low), high: Math.max(0, high), count };
  });
  return { sum, buckets };
}

const isCount = (value: number): boolean => value >= 0 && Number.isFinite(value);

const numberIn = (value: unknown): number | null =>
  typeof value === 'number' ? value : typeof value === 'string' ? numberOf(value) : null;

/** Seconds since 1970, before the year 10000. */
const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Math.abs(value) < 253_402_300_800;

const wrong = (file: string, what: string): SourceError =>
  new SourceError(`${file}: ${what}; accepted: an answer of Prometheus's query_range as JSON`);
