/** Smallest and largest magnitude told apart: 2⁻²⁰ to 2⁴⁴, in ms a nanosecond and five centuries. */
const OCTAVES = 64;
const LOWEST_EXPONENT = 1023 - 20;

/** 512 bins an octave: percentiles within 0.1 %. */
export const FINE = 9;
/** 128 bins an octave: percentiles within 0.4 %. */
export const MEDIUM = 7;
/** 32 bins an octave: percentiles within 1.6 %. */
export const COARSE = 5;

/** Largest relative error of a percentile read from a histogram of 2ⁿ bins an octave: half a bin. */
export const relativeErrorOf = (binsLog2: number): number => 2 ** -(binsLog2 + 1);

/** Largest relative error of a percentile read from a {@link Histogram} as it is made without arguments. */
export const HISTOGRAM_RELATIVE_ERROR = relativeErrorOf(FINE);

/** What a histogram has counted, as plain data. */
export type Counted = Pick<Histogram, 'counts' | 'total'>;

/** Counts of a histogram, all 0. */
export const noCounts = (binsLog2: number): Float64Array<ArrayBuffer> =>
  new Float64Array(OCTAVES << binsLog2);

const scratch = new Float64Array(1);
const words = new Uint32Array(scratch.buffer);
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/**
 * Counts of positive values in bins of equal width within each power of two: the bin is the top of the number's own bit
 * pattern, so that no logarithm is taken. Memory is fixed (256 KiB, or less with fewer bins an octave); percentiles have
 * the same relative error whatever their size; histograms of the same resolution add up exactly. What is smaller than
 * 2⁻²⁰ counts as 0. Compare: Masson, Rim, Lee, “DDSketch: a fast and fully-mergeable quantile sketch with relative-error
 * guarantees”, VLDB 12(12), 2019, whose bins are of equal width in the logarithm.
 */
export class Histogram {
  readonly counts: Float64Array;
  total = 0;
  readonly #binsLog2: number;
  readonly #shift: number;
  readonly #lowest: number;

  constructor(counts: Float64Array = noCounts(FINE)) {
    this.counts = counts;
    this.#binsLog2 = Math.log2(counts.length / OCTAVES);
    this.#shift = 20 - this.#binsLog2;
    this.#lowest = LOWEST_EXPONENT << this.#binsLog2;
    for (const count of counts) this.total += count;
  }

  add(value: number): void {
    scratch[0] = value;
    let bin = (words[HIGH]! >>> this.#shift) - this.#lowest;
    if (bin < 0) bin = 0;
    else if (bin >= this.counts.length) bin = this.counts.length - 1;
    this.counts[bin]!++;
    this.total++;
  }

  merge(other: Counted): void {
    for (let bin = 0; bin < this.counts.length; bin++) this.counts[bin]! += other.counts[bin]!;
    this.total += other.total;
  }

  /** Smallest value that at least the share `p` of the values do not exceed, interpolated within its bin; 0 when empty. */
  percentile(p: number): number {
    const wanted = p * this.total;
    let below = 0;
    for (let bin = 0; bin < this.counts.length; bin++) {
      const count = this.counts[bin]!;
      if (count > 0 && below + count >= wanted) {
        const within = Math.max(0, (wanted - below) / count);
        return this.#edge(bin) + within * (this.#edge(bin + 1) - this.#edge(bin));
      }
      below += count;
    }
    return 0;
  }

  /**
   * For each share (0 to 1, rising) the smallest value that at least that share of all do not exceed, as the harmonic middle
   * of its bin, which is within {@link relativeErrorOf} of everything in it; 0 when empty.
   */
  quantiles(shares: readonly number[]): number[] {
    let seen = 0;
    let bin = -1;
    return shares.map((p) => {
      const rank = Math.max(1, Math.ceil(p * this.total));
      while (seen < rank && bin + 1 < this.counts.length) seen += this.counts[++bin]!;
      if (bin <= 0) return 0;
      const [low, high] = [this.#edge(bin), this.#edge(bin + 1)];
      return (2 * low * high) / (low + high);
    });
  }

  /** The occupied points of the distribution function: upper end of each bin in use, and the share below it. */
  *distribution(): Generator<{ readonly at: number; readonly share: number }> {
    let seen = 0;
    for (let bin = 0; bin < this.counts.length; bin++) {
      if (this.counts[bin] === 0) continue;
      seen += this.counts[bin]!;
      yield { at: bin === 0 ? 0 : this.#edge(bin + 1), share: seen / this.total };
    }
  }

  /** Share of the values above `value`. */
  shareAbove(value: number): number {
    let above = 0;
    for (let bin = this.counts.length - 1; bin >= 0; bin--) {
      const [low, high] = [this.#edge(bin), this.#edge(bin + 1)];
      if (low < value) {
        const part = Math.min(1, Math.max(0, (high - value) / (high - low)));
        return this.total === 0 ? 0 : (above + part * this.counts[bin]!) / this.total;
      }
      above += this.counts[bin]!;
    }
    return 1;
  }

  /** Lower edge of a bin; bin 0 begins at 0. */
  #edge(bin: number): number {
    if (bin === 0) return 0;
    const pattern = bin + this.#lowest;
    const exponent = (pattern >> this.#binsLog2) - 1023;
    const mantissa = pattern & ((1 << this.#binsLog2) - 1);
    return 2 ** exponent * (1 + mantissa / (1 << this.#binsLog2));
  }
}
