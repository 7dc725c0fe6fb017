import { type Estimate, estimateMean } from '../../math/statistics/confidence.js';
import { Histogram } from '../../math/statistics/histogram.js';
import { type Facility, slotsOf } from '../../model/discipline.js';
import type { ConnectionWait, Prediction } from '../../model/types.js';
import type { Tally } from './run-totals.js';

const PERCENTILES = [
  ['p50Ms', 0.5],
  ['p90Ms', 0.9],
  ['p95Ms', 0.95],
  ['p99Ms', 0.99],
] as const;

type Interval = keyof NonNullable<Prediction['ci95']>;

/**
 * Independent runs put together: points from all requests, 95 % intervals from the spread between the runs. Keeps one
 * histogram and a few numbers per run, however long they were.
 */
export class Findings {
  runs = 0;
  requests = 0;
  private readonly all = new Histogram();
  private readonly samples: Record<Interval | 'timeoutProbability', number[]> = {
    meanMs: [],
    p50Ms: [],
    p90Ms: [],
    p95Ms: [],
    p99Ms: [],
    waitProbability: [],
    rejectProbability: [],
    timeoutProbability: [],
  };
  private served = 0;
  private sumMs = 0;
  private spanMs = 0;
  private cpuBusyMs = 0;
  private slotBusyMs = 0;
  private connectionWaits = 0;
  private connectionMs = 0;
  private readonly shareSums: number[] = [];

  add(tally: Tally): void {
    if (tally.arrived === 0) return;
    this.runs++;
    this.requests += tally.arrived;
    this.served += tally.served;
    this.sumMs += tally.sumMs;
    this.spanMs += tally.spanMs;
    this.cpuBusyMs += tally.cpuBusyMs;
    this.slotBusyMs += tally.slotBusyMs;
    this.connectionWaits += tally.connectionWaits;
    this.connectionMs += tally.connectionMs;
    this.all.merge(tally.histogram);
    const { samples } = this;
    if (tally.served > 0) {
      samples.meanMs.push(tally.sumMs / tally.served);
      for (const [key, p] of PERCENTILES) samples[key].push(tally.histogram.percentile(p));
    }
    samples.waitProbability.push(tally.waited / tally.arrived);
    samples.rejectProbability.push(tally.rejected / tally.arrived);
    samples.timeoutProbability.push(tally.killed / tally.arrived);
    [...tally.servedBy]
      .sort((a, b) => b - a)
      .forEach((count, rank) => {
        this.shareSums[rank] = (this.shareSums[rank] ?? 0) + count / Math.max(1, tally.served);
      });
  }

  /** Mean of one quantity over the runs, with its interval. */
  estimate(key: Interval): Estimate {
    return estimateMean(this.samples[key]);
  }

  /** Largest relative half-width of the intervals of the mean and the 95th percentile; Infinity where unknown. */
  get relativeHalfWidth(): number {
    const relative = ({ value, halfWidth }: Estimate): number =>
      halfWidth === null || value === 0 ? Number.POSITIVE_INFINITY : halfWidth / value;
    return Math.max(relative(this.estimate('meanMs')), relative(this.estimate('p95Ms')));
  }

  /** Shares of the processes, largest first in each run, averaged over the runs. */
  get shares(): readonly number[] {
    return this.shareSums.map((sum) => sum / this.runs);
  }

  /** How requests waited for database connections, where there was a line for them. */
  get connectionWait(): ConnectionWait {
    const served = Math.max(1, this.served);
    return { probability: this.connectionWaits / served, meanMs: this.connectionMs / served };
  }

  /** The runs as a prediction of `facility`. */
  prediction(facility: Facility, stable: boolean | null, capacityPerSecond: number): Prediction {
    const some = this.served > 0;
    const point = (key: Interval | 'timeoutProbability'): number => estimateMean(this.samples[key]).value;
    const percentiles = PERCENTILES.map(([key, p]) => [key, some ? this.all.percentile(p) : null] as const);
    return {
      stable,
      capacityPerSecond,
      utilization: this.utilization(facility),
      waitProbability: point('waitProbability'),
      meanMs: some ? this.sumMs / this.served : null,
      ...(Object.fromEntries(percentiles) as Record<(typeof PERCENTILES)[number][0], number | null>),
      rejectProbability: point('rejectProbability'),
      method: 'discrete-event simulation',
      timeoutProbability:
        facility.killAfterMs === Number.POSITIVE_INFINITY ? null : point('timeoutProbability'),
      ci95: this.intervals(),
    };
  }

  private intervals(): NonNullable<Prediction['ci95']> {
    const keys = [
      ...PERCENTILES.map(([key]) => key),
      'meanMs',
      'waitProbability',
      'rejectProbability',
    ] as const;
    return Object.fromEntries(
      keys.flatMap((key) => {
        const { halfWidth } = this.estimate(key);
        return halfWidth === null ? [] : [[key, halfWidth]];
      }),
    );
  }

  private utilization(facility: Facility): Prediction['utilization'] {
    if (this.spanMs <= 0) return null;
    const { processes, cores, computes, pooledThreads } = facility;
    const busy = this.cpuBusyMs / this.spanMs;
    const slots = (pooledThreads ?? slotsOf(facility)) * processes;
    return {
      cpu: busy / cores,
      gil: computes === 'in-parallel' ? 0 : busy / processes,
      slots: Number.isFinite(slots) ? this.slotBusyMs / this.spanMs / slots : null,
    };
  }
}
