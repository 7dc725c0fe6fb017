import { Histogram, MEDIUM, noCounts } from '../../../math/statistics/histogram.js';
import { addValue, noMoments } from '../../../math/statistics/moments.js';
import { empiricalLaw } from '../../logs/empirical.js';
import { fittedLaws } from '../../logs/laws.js';
import type { BucketedQuantile, SeenDurations } from '../result.js';
import type { CountedDurations } from '../watched.js';
import { totalOf } from './buckets.js';
import {
  type FilledBucket,
  filledBuckets,
  meanOf,
  meanSquareOf,
  place,
  quantileOf,
} from './filled-buckets.js';
import { variationBounds } from './variation-bounds.js';

/** What the buckets and the sum say of the durations; null where nothing was counted. */
export function seenDurations({ buckets, sumMs, count }: CountedDurations): SeenDurations | null {
  if (!(count > 0)) return null;
  const exact = sumMs === null ? null : sumMs / count;
  if (buckets.length === 0) return exact === null ? null : meanAlone(count, exact);
  const filled = filledBuckets(buckets, exact);
  const meanMs = exact ?? meanOf(filled);
  if (!(meanMs > 0)) return null;
  const last = buckets.at(-1)!;
  const isOpen = last.high === Number.POSITIVE_INFINITY;
  const { low, high } = variationBounds(buckets, meanMs);
  const value = Math.sqrt(Math.max(0, meanSquareOf(filled) / (meanMs * meanMs) - 1));
  return {
    count,
    meanMs,
    meanIsExact: exact !== null,
    cv: { value: Math.max(low, high === null ? value : Math.min(high, value)), low, high },
    quantiles: {
      p50: quantile(filled, 0.5),
      p90: quantile(filled, 0.9),
      p95: quantile(filled, 0.95),
      p99: quantile(filled, 0.99),
      p999: quantile(filled, 0.999),
    },
    atMostMs: isOpen ? null : last.high,
    shareAboveLast: isOpen ? last.count / totalOf(buckets) : 0,
    ...lawsOf(filled, count),
  };
}

const meanAlone = (count: number, meanMs: number): SeenDurations => ({
  count,
  meanMs,
  meanIsExact: true,
  cv: null,
  quantiles: null,
  atMostMs: null,
  shareAboveLast: 0,
  empirical: null,
  laws: [],
});

function quantile(filled: readonly FilledBucket[], p: number): BucketedQuantile {
  const { low, high } = place(filled, p).bucket;
  return {
    valueMs: quantileOf(filled, p),
    lowMs: low,
    highMs: high === Number.POSITIVE_INFINITY ? null : high,
  };
}

/** As many equally likely durations as were counted, up to this, stand for the law. */
const MOST_DRAWN = 20_000;

/** The laws of logs, taken from equally likely durations of the filled buckets. */
function lawsOf(filled: readonly FilledBucket[], count: number): Pick<SeenDurations, 'empirical' | 'laws'> {
  const drawn = Math.round(Math.min(MOST_DRAWN, Math.max(2, count)));
  const [moments, logs] = [noMoments(), noMoments()];
  const histogram = new Histogram(noCounts(MEDIUM));
  for (let n = 0; n < drawn; n++) {
    const value = quantileOf(filled, (n + 0.5) / drawn);
    addValue(moments, value);
    histogram.add(value);
    if (value > 0) addValue(logs, Math.log(value));
  }
  return { empirical: empiricalLaw(histogram, moments), laws: fittedLaws(moments, logs, histogram) };
}
