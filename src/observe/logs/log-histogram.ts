/** Quantiles are within this relative error of the exact ones. */
export const RELATIVE_ERROR = 0.005;

const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GAMMA = Math.log(GAMMA);
/** Values from 1 ns to 10^8 s in ms; what is smaller counts as zero. */
const LOWEST_MS = 1e-6;
const HIGHEST_MS = 1e11;
const OFFSET = Math.ceil(Math.log(LOWEST_MS) / LOG_GAMMA);
const BINS = Math.ceil(Math.log(HIGHEST_MS) / LOG_GAMMA) - OFFSET + 1;

/**
 * Histogram of durations with logarithmic bins, so that every quantile has the same relative error whatever its size;
 * histograms add up exactly. Source: Masson, Rim, Lee, “DDSketch: a fast and fully-mergeable quantile sketch with
 * relative-error guarantees”, VLDB 12(12), 2019, algorithms 1 and 2. Plain data, because it is sent between threads and its
 * distribution function is compared with laws.
 */
export interface LogHistogram {
  zeros: number;
  readonly bins: Float64Array;
}

export const emptyHistogram = (): LogHistogram => ({ zeros: 0, bins: new Float64Array(BINS) });

/** Counts a duration (ms) whose natural logarithm is known; a duration of 0 has −Infinity. */
export function countLog(histogram: LogHistogram, log: number): void {
  const bin = Math.ceil(log / LOG_GAMMA) - OFFSET;
  if (bin < 0) histogram.zeros++;
  else histogram.bins[bin < BINS ? bin : BINS - 1]!++;
}

export function addHistogram(to: LogHistogram, from: LogHistogram): void {
  to.zeros += from.zeros;
  for (let n = 0; n < BINS; n++) to.bins[n]! += from.bins[n]!;
}

export const histogramCount = ({ zeros, bins }: LogHistogram): number =>
  bins.reduce((sum, count) => sum + count, zeros);

/** Value that stands for a bin (its harmonic middle): within the relative error of everything in it. */
const middleOf = (bin: number): number => (2 * Math.exp((bin + OFFSET) * LOG_GAMMA)) / (GAMMA + 1);

/** Upper end of a bin. */
const upperOf = (bin: number): number => Math.exp((bin + OFFSET) * LOG_GAMMA);

/** For each share `p` (0 to 1, rising) the smallest value that at least that share of all lie at or below; 0 where empty. */
export function quantiles(histogram: LogHistogram, shares: readonly number[]): number[] {
  const total = histogramCount(histogram);
  let seen = histogram.zeros;
  let bin = -1;
  return shares.map((p) => {
    const rank = Math.max(1, Math.ceil(p * total));
    while (seen < rank && bin + 1 < BINS) seen += histogram.bins[++bin]!;
    return bin < 0 ? 0 : middleOf(bin);
  });
}

/** The occupied points of the distribution function: upper end of each bin in use, and the share at or below it. */
export function* distribution(
  histogram: LogHistogram,
): Generator<{ readonly at: number; readonly share: number }> {
  const total = histogramCount(histogram);
  if (total === 0) return;
  let seen = histogram.zeros;
  if (seen > 0) yield { at: 0, share: seen / total };
  for (let bin = 0; bin < BINS; bin++) {
    if (histogram.bins[bin] === 0) continue;
    seen += histogram.bins[bin]!;
    yield { at: upperOf(bin), share: seen / total };
  }
}
