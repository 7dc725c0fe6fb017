import type { RateAt, SeenRate } from '../result.js';
import type { Counted, Increase } from '../watched.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Cells of a course; a longer one gets wider cells. */
const MOST_CELLS = 20_000;

/** The rate over time of all processes together; null where the looks do not tell their times. */
export function seenRate(requests: readonly Counted[]): SeenRate | null {
  const increases = requests
    .flatMap((counted) => counted.increases)
    .filter(({ fromMs, toMs }) => toMs > fromMs);
  if (increases.length === 0) return null;
  const firstMs = increases.reduce((least, { fromMs }) => Math.min(least, fromMs), Number.POSITIVE_INFINITY);
  const lastMs = increases.reduce((most, { toMs }) => Math.max(most, toMs), Number.NEGATIVE_INFINITY);
  const amount = increases.reduce((sum, one) => sum + one.amount, 0);
  if (!(amount > 0)) return null;
  const spanMs = lastMs - firstMs;
  const cellMs = cellWidth(increases, spanMs);
  const cells = cellsOf(increases, firstMs, lastMs, cellMs);
  const windowMs = Math.min(spanMs, Math.max(MINUTE_MS, cellMs));
  const meanPerSecond = (1000 * amount) / spanMs;
  const busiest = busiestWindow(cells, windowMs, cellMs, firstMs);
  return {
    firstMs,
    lastMs,
    spanSeconds: spanMs / 1000,
    meanPerSecond,
    busiest: { ...busiest, windowSeconds: windowMs / 1000 },
    busiestHour: spanMs >= HOUR_MS ? busiestWindow(cells, HOUR_MS, cellMs, firstMs) : null,
    peakToMean: busiest.perSecond / meanPerSecond,
    course: cells.map((count, n) => ({
      atMs: firstMs + n * cellMs,
      perSecond: (1000 * count) / Math.min(cellMs, lastMs - firstMs - n * cellMs),
    })),
  };
}

/** As wide as most of the increases are long: more is not known. */
function cellWidth(increases: readonly Increase[], spanMs: number): number {
  const lengths = increases.map(({ fromMs, toMs }) => toMs - fromMs).sort((a, b) => a - b);
  return Math.max(lengths[lengths.length >> 1]!, spanMs / MOST_CELLS);
}

/** Requests by cell; an increase is spread evenly over its time. */
function cellsOf(increases: readonly Increase[], firstMs: number, lastMs: number, cellMs: number): number[] {
  const cells = new Array<number>(Math.max(1, Math.ceil((lastMs - firstMs) / cellMs - 1e-9))).fill(0);
  for (const { fromMs, toMs, amount } of increases) {
    const [first, last] = [(fromMs - firstMs) / cellMs, (toMs - firstMs) / cellMs];
    for (let n = Math.floor(first); n < last && n < cells.length; n++) {
      const part = Math.min(last, n + 1) - Math.max(first, n);
      cells[n]! += (amount * part) / (last - first);
    }
  }
  return cells;
}

/** The busiest stretch of so many whole cells as come nearest to the window. */
function busiestWindow(cells: readonly number[], windowMs: number, cellMs: number, firstMs: number): RateAt {
  const width = Math.min(cells.length, Math.max(1, Math.round(windowMs / cellMs)));
  let within = 0;
  let [most, at] = [-1, 0];
  cells.forEach((count, n) => {
    within += count - (n >= width ? cells[n - width]! : 0);
    if (n + 1 < width || within <= most) return;
    [most, at] = [within, n + 1 - width];
  });
  return { atMs: firstMs + at * cellMs, perSecond: (1000 * most) / (width * cellMs) };
}
