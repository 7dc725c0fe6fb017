import type { EmpiricalLaw } from '../../input/learnt.js';
import type { DurationBasis } from '../logs/formats/log-format.js';
import type { FittedLaw } from '../logs/laws.js';
import type { Missing } from '../values.js';
import type { UsedMetric } from './watched.js';

/** A rate in a stretch of time. */
export interface RateAt {
  /** Start, ms since 1970. */
  readonly atMs: number;
  readonly perSecond: number;
}

/** Requests over time. */
export interface SeenRate {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly spanSeconds: number;
  readonly meanPerSecond: number;
  /** The busiest stretch of `windowSeconds`: a minute, or longer where no sample is nearer to the next. */
  readonly busiest: RateAt & { readonly windowSeconds: number };
  readonly busiestHour: RateAt | null;
  readonly peakToMean: number;
  /** Stretch by stretch. */
  readonly course: readonly RateAt[];
}

/** A percentile, and the ends of the bucket that it lies in. */
export interface BucketedQuantile {
  readonly valueMs: number;
  readonly lowMs: number;
  /** null where the bucket has no end. */
  readonly highMs: number | null;
}

/** How long requests took, as far as buckets tell. */
export interface SeenDurations {
  readonly count: number;
  readonly meanMs: number;
  /** False where the source tells no sum, so that the mean is one of the buckets. */
  readonly meanIsExact: boolean;
  /** The bounds are what any durations in these buckets could have; null where only the mean is known. */
  readonly cv: { readonly value: number; readonly low: number; readonly high: number | null } | null;
  readonly quantiles: Readonly<Record<'p50' | 'p90' | 'p95' | 'p99' | 'p999', BucketedQuantile>> | null;
  /** End of the last bucket that holds any; null where it has none, or there are no buckets. */
  readonly atMostMs: number | null;
  /** Share of the requests above the last end. */
  readonly shareAboveLast: number;
  readonly empirical: EmpiricalLaw | null;
  readonly laws: readonly FittedLaw[];
}

/** How the memory of processes grows, from the later half of their lives. */
export interface SeenGrowth {
  readonly perHourMiB: number;
  /** null where the requests of the same process are not known. */
  readonly perThousandRequestsMiB: number | null;
  /** Lives of a process, from one start to the next, that were long enough to tell. */
  readonly lives: number;
  /** The least and the largest of the lives, MiB per hour. */
  readonly lowPerHourMiB: number;
  readonly highPerHourMiB: number;
  /** The most that a process held once it had begun to serve, in the second tenth of its life. */
  readonly warmMiB: number;
}

/** Memory of the processes that were seen. */
export interface SeenMemory {
  readonly processes: number;
  /** Mean over processes of what each holds in the middle of its time. */
  readonly typicalMiB: number;
  /** The most that any process held. */
  readonly largestMiB: number;
  readonly largestProcess: string;
  /** null where no life is long enough; 0 where the memory does not go on growing. */
  readonly growth: SeenGrowth | null;
}

/** What `wcalc fit --prometheus` learnt. */
export interface PrometheusResult {
  readonly source: string;
  readonly metrics: readonly UsedMetric[];
  readonly basis: DurationBasis | null;
  /** Requests that were counted. */
  readonly requests: number | null;
  /** Processes that counted them. */
  readonly processes: number | null;
  readonly rate: SeenRate | null;
  readonly durations: SeenDurations | null;
  /** CPU time per request, of all that the processes did. */
  readonly cpuMs: number | null;
  readonly ioRatio: number | null;
  readonly memory: SeenMemory | null;
  readonly unknowns: readonly Missing[];
  readonly notes: readonly string[];
}
