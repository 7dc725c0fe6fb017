import { Random } from '../../math/random/random.js';
import { Histogram } from '../../math/statistics/histogram.js';
import type { Database } from '../../model/connections/database.js';
import type { Facility } from '../../model/discipline.js';
import type { CpuOrder, Prediction } from '../../model/types.js';
import { Tally } from '../run/run-totals.js';
import { Findings } from '../run/summary.js';
import { type RequestSource, STREAM } from './arrivals.js';
import { engineOf } from './disciplines/engine-of.js';
import type { Engine } from './engine.js';
import { type Physics, policyOf } from './policy.js';

/** One request of a trace: when it came and what it demanded, ms. */
export interface TracedRequest {
  readonly atMs: number;
  readonly cpuMs: number;
  readonly ioMs: number;
}

export interface ReplayOptions {
  readonly ioCalls: number;
  readonly overheadMs: number;
  readonly cpuOrder: CpuOrder;
  readonly seed: number;
  readonly physics: Physics;
  readonly database?: Database | undefined;
}

/** A trace does not say beforehand how busy it will be; without the server's own CPU its shares are those of half a load. */
const UNKNOWN_LOAD = 0.5;

/** Replays requests that come in pieces, so that a trace of any length fits. */
export class Replay {
  /** Sums over the requests, of which their means and variations follow. */
  requests = 0;
  readonly sums = { cpuMs: 0, cpuMs2: 0, ioMs: 0, ioMs2: 0, firstMs: 0, lastMs: 0 };
  private readonly source = new PiecewiseRequests();
  private readonly tally: BatchTally;
  private readonly engine: Engine;
  private readonly facility: Facility;
  /** Whether requests may have to wait for database connections. */
  private readonly isScarce: boolean;

  constructor(facility: Facility, options: ReplayOptions) {
    const policy = policyOf(
      facility,
      {
        overheadMs: options.overheadMs,
        burstMs: 0,
        load: UNKNOWN_LOAD,
        database: options.database,
        cpuOrder: options.cpuOrder,
      },
      options.physics,
    );
    this.facility = facility;
    this.isScarce = policy.database !== null;
    this.tally = new BatchTally(policy.processes);
    const random = new Random(options.seed, 0, STREAM.choice);
    this.engine = engineOf(policy, this.source, options.ioCalls, random, this.tally);
  }

  /** The next requests, in order of arrival; the ones before must have been served. */
  add(piece: readonly TracedRequest[]): void {
    const { sums } = this;
    for (const { atMs, cpuMs, ioMs } of piece) {
      if (this.requests === 0) sums.firstMs = atMs;
      this.requests++;
      sums.cpuMs += cpuMs;
      sums.cpuMs2 += cpuMs * cpuMs;
      sums.ioMs += ioMs;
      sums.ioMs2 += ioMs * ioMs;
      sums.lastMs = atMs;
    }
    this.source.refill(piece);
  }

  /** No more requests will come. */
  end(): void {
    this.source.ended = true;
  }

  /** Serves what has been added; false where it was stopped by `pause`, which is asked now and then, and must be called again. */
  work(pause: () => boolean = () => false): boolean {
    return this.engine.run(ENDLESS, pause);
  }

  /** What the trace met; intervals from batches of consecutive requests. */
  prediction(stable: boolean | null, capacityPerSecond: number): Prediction {
    const batches = new Findings();
    for (const batch of this.tally.fullBatches) batches.add(batch);
    const whole = new Findings();
    whole.add(this.tally);
    const { meanMs, p50Ms, p90Ms, p95Ms, p99Ms } = batches.prediction(this.facility, stable, 0).ci95 ?? {};
    const halfWidths = Object.entries({ meanMs, p50Ms, p90Ms, p95Ms, p99Ms });
    return {
      ...whole.prediction(this.facility, stable, capacityPerSecond),
      ...(this.isScarce && { connectionWait: whole.connectionWait }),
      ci95: Object.fromEntries(halfWidths.filter(([, halfWidth]) => halfWidth !== undefined)),
    };
  }

  get shares(): readonly number[] {
    const { served, servedBy } = this.tally;
    return [...servedBy].sort((a, b) => b - a).map((count) => count / Math.max(1, served));
  }
}

const ENDLESS = { warmup: 0, requests: Number.POSITIVE_INFINITY };

class PiecewiseRequests implements RequestSource {
  atMs = 0;
  cpuMs = 0;
  ioMs = 0;
  /** A trace does not say which requests run in threads. */
  readonly isPooled = false;
  ended = false;
  private piece: readonly TracedRequest[] = [];
  private position = 0;

  refill(piece: readonly TracedRequest[]): void {
    this.piece = piece;
    this.position = 0;
  }

  advance(): boolean {
    const request = this.piece[this.position];
    if (request === undefined) return false;
    this.position++;
    this.atMs = request.atMs;
    this.cpuMs = request.cpuMs;
    this.ioMs = request.ioMs;
    return true;
  }
}

const MOST_BATCHES = 32;
const FIRST_BATCH = 64;

/** Batch means of a run of unknown length: when there are 32 batches, neighbours are put together. */
class BatchTally extends Tally {
  private batches: Tally[] = [];
  private batchLength = FIRST_BATCH;

  override respond(responseMs: number): void {
    super.respond(responseMs);
    let open = this.batches.at(-1);
    if (open === undefined || open.served >= this.batchLength) {
      if (this.batches.length === MOST_BATCHES) this.pairUp();
      open = new Tally(this.servedBy.length);
      this.batches.push(open);
    }
    open.respond(responseMs);
  }

  /** Without the last, which may be short. */
  get fullBatches(): readonly Tally[] {
    return this.batches.filter((batch) => batch.served === this.batchLength);
  }

  private pairUp(): void {
    this.batchLength *= 2;
    this.batches = Array.from({ length: MOST_BATCHES / 2 }, (_, n) => {
      const [first, second] = [this.batches[2 * n]!, this.batches[2 * n + 1]!];
      const both = new Tally(this.servedBy.length, false, new Histogram(first.histogram.counts));
      both.histogram.merge(second.histogram);
      both.served = first.served + second.served;
      both.sumMs = first.sumMs + second.sumMs;
      return both;
    });
  }
}
