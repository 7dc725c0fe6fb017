import { SourceError } from '../../../host/errors.js';
import type { Place } from '../formats/format.js';
import type { StepTimes } from '../step.js';

/** Single requests that are held at once: 24 bytes each. */
const MOST_SAMPLES = 5_000_000;

/** Single requests as a generator wrote them, in the order of its lines. */
export class Samples {
  readonly #place: Place;
  #ends = new Float64Array(1024);
  #durations = new Float64Array(1024);
  #levels = new Float64Array(1024);
  #failed = new Uint8Array(1024);
  count = 0;

  constructor(place: Place) {
    this.#place = place;
  }

  /** `level`: users at that time; NaN where that is not told. Throws a SourceError where there are too many. */
  add(endMs: number, durationMs: number, failed: boolean, level = Number.NaN): void {
    if (this.count === MOST_SAMPLES)
      throw new SourceError(
        `${this.#place.file}: has more than ${MOST_SAMPLES} requests; give a file for each step, or the generator's summary`,
      );
    if (this.count === this.#ends.length) this.#grow();
    this.#ends[this.count] = endMs;
    this.#durations[this.count] = durationMs;
    this.#levels[this.count] = level;
    this.#failed[this.count] = failed ? 1 : 0;
    this.count++;
  }

  #grow(): void {
    const longer = (old: Float64Array): Float64Array<ArrayBuffer> => {
      const grown = new Float64Array(2 * old.length);
      grown.set(old);
      return grown;
    };
    this.#ends = longer(this.#ends);
    this.#durations = longer(this.#durations);
    this.#levels = longer(this.#levels);
    const failed = new Uint8Array(2 * this.#failed.length);
    failed.set(this.#failed);
    this.#failed = failed;
  }

  /** The users of each second that tells them, the last word of a second holding. */
  levels(): Map<number, number> {
    const found = new Map<number, number>();
    for (let n = 0; n < this.count; n++)
      if (!Number.isNaN(this.#levels[n]!)) found.set(Math.floor(this.#ends[n]! / 1000), this.#levels[n]!);
    return found;
  }

  /** First beginning and last end, ms. */
  span(): { readonly fromMs: number; readonly toMs: number } {
    let fromMs = Number.POSITIVE_INFINITY;
    let toMs = Number.NEGATIVE_INFINITY;
    for (let n = 0; n < this.count; n++) {
      fromMs = Math.min(fromMs, this.#ends[n]! - this.#durations[n]!);
      toMs = Math.max(toMs, this.#ends[n]!);
    }
    return { fromMs, toMs };
  }

  /** What ended from `fromMs` until before `toMs`. */
  within(fromMs: number, toMs: number): Counted {
    const durations: number[] = [];
    let failures = 0;
    for (let n = 0; n < this.count; n++) {
      if (this.#ends[n]! < fromMs || this.#ends[n]! >= toMs) continue;
      durations.push(this.#durations[n]!);
      failures += this.#failed[n]!;
    }
    return { requests: durations.length, failures, times: timesOf(durations) };
  }
}

export interface Counted {
  readonly requests: number;
  readonly failures: number;
  readonly times: StepTimes;
}

function timesOf(durations: readonly number[]): StepTimes {
  const sorted = Float64Array.from(durations).sort();
  const of = (p: number): number | null =>
    sorted.length === 0 ? null : sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!;
  const sum = sorted.reduce((total, value) => total + value, 0);
  return {
    meanMs: sorted.length > 0 ? sum / sorted.length : null,
    p50Ms: of(0.5),
    p90Ms: of(0.9),
    p95Ms: of(0.95),
    p99Ms: of(0.99),
    maxMs: of(1),
  };
}
