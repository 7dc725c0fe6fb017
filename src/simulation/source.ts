import type { Workload } from '../model/types.js';
import type { Law } from '../queueing/law.js';
import { Random } from './random.js';
import { Stream } from './stream.js';

/** Requests in order of arrival. After `advance()` has returned true, the fields describe the next one. */
export interface RequestSource {
  advance(): boolean;
  /** Whether no request will ever follow, when `advance` has returned false. */
  readonly ended: boolean;
  /** Arrival, ms. */
  atMs: number;
  /** CPU in all, without the server's own work, ms. */
  cpuMs: number;
  /** Waiting in all, ms. */
  ioMs: number;
}

/**
 * How requests come: at times with independent gaps of a law of mean 1 (`renewal`: Poisson when exponential), or in
 * Poisson batches of geometric size with mean `size` ≥ 1.
 */
export type Arrivals =
  | { readonly kind: 'renewal'; readonly gap: Law }
  | { readonly kind: 'batch'; readonly size: number };

export const POISSON: Arrivals = { kind: 'renewal', gap: { kind: 'exponential', mean: 1 } };

/** The random streams of a run, by the number that sets them apart. */
export const STREAM = { arrivals: 1, cpu: 2, io: 3, choice: 4, batches: 5 } as const;

/** Requests drawn from a workload's laws, one random stream per law. */
export class DrawnRequests implements RequestSource {
  atMs = 0;
  cpuMs = 0;
  ioMs = 0;
  readonly ended = false;
  private readonly gaps: Stream;
  private readonly cpu: Stream;
  private readonly io: Stream;
  private readonly meanGapMs: number;
  private readonly batchSize: number;
  private readonly batches: Random;

  /** `ratePerSecond` above 0. */
  constructor(
    workload: Workload,
    ratePerSecond: number,
    arrivals: Arrivals,
    seed: number,
    replication: number,
  ) {
    const gap: Law = arrivals.kind === 'renewal' ? arrivals.gap : { kind: 'exponential', mean: 1 };
    this.batchSize = arrivals.kind === 'batch' ? arrivals.size : 1;
    this.meanGapMs = (1000 / ratePerSecond) * this.batchSize;
    this.gaps = new Stream(gap, new Random(seed, replication, STREAM.arrivals));
    this.cpu = new Stream(workload.cpu, new Random(seed, replication, STREAM.cpu));
    this.io = new Stream(workload.io, new Random(seed, replication, STREAM.io));
    this.batches = new Random(seed, replication, STREAM.batches);
  }

  advance(): boolean {
    if (this.batchSize === 1 || this.batches.uniform() * this.batchSize < 1) {
      this.atMs += this.meanGapMs * this.gaps.next();
    }
    this.cpuMs = this.cpu.next();
    this.ioMs = this.io.next();
    return true;
  }
}
