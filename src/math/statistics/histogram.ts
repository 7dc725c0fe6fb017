const SUBBINS_LOG2 = 9;
const SHIFT = 20 - SUBBINS_LOG2;
/** Smallest and largest magnitude told apart: 2⁻²⁰ to 2⁴⁴ ms. */
const LOWEST = (1023 - 20) << SUBBINS_LOG2;
const BINS = 64 << SUBBINS_LOG2;

/** Largest relative error of a percentile read from a {@link Histogram}: half a bin. */
export const HISTOGRAM_RELATIVE_ERROR = 2 ** -(SUBBINS_LOG2 + 1);

const scratch = new Float64Array(1);
const words = new Uint32Array(scratch.buffer);
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/**
 * Counts of positive values in bins of equal width within each power of two, 512 to the octave: the bin is the top of
 * the number's own bit pattern, so that no logarithm is taken. Memory is fixed (256 KiB); percentiles are within
 * {@link HISTOGRAM_RELATIVE_ERROR}.
 */
export class Histogram {
  readonly counts: Float64Array;
  total = 0;

  constructor(counts: Float64Array = new Float64Array(BINS)) {
    this.counts = counts;
    for (const count of counts) this.total += count;
  }

  add(value: number): void {
    scratch[0] = value;
    let bin = (words[HIGH]! >>> SHIFT) - LOWEST;
    if (bin < 0) bin = 0;
    else if (bin >= BINS) bin = BINS - 1;
    this.counts[bin]!++;
    this.total++;
  }

  merge(other: Histogram): void {
    for (let bin = 0; bin < BINS; bin++) this.counts[bin]! += other.counts[bin]!;
    this.total += other.total;
  }

  /** Smallest value that at least the share `p` of the values do not exceed, interpolated within its bin; 0 when empty. */
  percentile(p: number): number {
    const wanted = p * this.total;
    let below = 0;
    for (let bin = 0; bin < BINS; bin++) {
      const count = this.counts[bin]!;
      if (count > 0 && below + count >= wanted) {
        const within = Math.max(0, (wanted - below) / count);
        return edge(bin) + within * (edge(bin + 1) - edge(bin));
      }
      below += count;
    }
    return 0;
  }

  /** Share of the values above `value`. */
  shareAbove(value: number): number {
    let above = 0;
    for (let bin = BINS - 1; bin >= 0; bin--) {
      const [low, high] = [edge(bin), edge(bin + 1)];
      if (low < value) {
        const part = Math.min(1, Math.max(0, (high - value) / (high - low)));
        return this.total === 0 ? 0 : (above + part * this.counts[bin]!) / this.total;
      }
      above += this.counts[bin]!;
    }
    return 1;
  }
}

/** Lower edge of a bin; bin 0 begins at 0. */
function edge(bin: number): number {
  if (bin === 0) return 0;
  const pattern = bin + LOWEST;
  const exponent = (pattern >> SUBBINS_LOG2) - 1023;
  const mantissa = pattern & ((1 << SUBBINS_LOG2) - 1);
  return 2 ** exponent * (1 + mantissa / (1 << SUBBINS_LOG2));
}
