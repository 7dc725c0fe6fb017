import { goOn, type RunLength } from '../run/run-length.js';
import type { Tally } from '../run/run-totals.js';
import type { RequestSource } from './arrivals.js';
import type { Cores } from './cores.js';
import { EventQueue } from './event-queue.js';

const NEVER = Number.POSITIVE_INFINITY;
/** Events between two looks at whether to go on. */
const PULSE = 2 ** 16 - 1;
const ARRIVALS_AFTER = 1000;

/** The course of time: the next arrival, the next thing at a core, or the next end of a wait. */
export abstract class EventDriven {
  /** The present, ms, in its one element. */
  protected readonly clock = new Float64Array(1);
  protected readonly source: RequestSource;
  protected readonly tally: Tally;
  protected readonly waits = new EventQueue();
  protected abstract readonly cores: Cores;
  protected arrivals = 0;
  /** Whether the source holds a request that has not arrived yet. */
  private open = false;
  private countedFrom = 0;
  /** Counted requests in the system. */
  protected pending = 0;

  constructor(source: RequestSource, tally: Tally) {
    this.source = source;
    this.tally = tally;
  }

  protected abstract arrive(counted: boolean): void;
  protected abstract stopCore(): void;
  protected abstract endWait(): void;

  /**
   * Serves until all counted requests have left, the source has nothing more for now, or `interrupted` says to stop
   * (asked every 65,536 events). Called again, it goes on. True where there is nothing left to do for now.
   *
   * Requests go on arriving while the counted ones leave, as they would; but no more than came before, so that waits of
   * hours do not fill the memory.
   */
  run(length: RunLength, interrupted: () => boolean = goOn): boolean {
    const last = length.warmup + length.requests;
    const most = 2 * last + ARRIVALS_AFTER;
    this.open ||= this.arrivals < most && this.source.advance();
    for (let events = 1; this.open || this.source.ended || this.arrivals >= most; events++) {
      if (!this.step(length.warmup, last, most)) break;
      if (this.pending === 0 && this.arrivals >= last) break;
      if ((events & PULSE) === 0 && interrupted()) return false;
    }
    return true;
  }

  /** When something happens next that is no arrival. */
  protected get nextTime(): number {
    return Math.min(this.cores.nextTime, this.waits.nextTime);
  }

  /** The next event; false where there is none. */
  protected step(warmup: number, last: number, most: number): boolean {
    const core = this.cores.nextTime;
    const wait = this.waits.nextTime;
    const next = core <= wait ? core : wait;
    if (this.open && this.source.atMs <= next) {
      const arrival = this.source.atMs;
      this.clock[0] = arrival;
      if (this.arrivals === warmup) this.countedFrom = arrival;
      const counted = this.arrivals >= warmup && this.arrivals < last;
      if (counted) this.tally.spanMs = arrival - this.countedFrom;
      this.arrive(counted);
      this.open = this.arrivals < most && this.source.advance();
    } else {
      if (next === NEVER) return false;
      this.clock[0] = next;
      if (core <= wait) this.stopCore();
      else this.endWait();
    }
    return true;
  }
}
