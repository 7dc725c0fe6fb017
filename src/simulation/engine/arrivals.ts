import type { Law } from '../../math/laws/law.js';
import { Random } from '../../math/random/random.js';
import { Stream } from '../../math/random/sampler.js';
import type { Mix, Workload } from '../../model/types.js';

/** Requests in order of arrival. After `advance()` has returned true, the fields describe the next one. */
export interface RequestSource {
  advance(): boolean;
  /** Whether no request will ever follow, when `advance` has returned false. */
  readonly ended: boolean;
  /** Arrival, ms. */
  readonly atMs: number;
  /** CPU in all, without the server's own work, ms. */
  readonly cpuMs: number;
  /** Waiting in all, ms. */
  readonly ioMs: number;
  /** Whether it runs in a thread, where its process has a loop and threads. */
  readonly isPooled: boolean;
}

/**
 * How requests come: at times with independent gaps of a law of mean 1 (`renewal`: Poisson when exponential), or in
 * Poisson batches of geometric size with mean `size` ≥ 1.
 */
export type Arrivals =
  | { readonly kind: 'renewal'; readonly gap: Law }
  | { readonly kind: 'batch'; readonly size: number };

export const POISSON: Arrivals = { kind: 'renewal', gap: { kind: 'exponential', mean: 1 } };

/** Requests drawn at a time. */
const BLOCK = 512;

/** The random streams of a run, by the number that sets them apart. */
export const STREAM = { arrivals: 1, cpu: 2, io: 3, choice: 4, batches: 5, pooled: 1_000_000 } as const;

/** Requests drawn from a workload's laws, one random stream per law. */
export class DrawnRequests implements RequestSource {
  readonly ended = false;
  /** The requests of the present block, and which of them is the present one. */
  private readonly at = new Float64Array(BLOCK);
  private readonly cpu = new Float64Array(BLOCK);
  private readonly io = new Float64Array(BLOCK);
  private position = BLOCK - 1;
  private readonly gaps: Stream;
  private readonly bursts: Stream;
  private readonly waits: Stream;
  private readonly meanGapMs: number;
  private readonly batchSize: number;
  private readonly batches: Random;
  private readonly pooled: PooledRequests | null;

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
    const { cpu, io } = workload.mix?.looped ?? workload;
    this.bursts = new Stream(cpu, new Random(seed, replication, STREAM.cpu));
    this.waits = new Stream(io, new Random(seed, replication, STREAM.io));
    this.pooled = workload.mix ? new PooledRequests(workload.mix, seed, replication) : null;
    this.batches = new Random(seed, replication, STREAM.batches);
  }

  get atMs(): number {
    return this.at[this.position]!;
  }

  get cpuMs(): number {
    return this.cpu[this.position]!;
  }

  get ioMs(): number {
    return this.io[this.position]!;
  }

  get isPooled(): boolean {
    return this.pooled?.are[this.position] === 1;
  }

  advance(): boolean {
    if (this.position === BLOCK - 1) this.drawBlock();
    else this.position++;
    return true;
  }

  private drawBlock(): void {
    this.drawArrivals(this.at[this.position]!);
    this.bursts.fill(this.cpu);
    this.waits.fill(this.io);
    this.pooled?.draw(this.cpu, this.io);
    this.position = 0;
  }

  private drawArrivals(after: number): void {
    const { at, gaps, meanGapMs, batchSize } = this;
    let now = after;
    if (batchSize === 1) {
      gaps.fill(at);
      for (let i = 0; i < BLOCK; i++) at[i] = now += meanGapMs * at[i]!;
    } else {
      for (let i = 0; i < BLOCK; i++) {
        if (this.batches.uniform() * batchSize < 1) now += meanGapMs * gaps.next();
        at[i] = now;
      }
    }
  }
}

/** Which requests of a block run in threads, and what those do. */
class PooledRequests {
  readonly are = new Uint8Array(BLOCK);
  private readonly share: number;
  private readonly choice: Random;
  private readonly bursts: Stream;
  private readonly waits: Stream;

  constructor({ pooledShare, pooled }: Mix, seed: number, replication: number) {
    this.share = pooledShare;
    this.choice = new Random(seed, replication, STREAM.pooled);
    this.bursts = new Stream(pooled.cpu, new Random(seed, replication, STREAM.pooled + 1));
    this.waits = new Stream(pooled.io, new Random(seed, replication, STREAM.pooled + 2));
  }

  /** Chooses them, and writes what they do in place of what requests on the loop would. */
  draw(cpu: Float64Array, io: Float64Array): void {
    for (let i = 0; i < BLOCK; i++) {
      const isPooled = this.choice.uniform() < this.share;
      this.are[i] = isPooled ? 1 : 0;
      if (!isPooled) continue;
      cpu[i] = this.bursts.next();
      io[i] = this.waits.next();
    }
  }
}
