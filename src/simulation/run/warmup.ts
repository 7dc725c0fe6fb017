const BATCH = 5;

/**
 * Length of the initial transient of a series by MSER-5 (White 1997; Hoad, Robinson & Davies 2010): of the means of
 * batches of five, drop the first d that make the standard error of the rest smallest, d at most half of them.
 * Returns the number of values to drop.
 */
export function mser5(series: readonly number[]): number {
  const count = Math.floor(series.length / BATCH);
  if (count < 4) return 0;
  const means = new Float64Array(count);
  for (let batch = 0; batch < count; batch++) {
    let sum = 0;
    for (let i = 0; i < BATCH; i++) sum += series[batch * BATCH + i]!;
    means[batch] = sum / BATCH;
  }
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  let mean = 0;
  let squares = 0;
  for (let first = count - 1; first >= 0; first--) {
    const kept = count - first;
    const step = means[first]! - mean;
    mean += step / kept;
    squares += step * (means[first]! - mean);
    const error = squares / (kept * kept);
    if (first <= count / 2 && error <= least) {
      least = error;
      best = first;
    }
  }
  return best * BATCH;
}
